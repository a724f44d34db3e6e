/**
 * Computes the position of everything in a picture.
 *
 * Dagre lays out each scope separately, from the innermost out; an open group is one node of the scope around it, as
 * large as its contents.
 */
import { Graph, layout } from "@dagrejs/dagre";
import { joinPath } from "../../ir/walk.ts";
import { linesOf, SIZES } from "./block-text.ts";
import { type IsOpen, rootScope } from "./folding.ts";
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
  /** The middle of its text; absent where it has none. */
  readonly label: Point | null;
  /** Whether it leads into a block, and not to a point where it goes on. */
  readonly hasArrow: boolean;
}

export function layoutPicture(picture: Picture, isOpen: IsOpen): LaidScope {
  return layoutScope(picture, rootScope(picture), "", isOpen);
}

/** The text that stands at an edge. */
export function edgeText({ shape, factor }: PictureEdge): string {
  return [factor, shape].filter((part) => part !== "").join(" · ");
}

interface Sized extends Omit<LaidNode, "left" | "top"> {}

function layoutScope(picture: Picture, scope: Scope, prefix: string, isOpen: IsOpen): LaidScope {
  const sized = scope.nodes.map((node) => measureNode(picture, node, prefix, isOpen));
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: "TB",
    nodesep: SIZES.gapAcross,
    edgesep: SIZES.gapAcross,
    ranksep: SIZES.gapDown,
    ranker: "network-simplex",
  });
  sized.forEach(({ width, height }, index) => {
    graph.setNode(String(index), { width, height });
  });
  scope.edges.forEach((edge, index) => {
    const text = edgeText(edge);
    const width = text === "" ? 0 : textWidth(text, SIZES.shapeFont);
    const height = text === "" ? 0 : SIZES.shapeFont;
    const label = { width, height, labelpos: "r", labeloffset: SIZES.shapeGap };
    graph.setEdge(String(edge.from), String(edge.to), label, String(index));
  });
  // The order of the parts is the author's: branches of a concat are in the order of their channels.
  layout(graph, { disableOptimalOrderHeuristic: true });

  const nodes = sized.map((node, index): LaidNode => {
    const { x, y } = graph.node(String(index));
    return { ...node, left: x - node.width / 2, top: y - node.height / 2 };
  });
  const routes = scope.edges.map((edge, index): Route => {
    const { points, x, y } = graph.edge(String(edge.from), String(edge.to), String(index));
    const bends: readonly Point[] = points.slice(1, -1);
    if (edgeText(edge) === "") return { edge, bends, label: null };
    // The line keeps straight beside its text, and bends below.
    const below = bends.map((bend) =>
      bend.y === y ? { ...bend, y: y + SIZES.shapeFont / 2 } : bend,
    );
    return { edge, bends: below, label: { x, y: y - SIZES.shapeFont / 3 } };
  });
  return settle(tighten(nodes, scope), routes);
}

/** Draws the ends of a scope near to what they lead to, where that is one block. */
function tighten(nodes: readonly LaidNode[], { edges }: Scope): readonly LaidNode[] {
  const starts = edges.filter(({ from }) => nodes[from]?.node.kind === "entry");
  return nodes.map((node, index) => {
    const [only] = starts;
    const first = only && starts.length === 1 ? nodes[only.to] : undefined;
    if (node.node.kind === "entry" && first) return { ...node, top: first.top - SIZES.entryGap };
    const last = nodes[edges.find(({ to }) => to === index)?.from ?? -1];
    const ends = node.node.kind === "exit" && last && last.node.path !== "";
    return ends ? { ...node, top: last.top + last.height + SIZES.exitGap } : node;
  });
}

/** An edge on its way: its bends are found, its ends are not. */
interface Route {
  readonly edge: PictureEdge;
  readonly bends: readonly Point[];
  readonly label: Point | null;
}

function measureNode(picture: Picture, node: PictureNode, prefix: string, isOpen: IsOpen): Sized {
  const path = joinPath(prefix, node.path);
  const lines = linesOf(node);
  const textual = { node, path, width: lines.width, height: lines.height, inside: null };
  const { group } = node;
  if (!group || !isOpen(node, path)) return textual;
  const scope = picture.scopes[group.scope];
  if (!scope) return textual;
  const inside = layoutScope(picture, scope, joinPath(prefix, group.path), isOpen);
  return {
    ...textual,
    width: Math.max(inside.width, lines.captionWidth) + 2 * SIZES.framePadding,
    height: SIZES.captionHeight + inside.height + (group.kind === "aux" ? SIZES.framePadding : 0),
    inside,
  };
}

