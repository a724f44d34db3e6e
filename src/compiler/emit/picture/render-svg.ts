/** Renders a picture as SVG; all text is escaped, and equal pictures give equal bytes. */

import { escapeXml } from "../../core/escape-markup.ts";
import { formatShort } from "../../core/format-count.ts";
import { linesOf, SIZES } from "./block-text.ts";
import type { IsOpen } from "./folding.ts";
import {
  edgeText,
  insideLeft,
  type LaidEdge,
  type LaidNode,
  type LaidScope,
  layoutPicture,
  type Point,
} from "./layout.ts";
import { HEAT_STEPS, heatOf, MARK_SYMBOLS, type Theme } from "./palette.ts";
import type { Mark, Picture, PictureNode } from "./picture.ts";
import { renderStyleSheet } from "./style-sheet.ts";
import { textWidth } from "./text-width.ts";

/** One network, and which of its groups are open. */
export interface Panel {
  readonly picture: Picture;
  readonly isOpen: IsOpen;
}

export interface SvgOptions {
  readonly theme: Theme;
  /** Whether groups have a sign that a page can make a button of. */
  readonly hasButtons?: boolean;
}

const MARGIN = 24;
const HEADING_HEIGHT = 52;
const LEGEND_HEIGHT = 34;
const PANEL_GAP = 56;

