/**
 * Computes the position of everything in a picture.
 *
 * Dagre lays out each scope separately, from the innermost out; an open group is one node of the scope around it, as
 * large as its contents. Dagre always lays out from top to bottom: here, `across` and `along` are measured against the
 * flow, and become `x` and `y` at the end.
 */
import { Graph, layout } from "@dagrejs/dagre";
import { joinPath } from "../../ir/walk.ts";
import { linesOf, SIZES, spacingOf } from "./block-text.ts";
import { type IsOpen, rootScope } from "./folding.ts";
import type { Look } from "./look.ts";
import type { Picture, PictureEdge, PictureNode, Scope } from "./picture.ts";
import { textWidth } from "./text-width.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A scope with places, from its upper left corner, in pixels. */
export interface LaidScope {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly LaidNode[];
  readonly edges: readonly LaidEdge[];
}

export interface LaidNode {
  readonly node: PictureNode;
  /** From the start of the network. */
  readonly path: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** What an open group shows, below its caption. */
  readonly inside: LaidScope | null;
}

export interface LaidEdge {
  readonly edge: PictureEdge;
  /** Where it begins, where it bends, where it ends. */
  readonly points: readonly Point[];
  /** The left end and the middle of its text; absent where it has none. */
  readonly label: Point | null;
  /** Whether it leads into a block, and not to a point where it goes on. */
  readonly hasArrow: boolean;
  /** Whether it leads from one column to the next, along right angles. */
  readonly isConnector?: true;
}

/** What every scope of one layout needs. */
export interface LayoutContext {
  readonly picture: Picture;
  readonly isOpen: IsOpen;
  readonly look: Look;
}

export function layoutPicture(picture: Picture, isOpen: IsOpen, look: Look): LaidScope {
  return layoutScope({ picture, isOpen, look }, rootScope(picture), "");
}

/** The text that stands at an edge. */
export function edgeText({ shape, factor }: PictureEdge, { hasShapes }: Look): string {
  return [factor, hasShapes ? shape : ""].filter((part) => part !== "").join(" · ");
}

/** Where the contents of an open group begin, from its own corner. */
export function insideOffset({ width }: LaidNode, inside: LaidScope, { direction }: Look): Point {
  const x = direction === "down" ? (width - inside.width) / 2 : 0;
  return { x, y: SIZES.captionHeight };
}

/** A node on its way: its size is known, and its place against the flow later. */
interface Box {
  readonly node: PictureNode;
  readonly path: string;
  readonly inside: LaidScope | null;
  /** How far it reaches. */
  readonly across: number;
  readonly along: number;
  /** Of the end of the way into an open group and of the way out of it, from the box's own start. */
  readonly entry: number;
  readonly exit: number;
}

interface PlacedBox extends Box {
  /** Of its corner that comes first in both directions. */
  readonly startAcross: number;
  readonly startAlong: number;
}

interface Place {
  readonly across: number;
  readonly along: number;
}

/** An edge on its way: its bends are found, its ends are not. */
interface Route {
  readonly edge: PictureEdge;
  readonly bends: readonly Place[];
  /** The middle of its text. */
  readonly label: Place | null;
}

/** Lays out a scope whose paths begin with `prefix`; it reaches at least `minAlong` along the flow. */
export function layoutScope(
  context: LayoutContext,
  scope: Scope,
  prefix: string,
  minAlong = 0,
): LaidScope {
  const { look } = context;
  const { gapAcross, gapAlong } = spacingOf(look);
  const isDown = look.direction === "down";
  const boxes = scope.nodes.map((node, index) =>
    measureNode(context, node, prefix, scope.edges.filter(({ to }) => to === index).length),
  );
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: "TB",
    nodesep: gapAcross,
    edgesep: gapAcross,
    // The text of an edge lies along a flow to the right, and keeps the blocks apart by itself.
    ranksep: isDown ? gapAlong : GAP_RIGHT,
    ranker: "network-simplex",
  });
  boxes.forEach(({ across, along }, index) => {
    graph.setNode(String(index), { width: across, height: along });
  });
  scope.edges.forEach((edge, index) => {
    const text = edgeText(edge, look);
    const length = text === "" ? 0 : textWidth(text, SIZES.shapeFont);
    const thickness = text === "" ? 0 : SIZES.shapeFont;
    const label = {
      width: isDown ? length : thickness,
      height: isDown ? thickness : length,
      labelpos: isDown ? "r" : "l",
      labeloffset: isDown ? SIZES.shapeGap : SIZES.shapeGap / 2,
    };
    graph.setEdge(String(edge.from), String(edge.to), label, String(index));
  });
  // The order of the parts is the author's: branches of a concat are in the order of their channels.
  layout(graph, { disableOptimalOrderHeuristic: true });

  const placed = boxes.map((box, index): PlacedBox => {
    const { x, y } = graph.node(String(index));
    return { ...box, startAcross: x - box.across / 2, startAlong: y - box.along / 2 };
  });
  const laid = scope.edges.map((edge, index) => ({
    edge,
    laid: graph.edge(String(edge.from), String(edge.to), String(index)),
  }));
  const reach = createReach(placed, laid, context.look);
  const routes = laid.map(({ edge, laid: { points, x, y } }): Route => {
    const bends = points.slice(1, -1).flatMap((bend: Point): readonly Place[] => {
      // A line is straight beside what lies in the same rank, and bends between ranks.
      const half = reach(bend.y);
      return [
        { across: bend.x, along: bend.y - half },
        { across: bend.x, along: bend.y + half },
      ];
    });
    const hasText = edgeText(edge, look) !== "";
    return { edge, bends, label: hasText ? { across: x, along: y } : null };
  });
  return settle(tighten(placed, scope, look, minAlong), routes, look);
}

