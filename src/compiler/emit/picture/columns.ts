/**
 * Breaks the trunk of a network into columns beside one another, or into rows where the flow is to the right, and leads a
 * line from the end of each to the start of the next.
 */
import { rootScope } from "./folding.ts";
import {
  type LaidEdge,
  type LaidNode,
  type LaidScope,
  type LayoutContext,
  layoutScope,
  type Point,
} from "./layout.ts";
import type { PictureEdge, PictureNode, Scope } from "./picture.ts";

/** A network as a whole, and what its columns would be. */
export interface Breakable {
  /** In one column. */
  readonly whole: LaidScope;
  /** How many columns there can be at most. */
  readonly most: number;
  /** About how large the picture is in so many columns. */
  estimate(columns: number): { readonly width: number; readonly height: number };
  layOut(columns: number): LaidScope;
}

/** Between columns, with a line in its middle. */
const GAP = 44;
const NARROW_GAP = 26;
/** How far the line leads beyond a column's end and before the next one's start. */
const TURN = 10;
/** More are not easier to read. */
const MAX_COLUMNS = 12;

export function breakIntoColumns(context: LayoutContext): Breakable {
  const { look } = context;
  const isDown = look.direction === "down";
  const scope = rootScope(context.picture);
  const whole = layoutScope(context, scope, "");
  const gap = look.isNarrow ? NARROW_GAP : GAP;
  const cuts = findCuts(scope);
  const ends = cuts.map((cut) =>
    Math.max(...whole.nodes.slice(0, cut + 1).map((node) => endOf(node, isDown))),
  );
  const length = isDown ? whole.height : whole.width;
  const pieces = [...ends, length].map((end, index) => end - (ends[index - 1] ?? 0));
  const most = Math.min(pieces.length, MAX_COLUMNS);
  const bounds = (columns: number): readonly number[] =>
    balance(pieces, columns).map((piece) => cuts[piece] ?? scope.nodes.length - 1);
  const segments = (columns: number): readonly (readonly [number, number])[] => {
    const last = [...bounds(columns), scope.nodes.length - 1];
    return last.map((end, index) => [index === 0 ? 0 : (last[index - 1] ?? 0) + 1, end] as const);
  };
  return {
    whole,
    most,
    estimate: (columns) => {
      const sizes = segments(columns).map(([first, last]) => extentOf(whole, first, last, isDown));
      const across = sizes.reduce((all, one) => all + one.across + gap, -gap);
      const along = Math.max(...sizes.map((one) => one.along)) + (columns > 1 ? 3 * TURN : 0);
      return isDown ? { width: across, height: along } : { width: along, height: across };
    },
    layOut: (columns) => {
      if (columns === 1) return whole;
      const laid = segments(columns).map(([first, last]) =>
        layoutScope(context, cutScope(scope, first, last), ""),
      );
      return join(laid, gap, isDown);
    },
  };
}

/** The nodes after which one tensor alone flows on, by one edge from a block. */
function findCuts({ nodes, edges }: Scope): readonly number[] {
  return nodes.flatMap((node, index) => {
    const crossing = edges.filter(({ from, to }) => from <= index && to > index);
    const [only] = crossing;
    const isBlock = only !== undefined && nodes[only.from]?.kind !== "split";
    const isEnd = node.kind === "input" || nodes[index + 1]?.kind === "output";
    return crossing.length === 1 && isBlock && !isEnd ? [index] : [];
  });
}

/** After which pieces to break, so that the longest column is as short as it can be. */
function balance(pieces: readonly number[], columns: number): readonly number[] {
  const fill = (limit: number): readonly number[] => {
    const breaks: number[] = [];
    let filled = 0;
    pieces.forEach((piece, index) => {
      if (filled > 0 && filled + piece > limit) {
        breaks.push(index - 1);
        filled = 0;
      }
      filled += piece;
    });
    return breaks;
  };
  let [low, high] = [Math.max(...pieces), pieces.reduce((sum, piece) => sum + piece, 0)];
  while (high - low > 0.5) {
    const middle = (low + high) / 2;
    if (fill(middle).length < columns) high = middle;
    else low = middle;
  }
  return fill(high);
}

function endOf({ left, top, width, height }: LaidNode, isDown: boolean): number {
  return isDown ? top + height : left + width;
}