/** The panels side by side, under their names, above a legend. */
export function renderSvg(panels: readonly Panel[], options: SvgOptions): string {
  const laid = panels.map(({ picture, isOpen }) => {
    const scope = layoutPicture(picture, isOpen);
    const heading = renderHeading(picture);
    return { picture, scope, heading, width: Math.max(scope.width, heading.width) };
  });
  const hasMarks = panels.some(({ picture }) => picture.hasMarks);
  const legend = renderLegend(hasMarks);
  const inner = laid.reduce((all, { width }) => all + width + PANEL_GAP, -PANEL_GAP);
  const width = Math.ceil(Math.max(inner, legend.width) + 2 * MARGIN);
  const tallest = Math.max(...laid.map(({ scope }) => scope.height));
  const height = Math.ceil(tallest + HEADING_HEIGHT + LEGEND_HEIGHT + 2 * MARGIN);
  let left = (width - inner) / 2;
  const parts = laid.map(({ picture, scope, heading, width: own }, index) => {
    const x = left + (own - scope.width) / 2;
    const headingX = left + (own - heading.width) / 2;
    left += own + PANEL_GAP;
    return `<g transform="${translate(headingX, MARGIN)}">${heading.text}</g>
<g transform="${translate(x, MARGIN + HEADING_HEIGHT)}" data-panel="${index}">
${renderScope(scope, picture, options)}</g>`;
  });
  const names = panels.map(({ picture }) => picture.network).join(", ");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>${escapeXml(names)}</title>
<style>
${renderStyleSheet(options.theme)}</style>
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7.2" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="head" d="M0.5 0.8L7.6 4L0.5 7.2Z"/></marker></defs>
<rect class="background" width="${width}" height="${height}"/>
${parts.join("\n")}
<g transform="${translate((width - legend.width) / 2, height - MARGIN)}">${legend.text}</g>
</svg>
`;
}

interface Drawn {
  readonly text: string;
  readonly width: number;
}

function renderHeading({ network, base, input, output, params, macs }: Picture): Drawn {
  const name = base === null ? network : `${network} (${base})`;
  const summary = `${input} → ${output}  ·  ${formatShort(params)} parameters  ·  ${formatShort(macs)} MACs`;
  const width = Math.max(textWidth(name, 17, true), textWidth(summary, 11.5));
  const centred = `text-anchor="middle" x="${number(width / 2)}"`;
  return {
    text: `<text class="name" ${centred} y="13">${escapeXml(name)}</text><text class="summary" ${centred} y="32">${escapeXml(summary)}</text>`,
    width,
  };
}

/** What colours and signs mean. */
function renderLegend(hasMarks: boolean): Drawn {
  const parts: string[] = [];
  let x = 0;
  const write = (text: string): void => {
    parts.push(`<text class="legend" x="${number(x)}" y="0">${escapeXml(text)}</text>`);
    x += textWidth(text, 10) + 8;
  };
  write("share of the MACs");
  ["0", ...HEAT_STEPS.map((step) => `${step * 100}%`)].forEach((from, level) => {
    parts.push(
      `<rect class="block heat-${level}" x="${number(x)}" y="-9" width="16" height="11" rx="2"/>`,
    );
    x += 20;
    write(level === 0 ? `< ${HEAT_STEPS[0] * 100}%` : `≥ ${from}`);
  });
  if (hasMarks) {
    x += 8;
    for (const mark of ["added", "removed", "changed"] as const) {
      parts.push(renderSign(mark, x + 7, -4));
      x += 18;
      write(mark);
    }
  }
  return { text: parts.join(""), width: x };
}

function renderScope(scope: LaidScope, picture: Picture, options: SvgOptions): string {
  const edges = scope.edges.map(renderEdge).join("");
  const nodes = scope.nodes.map((node) => renderNode(node, picture, options)).join("");
  const labels = scope.edges.map(renderEdgeText).join("");
  return `${edges}${nodes}${labels}`;
}

function renderEdge({ points, hasArrow }: LaidEdge): string {
  const end = hasArrow ? ' marker-end="url(#arrow)"' : "";
  return `<path class="edge" d="${renderCurve(points)}"${end}/>\n`;
}

/** Leaves and enters every point straight down, so that lines meet blocks at a right angle. */
function renderCurve(points: readonly Point[]): string {
  const [first, ...others] = points;
  if (!first) return "";
  let path = `M${number(first.x)} ${number(first.y)}`;
  let last = first;
  for (const point of others) {
    const isStraight = Math.abs(point.x - last.x) < 0.5;
    const middle = (last.y + point.y) / 2;
    path += isStraight
      ? `L${number(point.x)} ${number(point.y)}`
      : `C${number(last.x)} ${number(middle)} ${number(point.x)} ${number(middle)} ${number(point.x)} ${number(point.y)}`;
    last = point;
  }
  return path;
}

function renderEdgeText({ edge, label }: LaidEdge): string {
  if (!label) return "";
  return `<text class="shape" x="${number(label.x)}" y="${number(label.y + 3.3)}">${escapeXml(edgeText(edge))}</text>\n`;
}

function renderNode(laid: LaidNode, picture: Picture, options: SvgOptions): string {
  const { node, left, top, path, inside } = laid;
  switch (node.kind) {
    case "entry":
    case "exit":
      return "";
    case "split":
      return `<circle class="point" cx="${number(left + 0.5)}" cy="${number(top + 0.5)}" r="2.4"/>\n`;
    default: {
      const content = inside
        ? renderFrame(laid, inside, picture, options)
        : renderBlock(laid, picture, options);
      const mark = node.mark ? renderSign(node.mark, laid.width - 3, 1) : "";
      const at = path === "" ? "" : ` data-path="${escapeXml(path)}"`;
      const focus = options.hasButtons && path !== "" ? ' tabindex="0"' : "";
      return `<g class="${classesOf(node, inside !== null)}"${at}${focus} transform="${translate(left, top)}">
<title>${escapeXml(describeNode(laid, picture))}</title>
${content}${mark}</g>
`;
    }
  }
}

function classesOf({ kind, family, mark, group }: PictureNode, isOpen: boolean): string {
  const computes = family === "convolution" || family === "dense";
  return [
    "node",
    kind,
    ...(computes ? ["compute"] : family === "" ? [] : [family]),
    ...(group ? [group.kind, isOpen ? "open" : "folded"] : []),
    ...(mark ? [`mark-${mark}`] : []),
  ].join(" ");
}

function renderBlock(laid: LaidNode, picture: Picture, { hasButtons }: SvgOptions): string {
  const { node, width, height } = laid;
  const lines = linesOf(node);
  const middle = number(width / 2);
  const fill = fillOf(node, picture);
  switch (node.kind) {
    case "sum":
    case "scale_by":
      return `<circle class="block ${fill}" cx="${middle}" cy="${middle}" r="${middle}"/><text class="round-sign" x="${middle}" y="${number(height / 2 + 5.2)}">${node.title}</text>`;
    case "group": {
      const box = `width="${number(width)}" height="${number(height)}" rx="6"`;
      const behind = node.times > 1 ? `<rect class="block heat-0" x="4" y="4" ${box}/>` : "";
      const button = hasButtons ? renderButton("▸", laid) : "";
      const titleY = lines.second === "" ? height / 2 + 4 : 17;
      return `${behind}<rect class="block ${fill}" ${box}/><text class="title" x="${middle}" y="${number(titleY)}">${escapeXml(lines.title)}</text><text class="second" x="${middle}" y="32">${escapeXml(lines.second)}</text>${button}`;
    }
    default: {
      const isPill = node.kind === "input" || node.kind === "output";
      const corner = isPill ? height / 2 : node.kind === "concat" ? 3 : 4;
      const note =
        lines.note === "" ? "" : `<tspan class="note" dx="4">${escapeXml(lines.note)}</tspan>`;
      return `<rect class="block ${fill}" width="${number(width)}" height="${number(height)}" rx="${corner}"/><text class="title" x="${middle}" y="${number(height / 2 + 4)}">${escapeXml(lines.title)}${note}</text>`;
    }
  }
}

function fillOf({ kind, macs }: PictureNode, picture: Picture): string {
  if (kind === "input" || kind === "output") return "terminal";
  if (kind === "concat" || kind === "sum" || kind === "scale_by") return "join";
  return `heat-${heatOf(picture.macs > 0 ? macs / picture.macs : 0)}`;
}

function renderFrame(
  laid: LaidNode,
  inside: LaidScope,
  picture: Picture,
  options: SvgOptions,
): string {
  const { node, path, width, height } = laid;
  const lines = linesOf(node);
  const label = path.slice(path.lastIndexOf(".") + 1);
  const own =
    label === node.title || /^\d+$/.test(label)
      ? ""
      : `<tspan class="label" dx="6" font-weight="400">${escapeXml(label)}</tspan>`;
  const w = number(width);
  const cap = SIZES.captionHeight;
  const button = options.hasButtons ? renderButton("▾", laid) : "";
  return `<rect class="frame" width="${w}" height="${number(height)}" rx="7"/><path class="caption" d="M0.5 ${cap}V7.5Q0.5 0.5 7.5 0.5H${number(width - 7.5)}Q${number(width - 0.5)} 0.5 ${number(width - 0.5)} 7.5V${cap}Z"/><text class="caption-text" x="10" y="14.5">${escapeXml(lines.title)}${own}</text>${button}
<g transform="${translate(insideLeft(0, width, inside), SIZES.captionHeight)}">
${renderScope(inside, picture, options)}</g>`;
}

/** A sign at the right of a group that says what a click would do; a mark's sign keeps its corner. */
function renderButton(sign: string, { node, width }: LaidNode): string {
  const x = width - (node.mark ? 20 : 11);
  return `<text class="button label" x="${number(x)}" y="14" text-anchor="middle">${sign}</text>`;
}

function renderSign(mark: Mark, x: number, y: number): string {
  return `<circle class="sign-${mark}" cx="${number(x)}" cy="${number(y)}" r="7.5"/><text class="sign" x="${number(x)}" y="${number(y + 4)}">${MARK_SYMBOLS[mark]}</text>`;
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
    ...(node.mark ? [node.mark] : []),
  ].join("\n");
}

function translate(x: number, y: number): string {
  return `translate(${number(x)} ${number(y)})`;
}

function number(length: number): string {
  return String(Math.round(length * 100) / 100);
}
