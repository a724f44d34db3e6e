/** Draws laid-out pictures as one figure: blocks, edges and their texts, under a heading for each and above a legend. */
import { formatShort } from "../../core/format-count.ts";
import { linesOf, SIZES } from "./block-text.ts";
import { drawEdge, drawEdgeText } from "./draw-edge.ts";
import { drawHeading, drawLegend, drawSign } from "./draw-notes.ts";
import type { Figure, GroupShape, Shape, TextRun, TextShape } from "./figure.ts";
import type { IsOpen } from "./folding.ts";
import { insideOffset, type LaidNode, type LaidScope, layoutPicture } from "./layout.ts";
import type { Look } from "./look.ts";
import { heatOf, type Theme } from "./palette.ts";
import type { Picture, PictureNode } from "./picture.ts";

/** One network, and which of its groups are open. */
export interface Panel {
  readonly picture: Picture;
  readonly isOpen: IsOpen;
}

export interface FigureOptions {
  readonly theme: Theme;
  readonly look: Look;
  /** Whether groups have a sign that a page can make a button of. */
  readonly hasButtons?: boolean;
  /** Of the whole figure, in pixels. Default: 0. */
  readonly minWidth?: number;
  /** Where the blocks of each panel are. Default: in one column. */
  readonly scopes?: readonly LaidScope[];
}

const MARGIN = 24;
const NARROW_MARGIN = 8;
const HEADING_GAP = 14;
const LEGEND_GAP = 18;
const PANEL_GAP = 56;
const NARROW_PANEL_GAP = 24;

/** The panels beside one another, or below one another where the flow is to the right. */
export function drawFigure(panels: readonly Panel[], options: FigureOptions): Figure {
  const { look, theme, minWidth = 0 } = options;
  const isDown = look.direction === "down";
  const margin = look.isNarrow ? NARROW_MARGIN : MARGIN;
  const gap = look.isNarrow ? NARROW_PANEL_GAP : PANEL_GAP;
  const laid = panels.map(({ picture, isOpen }, index) => {
    const scope = options.scopes?.[index] ?? layoutPicture(picture, isOpen, look);
    const heading = drawHeading(picture, look, scope.width);
    const height = heading.height + HEADING_GAP + scope.height;
    return { picture, scope, heading, width: Math.max(scope.width, heading.width), height };
  });
  const sizes = laid.map(({ width, height }) => (isDown ? width : height));
  const inRow = sizes.reduce((all, size) => all + size + gap, -gap);
  const beside = Math.max(...laid.map(({ width, height }) => (isDown ? height : width)));
  const [panelsWidth, panelsHeight] = isDown ? [inRow, beside] : [beside, inRow];
  const hasMarks = panels.some(({ picture }) => picture.hasMarks);
  const legend = drawLegend(look, hasMarks, Math.max(panelsWidth, minWidth - 2 * margin, 240));
  const inner = Math.max(panelsWidth, legend.width, minWidth - 2 * margin);
  const width = Math.ceil(inner + 2 * margin);
  const legendTop = margin + panelsHeight + (legend.height > 0 ? LEGEND_GAP : 0);
  const height = Math.ceil(legendTop + legend.height + margin);
  let at = margin + (isDown ? (inner - panelsWidth) / 2 : 0);
  const shapes = laid.flatMap((panel, index): readonly Shape[] => {
    const { picture, scope, heading } = panel;
    const middle = isDown ? at + panel.width / 2 : width / 2;
    const top = isDown ? margin : at;
    at += (sizes[index] ?? 0) + gap;
    const drawn = drawScope(scope, { picture, look, hasButtons: options.hasButtons ?? false });
    return [
      group("heading", middle - heading.width / 2, top, heading.shapes),
      group("panel", middle - scope.width / 2, top + heading.height + HEADING_GAP, drawn),
    ];
  });
  return {
    title: panels.map(({ picture }) => picture.network).join(", "),
    width,
    height,
    printWidth: null,
    theme,
    shapes: [
      { kind: "rect", classes: "background", x: 0, y: 0, width, height, radius: 0 },
      ...shapes,
      group("notes", (width - legend.width) / 2, legendTop, legend.shapes),
    ],
  };
}

/** What the shapes of one panel need. */
interface Drawing {
  readonly picture: Picture;
  readonly look: Look;
  readonly hasButtons: boolean;
}

function drawScope(scope: LaidScope, drawing: Drawing): readonly Shape[] {
  const { look } = drawing;
  return [
    ...scope.edges.flatMap((edge) => drawEdge(edge, look)),
    ...scope.nodes.flatMap((node) => drawNode(node, drawing)),
    ...scope.edges.flatMap((edge) => drawEdgeText(edge, look)),
  ];
}

function drawNode(laid: LaidNode, drawing: Drawing): readonly Shape[] {
  const { node, left, top, path, inside } = laid;
  switch (node.kind) {
    case "entry":
    case "exit":
      return [];
    case "split":
      return [{ kind: "circle", classes: "point", x: left + 0.5, y: top + 0.5, radius: 2.4 }];
    default: {
      const content = inside ? drawFrame(laid, inside, drawing) : drawBlock(laid, drawing);
      const mark = node.mark ? drawSign(node.mark, laid.width - 1, -1) : [];
      return [
        {
          ...group(classesOf(node, inside !== null), left, top, [...content, ...mark]),
          path,
          tooltip: describeNode(laid, drawing.picture),
        },
      ];
    }
  }
}

