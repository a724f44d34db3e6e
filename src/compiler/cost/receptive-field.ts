/**
 * Computes the receptive field of one cell of the last feature map: size, step and offset, along both sides.
 *
 * Parallel branches count with the widest of them. A gate (`scale_by`) only weighs what is there and is left out. After
 * a global pool, a flattening or a dense layer a cell sees the whole picture; the answer is then that of the last
 * feature map before it.
 */
import type { ShapedNode } from "../ir/shaped.ts";
import { isUseOf } from "../ops/operator.ts";
import { operatorNamed } from "../ops/registry.ts";
import { upsample } from "../ops/upsample.ts";

/** Pixels of the input, height then width. */
export interface ReceptiveField {
  /** Sides of the field; padding around the picture may be part of it. An upper bound where pictures are enlarged. */
  readonly size: readonly [number, number];
  /** From the field of one cell to that of the next. */
  readonly stride: readonly [number, number];
  /** First row and column that the first cell sees; negative in the padding. */
  readonly start: readonly [number, number];
}

/** Nothing where already the input is no feature map, or no cell is left that sees less than the whole picture. */
export function measureReceptiveField(root: ShapedNode): ReceptiveField | undefined {
  if (root.input.length !== 3) return undefined;
  const rows = followSide(root, 0);
  const columns = followSide(root, 1);
  if (!isBounded(rows) || !isBounded(columns)) return undefined;
  return {
    size: [sizeOf(rows), sizeOf(columns)],
    stride: [rows.step, columns.step],
    start: [Math.floor(rows.first), Math.floor(columns.first)],
  };
}

/**
 * What cell 0 of a feature map sees of another along one side, in cells of the other: from `first` to `last`, both included. The
 * field of the next cell lies `step` further on.
 */
interface View {
  readonly first: number;
  readonly last: number;
  readonly step: number;
}

const OWN_PLACE: View = { first: 0, last: 0, step: 1 };

/** Sees everything, and keeps seeing it whatever follows. */
const WHOLE_PICTURE: View = {
  first: Number.NEGATIVE_INFINITY,
  last: Number.POSITIVE_INFINITY,
  step: 1,
};

function isBounded({ first, last }: View): boolean {
  return Number.isFinite(first) && Number.isFinite(last);
}

function sizeOf({ first, last }: View): number {
  return Math.floor(last - first) + 1;
}

/** Views of a chain's end, and of the last place in it that does not see the whole picture. */
interface Sight {
  readonly end: View;
  readonly local: View;
}

function followSide(root: ShapedNode, axis: 0 | 1): View {
  const known = new Map<ShapedNode, Sight>();
  const follow = (shaped: ShapedNode): Sight => {
    const before = known.get(shaped);
    if (before) return before;
    const sight = sightOf(shaped, axis, follow);
    known.set(shaped, sight);
    return sight;
  };
  return follow(root).local;
}

function sightOf(shaped: ShapedNode, axis: 0 | 1, follow: (child: ShapedNode) => Sight): Sight {
  const { node, children } = shaped;
  switch (node.kind) {
    case "operator": {
      const end = viewThrough(shaped, axis);
      return { end, local: isBounded(end) ? end : OWN_PLACE };
    }
    case "concat":
    case "sum":
      return widest(children.map((branch) => follow(branch).end));
    case "residual": {
      const sides = children.map((side) => follow(side).end);
      return widest(children.length === 1 ? [...sides, OWN_PLACE] : sides);
    }
    case "scale_by":
    case "aux":
      return { end: OWN_PLACE, local: OWN_PLACE };
    default:
      return inARow(children.map(follow));
  }
}

function inARow(steps: readonly Sight[]): Sight {
  let end = OWN_PLACE;
  let local = OWN_PLACE;
  for (const step of steps) {
    if (isBounded(end)) local = compose(end, step.local);
    end = compose(end, step.end);
  }
  return { end, local };
}

/** Looks through `inner`, whose cells are those of the map that `outer` describes. */
function compose(outer: View, inner: View): View {
  return {
    first: outer.first + inner.first * outer.step,
    last: outer.last + inner.last * outer.step,
    step: outer.step * inner.step,
  };
}

function widest(views: readonly View[]): Sight {
  const [one = OWN_PLACE, ...others] = views;
  const end = others.reduce(
    (all, view) => ({
      first: Math.min(all.first, view.first),
      last: Math.max(all.last, view.last),
      step: Math.max(all.step, view.step),
    }),
    one,
  );
  return { end, local: isBounded(end) ? end : OWN_PLACE };
}

/** What an output cell of an operator sees of its input. */
function viewThrough({ node, input, output }: ShapedNode, axis: 0 | 1): View {
  if (node.kind !== "operator" || input.length !== 3) return OWN_PLACE;
  if (isUseOf(node, upsample)) {
    const { factor, interpolation } = node.attributes;
    // Cell o blends the cells around o / factor, or repeats the one before it.
    const reach = (factor - 1) / factor;
    return { first: -reach, last: interpolation === "bilinear" ? reach : 0, step: 1 / factor };
  }
  // A vector has no positions any more.
  if (output.length !== 3 || node.attributes.global === true) return WHOLE_PICTURE;
  const window = operatorNamed(node.operator).window?.(node.attributes, input);
  if (!window) return OWN_PLACE;
  const first = -window.padBefore[axis];
  return {
    first,
    last: first + (window.kernel[axis] - 1) * window.dilation[axis],
    step: window.stride[axis],
  };
}