/** Puts ends to the edges, and moves everything so that nothing lies left of or above 0. */
function settle(nodes: readonly LaidNode[], routes: readonly Route[]): LaidScope {
  const edges = routes.map((route): LaidEdge => {
    const { edge, bends, label } = route;
    const from = nodes[edge.from];
    const to = nodes[edge.to];
    const start = from ? outlet(from) : { x: 0, y: 0 };
    const end = to ? inlet(to, edge, routes, nodes) : { x: 0, y: 0 };
    const hasArrow = to !== undefined && to.node.kind !== "split" && to.node.kind !== "exit";
    // An end that was drawn nearer leaves no room for the bends before it.
    const kept = bends.filter(({ y }) => y > start.y && y < end.y);
    return { edge, points: [start, ...kept, end], label, hasArrow };
  });
  const xs = [
    ...nodes.flatMap(({ left, width }) => [left, left + width]),
    ...edges.flatMap(({ edge, points, label }) => [
      ...points.map(({ x }) => x),
      ...(label ? [label.x + textWidth(edgeText(edge), SIZES.shapeFont) / 2] : []),
    ]),
  ];
  const ys = nodes.flatMap(({ top, height }) => [top, top + height]);
  const top = Math.min(...ys);
  // What comes in from above comes in at the middle, so that the trunk of a network is one straight line.
  const middle = nodes[0] ? middleOf(nodes[0]) : 0;
  const side = Math.max(middle - Math.min(...xs), Math.max(...xs) - middle);
  const left = middle - side;
  const moved = ({ x, y }: Point): Point => ({ x: round(x - left), y: round(y - top) });
  return {
    width: round(2 * side),
    height: round(Math.max(...ys) - top),
    nodes: nodes.map((node) => {
      const { x, y } = moved({ x: node.left, y: node.top });
      return { ...node, left: x, top: y };
    }),
    edges: edges.map((edge) => ({
      ...edge,
      points: edge.points.map(moved),
      label: edge.label && moved(edge.label),
    })),
  };
}

function middleOf({ left, width }: LaidNode): number {
  return left + width / 2;
}

/** Where edges leave a node: the middle of its lower side, or where the way through an open group ends. */
function outlet({ left, top, width, height, inside }: LaidNode): Point {
  const exit = inside?.nodes.find(({ node }) => node.kind === "exit");
  const x = exit && inside ? insideLeft(left, width, inside) + middleOf(exit) : left + width / 2;
  return { x, y: top + height };
}

/** Where an edge meets a node: edges that meet at a join lie beside one another, in the order in which they come. */
function inlet(
  target: LaidNode,
  edge: PictureEdge,
  routes: readonly Route[],
  nodes: readonly LaidNode[],
): Point {
  const { left, top, width, inside } = target;
  const entry = inside?.nodes.find(({ node }) => node.kind === "entry");
  if (entry && inside) return { x: insideLeft(left, width, inside) + middleOf(entry), y: top };
  const others = routes
    .filter(({ edge: { to } }) => to === edge.to)
    .map((route) => ({ edge: route.edge, x: lastX(route, nodes) }))
    .sort((a, b) => a.x - b.x);
  const place = others.findIndex((one) => one.edge === edge) - (others.length - 1) / 2;
  const isRound = target.node.kind === "sum" || target.node.kind === "scale_by";
  if (isRound) {
    const angle = Math.max(-1.3, Math.min(1.3, place * 1.7));
    const radius = width / 2;
    const middle = { x: left + radius, y: top + radius };
    return { x: middle.x + radius * Math.sin(angle), y: middle.y - radius * Math.cos(angle) };
  }
  const step = Math.min(SIZES.inletGap, (width - 24) / Math.max(1, others.length - 1));
  return { x: left + width / 2 + place * step, y: top };
}

/** Where an edge comes from, seen from its end. */
function lastX({ edge, bends }: Route, nodes: readonly LaidNode[]): number {
  const bend = bends.at(-1);
  if (bend) return bend.x;
  const from = nodes[edge.from];
  return from ? outlet(from).x : 0;
}

/** The left side of what an open group shows, which lies in its middle. */
export function insideLeft(left: number, width: number, inside: LaidScope): number {
  return left + (width - inside.width) / 2;
}

/** Two decimals: enough for the eye, and the same text on every machine. */
function round(length: number): number {
  return Math.round(length * 100) / 100;
}