/** What the nodes from one to another take in a layout of all; the trunk is in the middle. */
function extentOf(
  whole: LaidScope,
  first: number,
  last: number,
  isDown: boolean,
): { readonly across: number; readonly along: number } {
  const nodes = whole.nodes.slice(first, last + 1);
  const middle = (isDown ? whole.width : whole.height) / 2;
  const edges = whole.edges.filter(({ edge }) => edge.from >= first && edge.to <= last);
  const sides = [
    ...nodes.flatMap(({ left, top, width, height }) =>
      isDown ? [left, left + width] : [top, top + height],
    ),
    ...edges.flatMap(({ points }) => points.map(({ x, y }) => (isDown ? x : y))),
  ];
  const start = Math.min(...nodes.map(({ left, top }) => (isDown ? top : left)));
  const end = Math.max(...nodes.map((node) => endOf(node, isDown)));
  return {
    across: 2 * Math.max(...sides.map((side) => Math.abs(side - middle))),
    along: end - start,
  };
}

/** The nodes from one to another as a scope of its own, with an entry and an exit where it was cut. */
function cutScope({ nodes, edges }: Scope, first: number, last: number): Scope {
  const isFirst = first === 0;
  const isLast = last === nodes.length - 1;
  const shift = isFirst ? 0 : 1 - first;
  const own: readonly PictureNode[] = [
    ...(isFirst ? [] : [pointFrom(nodes[first], "entry")]),
    ...nodes.slice(first, last + 1),
    ...(isLast ? [] : [pointFrom(nodes[last], "exit")]),
  ];
  const kept = edges.flatMap((edge): readonly PictureEdge[] => {
    const { from, to } = edge;
    const startsHere = from >= first && from <= last;
    const endsHere = to >= first && to <= last;
    if (startsHere && endsHere) return [{ ...edge, from: from + shift, to: to + shift }];
    // The text stands where the line comes in again.
    if (startsHere) return [{ from: from + shift, to: own.length - 1, shape: "", factor: "" }];
    return endsHere ? [{ ...edge, from: 0, to: to + shift }] : [];
  });
  return { nodes: own, edges: kept };
}

function pointFrom(node: PictureNode | undefined, kind: "entry" | "exit"): PictureNode {
  if (!node) throw new RangeError("a cut outside of the scope");
  const nothing = {
    title: "",
    note: "",
    family: "",
    at: "",
    facts: [],
    mark: null,
    changes: [],
  } as const;
  return { ...node, ...nothing, kind, path: "", times: 1, firstInstance: null, group: null };
}

/** Lays columns beside one another, or rows below one another, and joins each with the next. */
function join(columns: readonly LaidScope[], gap: number, isDown: boolean): LaidScope {
  const toPoint = (across: number, along: number): Point =>
    isDown ? { x: across, y: along } : { x: along, y: across };
  const nodes: LaidNode[] = [];
  const edges: LaidEdge[] = [];
  let at = 0;
  let longest = 0;
  let exit: { readonly index: number; readonly across: number; readonly along: number } | undefined;
  for (const column of columns) {
    const headroom = exit ? TURN + 2 : 0;
    const { x, y } = toPoint(at, headroom);
    const offset = nodes.length;
    nodes.push(
      ...column.nodes.map((node) => ({ ...node, left: node.left + x, top: node.top + y })),
    );
    edges.push(...column.edges.map((edge) => moved(edge, x, y, offset)));
    const across = isDown ? column.width : column.height;
    const along = headroom + (isDown ? column.height : column.width);
    if (exit) {
      const gutter = at - gap / 2;
      const places = [
        // From point to point: an exit and an entry are a pixel long, and nothing is drawn for them.
        [exit.across, exit.along - 1],
        [exit.across, exit.along + TURN],
        [gutter, exit.along + TURN],
        [gutter, 2],
        [at + across / 2, 2],
        [at + across / 2, headroom + 1],
      ] as const;
      edges.push({
        edge: { from: exit.index, to: offset, shape: "", factor: "" },
        points: places.map(([a, b]) => toPoint(a, b)),
        label: null,
        hasArrow: false,
        isConnector: true,
      });
    }
    const last = nodes.at(-1);
    if (last) {
      const middle = isDown ? last.left + last.width / 2 : last.top + last.height / 2;
      exit = { index: nodes.length - 1, across: middle, along };
    }
    longest = Math.max(longest, along + TURN);
    at += across + gap;
  }
  const { x: width, y: height } = toPoint(at - gap, longest);
  return { width, height, nodes, edges };
}

function moved(laid: LaidEdge, x: number, y: number, offset: number): LaidEdge {
  const move = (point: Point): Point => ({ x: point.x + x, y: point.y + y });
  const { edge, points, label } = laid;
  return {
    ...laid,
    edge: { ...edge, from: edge.from + offset, to: edge.to + offset },
    points: points.map(move),
    label: label && move(label),
  };
}