function classesOf({ kind, family, mark, group: own }: PictureNode, isOpen: boolean): string {
  const computes = family === "convolution" || family === "dense";
  return [
    "node",
    kind,
    ...(computes ? ["compute"] : family === "" ? [] : [family]),
    ...(own ? [own.kind, isOpen ? "open" : "folded"] : []),
    ...(mark ? [`mark-${mark}`] : []),
  ].join(" ");
}

function drawBlock(laid: LaidNode, drawing: Drawing): readonly Shape[] {
  const { node, width, height } = laid;
  const { picture, look, hasButtons } = drawing;
  const lines = linesOf(node, look);
  const middle = width / 2;
  const fill = `block ${fillOf(node, picture, look)}`;
  const box = { kind: "rect", x: 0, y: 0, width, height } as const;
  if (node.kind === "sum" || node.kind === "scale_by") {
    return [
      { kind: "circle", classes: fill, x: middle, y: middle, radius: middle },
      text("round-sign", middle, height / 2 + 5.2, [run(node.title)]),
    ];
  }
  const radius = radiusOf(node, height);
  const behind: readonly Shape[] =
    node.times > 1 ? [{ ...box, classes: "block behind plain", x: 4, y: 4, radius }] : [];
  const notes = lines.note === "" ? [] : [run(lines.note, "note", SIZES.noteGap)];
  const more = [
    ...(lines.second === "" ? [] : [{ classes: "second", words: lines.second }]),
    ...lines.changes.map((words) => ({ classes: "change", words })),
  ];
  const titleY = more.length === 0 ? height / 2 + 4 : 17;
  return [
    ...behind,
    { ...box, classes: fill, radius },
    ...(node.family === "pooling" ? drawBars(width, height) : []),
    text("title", middle, titleY, [run(lines.title), ...notes]),
    ...more.map(({ classes, words }, index) =>
      text(classes, middle, 17 + (index + 1) * SIZES.lineHeight, [run(words)]),
    ),
    ...(node.group && hasButtons ? [drawButton("▸", laid)] : []),
  ];
}

function radiusOf({ kind, family }: PictureNode, height: number): number {
  if (kind === "input" || kind === "output") return height / 2;
  if (kind === "concat") return 3;
  if (kind === "group") return 6;
  // Outlines tell what an operator is without their colours too: what only passes on has round corners.
  return family === "convolution" || family === "dense" || family === "pooling" ? 3 : 9;
}

/** A second line at both sides of a pooling block, which tells it from others in black and white. */
function drawBars(width: number, height: number): readonly Shape[] {
  return [
    { kind: "path", classes: "bar", commands: `M${SIZES.barInset} 0V${height}` },
    { kind: "path", classes: "bar", commands: `M${round(width - SIZES.barInset)} 0V${height}` },
  ];
}

function fillOf({ kind, macs }: PictureNode, picture: Picture, { hasHeat }: Look): string {
  if (kind === "input" || kind === "output") return "terminal";
  if (kind === "concat" || kind === "sum" || kind === "scale_by") return "join";
  return hasHeat ? `heat-${heatOf(picture.macs > 0 ? macs / picture.macs : 0)}` : "plain";
}

function drawFrame(laid: LaidNode, inside: LaidScope, drawing: Drawing): readonly Shape[] {
  const { node, width, height } = laid;
  const lines = linesOf(node, drawing.look);
  const labels = lines.label === "" ? [] : [run(lines.label, "label", SIZES.labelGap)];
  const cap = SIZES.captionHeight;
  const right = width - 0.5;
  const offset = insideOffset(laid, inside, drawing.look);
  return [
    { kind: "rect", classes: "frame", x: 0, y: 0, width, height, radius: 7 },
    {
      kind: "path",
      classes: "caption",
      commands: `M0.5 ${cap}V7.5Q0.5 0.5 7.5 0.5H${round(right - 7)}Q${round(right)} 0.5 ${round(right)} 7.5V${cap}Z`,
    },
    {
      ...text("caption-text", 10, 14.5, [run(lines.title), ...labels]),
      anchor: "start",
    },
    ...(drawing.hasButtons ? [drawButton("▾", laid)] : []),
    group("inside", offset.x, offset.y, drawScope(inside, drawing)),
  ];
}

/** A sign at the right of a group that says what a click would do; a mark's sign keeps its corner. */
function drawButton(sign: string, { node, width }: LaidNode): Shape {
  return text("button", width - (node.mark ? 20 : 11), 14, [run(sign)]);
}

/** The tooltip: everything that a reader of the figure may ask of a block. */
function describeNode({ node, path }: LaidNode, picture: Picture): string {
  const { input, output, params, macs, at, times } = node;
  const share = picture.macs > 0 ? ` (${((macs / picture.macs) * 100).toFixed(1)}%)` : "";
  return [
    path === "" ? node.title : path,
    `${times > 1 ? `${times} × ` : ""}${[node.title, node.note].filter((part) => part !== "").join(" ")}`,
    `${input} → ${output}`,
    ...(params > 0 || macs > 0
      ? [`${formatShort(params)} parameters, ${formatShort(macs)} MACs${share}`]
      : []),
    ...(at === "" ? [] : [at]),
    ...(node.mark ? [node.mark, ...node.changes] : []),
  ].join("\n");
}

function group(classes: string, x: number, y: number, shapes: readonly Shape[]): GroupShape {
  return { kind: "group", classes, x, y, path: "", tooltip: "", shapes };
}

function text(classes: string, x: number, y: number, runs: readonly TextRun[]): TextShape {
  return { kind: "text", classes, x, y, anchor: "middle", runs };
}

function run(words: string, classes = "", gap = 0): TextRun {
  return { text: words, classes, gap };
}

function round(length: number): number {
  return Math.round(length * 100) / 100;
}