/** From block to text along a flow to the right, where the text itself is in the way. */
const GAP_RIGHT = 28;
/** How much longer than a text the line beside it is straight. */
const TEXT_ROOM = 2;

/** Half of how far the blocks and texts reach along the flow whose middles are at a place. */
function createReach(
  boxes: readonly PlacedBox[],
  edges: readonly { readonly edge: PictureEdge; readonly laid: { readonly y?: number } }[],
  look: Look,
): (along: number) => number {
  const halves = new Map<number, number>();
  const note = (middle: number, half: number): void => {
    const key = Math.round(middle);
    halves.set(key, Math.max(half, halves.get(key) ?? 0));
  };
  for (const { startAlong, along } of boxes) note(startAlong + along / 2, along / 2);
  for (const { edge, laid } of edges) {
    const text = edgeText(edge, look);
    if (text === "" || laid.y === undefined) continue;
    const length = look.direction === "down" ? SIZES.shapeFont : textWidth(text, SIZES.shapeFont);
    note(laid.y, length / 2 + TEXT_ROOM);
  }
  return (along) => halves.get(Math.round(along)) ?? 0;
}

/** Draws the ends of a scope near to what they lead to, where that is one block. */
function tighten(
  boxes: readonly PlacedBox[],
  { edges }: Scope,
  look: Look,
  minAlong: number,
): readonly PlacedBox[] {
  const starts = edges.filter(({ from }) => boxes[from]?.node.kind === "entry");
  const begin = Math.min(...boxes.map(({ startAlong }) => startAlong));
  let top = begin;
  const entered = boxes.map((box) => {
    const [only] = starts;
    const first = only && starts.length === 1 ? boxes[only.to] : undefined;
    const isTight = only !== undefined && edgeText(only, look) === "";
    if (box.node.kind !== "entry" || !first || !isTight) return box;
    top = first.startAlong - SIZES.entryGap;
    return { ...box, startAlong: top };
  });
  return entered.map((box, index) => {
    if (box.node.kind !== "exit") return box;
    const last = entered[edges.find(({ to }) => to === index)?.from ?? -1];
    const ends = last && last.node.path !== "";
    const end = ends ? last.startAlong + last.along + SIZES.exitGap : box.startAlong;
    return { ...box, startAlong: Math.max(end, top + minAlong - 1) };
  });
}

function measureNode(
  context: LayoutContext,
  node: PictureNode,
  prefix: string,
  inputs: number,
): Box {
  const { picture, isOpen, look } = context;
  const path = joinPath(prefix, node.path);
  const lines = linesOf(node, look);
  const isDown = look.direction === "down";
  const size = (width: number, height: number): Pick<Box, "across" | "along"> =>
    isDown ? { across: width, along: height } : { across: height, along: width };
  const { group } = node;
  const scope = group && isOpen(node, path) ? picture.scopes[group.scope] : undefined;
  if (!group || !scope) {
    const isWide = node.kind === "concat" && !isDown;
    const height = isWide ? Math.max(lines.height, SIZES.inletGap * inputs) : lines.height;
    const plain = size(lines.width, height);
    return { node, path, inside: null, ...plain, entry: plain.across / 2, exit: plain.across / 2 };
  }
  const { framePadding } = spacingOf(look);
  const captionWidth = lines.captionWidth + 2 * Math.max(10, framePadding);
  const padding = group.kind === "aux" ? framePadding : 0;
  const inside = layoutScope(
    context,
    scope,
    joinPath(prefix, group.path),
    isDown ? 0 : captionWidth - padding,
  );
  // To the right, the contents lie as far from the lower border as from the upper, so that the way through is straight.
  const outer = isDown
    ? size(
        Math.max(inside.width + 2 * framePadding, captionWidth),
        SIZES.captionHeight + inside.height + padding,
      )
    : size(inside.width + padding, inside.height + 2 * SIZES.captionHeight);
  const start = isDown ? (outer.across - inside.width) / 2 : SIZES.captionHeight;
  const middleOf = (kind: "entry" | "exit"): number => {
    const point = inside.nodes.find((one) => one.node.kind === kind);
    if (!point) return outer.across / 2;
    return start + (isDown ? point.left + point.width / 2 : point.top + point.height / 2);
  };
  return { node, path, inside, ...outer, entry: middleOf("entry"), exit: middleOf("exit") };
}

/** Puts ends to the edges, and moves everything so that nothing lies before 0. */
function settle(boxes: readonly PlacedBox[], routes: readonly Route[], look: Look): LaidScope {
  const isDown = look.direction === "down";
  const ended = routes.map((route) => {
    const { edge, bends } = route;
    const from = boxes[edge.from];
    const to = boxes[edge.to];
    const start = from ? outlet(from) : ORIGIN;
    const end = to ? inlet(to, edge, routes, boxes) : ORIGIN;
    const hasArrow = to !== undefined && to.node.kind !== "split" && to.node.kind !== "exit";
    // An end that was drawn nearer leaves no room for the bends before it.
    const kept = bends.filter(({ along }) => along > start.along && along < end.along);
    return { ...route, places: [start, ...kept, end], hasArrow };
  });
  const acrosses = [
    ...boxes.flatMap(({ startAcross, across }) => [startAcross, startAcross + across]),
    ...ended.flatMap(({ edge, places, label }) => {
      const half = isDown ? textWidth(edgeText(edge, look), SIZES.shapeFont) : SIZES.shapeFont;
      const reach = label ? [label.across - half / 2, label.across + half / 2] : [];
      return [...places.map(({ across }) => across), ...reach];
    }),
  ];
  const begin = Math.min(...boxes.map(({ startAlong }) => startAlong));
  const end = Math.max(...boxes.map(({ startAlong, along }) => startAlong + along));
  // What comes in comes in at the middle, so that the trunk of a network is one straight line.
  const [first] = boxes;
  const middle = first ? first.startAcross + first.entry : 0;
  const side = Math.max(middle - Math.min(...acrosses), Math.max(...acrosses) - middle);
  const toPoint = ({ across, along }: Place): Point => {
    const place = { across: round(across - middle + side), along: round(along - begin) };
    return isDown ? { x: place.across, y: place.along } : { x: place.along, y: place.across };
  };
  const extent = { across: round(2 * side), along: round(end - begin) };
  return {
    width: isDown ? extent.across : extent.along,
    height: isDown ? extent.along : extent.across,
    nodes: boxes.map((box): LaidNode => {
      const { node, path, inside, across, along, startAcross, startAlong } = box;
      const { x, y } = toPoint({ across: startAcross, along: startAlong });
      const size = isDown ? { width: across, height: along } : { width: along, height: across };
      return { node, path, inside, left: x, top: y, ...size };
    }),
    edges: ended.map(({ edge, places, label, hasArrow }): LaidEdge => {
      const half = textWidth(edgeText(edge, look), SIZES.shapeFont) / 2;
      const middlePoint = label && toPoint(label);
      return {
        edge,
        points: places.map(toPoint),
        label: middlePoint && { x: round(middlePoint.x - half), y: middlePoint.y },
        hasArrow,
      };
    }),
  };
}

const ORIGIN: Place = { across: 0, along: 0 };

/** Where edges leave a node: the middle of its last side, or where the way through an open group ends. */
function outlet({ startAcross, startAlong, along, exit }: PlacedBox): Place {
  return { across: startAcross + exit, along: startAlong + along };
}

/** Where an edge meets a node: edges that meet at a join lie beside one another, in the order in which they come. */
function inlet(
  target: PlacedBox,
  edge: PictureEdge,
  routes: readonly Route[],
  boxes: readonly PlacedBox[],
): Place {
  const { startAcross, startAlong, across, entry, inside, node } = target;
  if (inside) return { across: startAcross + entry, along: startAlong };
  const others = routes
    .filter(({ edge: { to } }) => to === edge.to)
    .map((route) => ({ edge: route.edge, from: lastAcross(route, boxes) }))
    .sort((a, b) => a.from - b.from);
  const place = others.findIndex((one) => one.edge === edge) - (others.length - 1) / 2;
  if (node.kind === "sum" || node.kind === "scale_by") {
    const angle = Math.max(-1.3, Math.min(1.3, place * 1.7));
    const radius = across / 2;
    return {
      across: startAcross + radius + radius * Math.sin(angle),
      along: startAlong + radius - radius * Math.cos(angle),
    };
  }
  const step = Math.min(SIZES.inletGap, (across - 24) / Math.max(1, others.length - 1));
  return { across: startAcross + across / 2 + place * Math.max(4, step), along: startAlong };
}

/** Where an edge comes from, seen from its end. */
function lastAcross({ edge, bends }: Route, boxes: readonly PlacedBox[]): number {
  const bend = bends.at(-1);
  if (bend) return bend.across;
  const from = boxes[edge.from];
  return from ? outlet(from).across : 0;
}

/** Two decimals: enough for the eye, and the same text on every machine. */
function round(length: number): number {
  return Math.round(length * 100) / 100;
}
