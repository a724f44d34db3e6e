/**
 * Computes the receptive field of one cell of the last feature map: size, step and offset, along both sides.
 *
 * Parallel branches count with the widest of them. A gate (`scale_by`) only weighs what is there and is left out. After
 * a global pool, a flattening or a dense layer a cell sees the whole picture; the answer is then that of the last
 * feature map before it.
 */
import type { Interpolation } from "../ir/attributes.ts";
import type { Shape } from "../ir/dimension.ts";
import type { Layer, LayerAttributes, LayerGraph, Pair } from "../ir/layer-graph.ts";
import { paddingBefore } from "../ops/window.ts";

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
export function measureReceptiveField(graph: LayerGraph): ReceptiveField | undefined {
  if (graph.layers[0]?.shape.length !== 3) return undefined;
  const rows = followSide(graph, 0);
  const columns = followSide(graph, 1);
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

/** View of the input picture from the last feature map on the main way that sees less than the whole of it. */
function followSide({ layers, outputs: [main = 0] }: LayerGraph, axis: 0 | 1): View {
  const views: View[] = [];
  for (const layer of layers) {
    const [first, ...others] = layer.inputs;
    const read = first === undefined ? undefined : layers[first];
    if (!read) {
      views.push(OWN_PLACE);
      continue;
    }
    // A gate weighs what is there, and has no part in where it is seen.
    const inputs = layer.kind === "multiply" ? [read.id] : [read.id, ...others];
    const inner = widest(inputs.map((input) => views[input] ?? OWN_PLACE));
    views.push(isBounded(inner) ? compose(inner, viewThrough(layer, read.shape, axis)) : inner);
  }
  const dominators = findDominators(layers);
  let at = main;
  // The input sees its own place, so that the way back ends there at the latest.
  while (!isBounded(views[at] ?? OWN_PLACE)) at = dominators[at] ?? 0;
  return views[at] ?? OWN_PLACE;
}

/** By layer: the last layer that every way to it from the input leads through. */
function findDominators(layers: readonly Layer[]): readonly number[] {
  const dominators: number[] = [];
  for (const { inputs } of layers) {
    const [first = 0, ...others] = inputs;
    dominators.push(others.reduce((one, other) => meet(one, other, dominators), first));
  }
  return dominators;
}

function meet(one: number, other: number, dominators: readonly number[]): number {
  let [a, b] = [one, other];
  while (a !== b) {
    // A dominator comes before what it dominates.
    if (a > b) a = dominators[a] ?? 0;
    else b = dominators[b] ?? 0;
  }
  return a;
}

/** Looks through `inner`, whose cells are those of the map that `outer` describes. */
function compose(outer: View, inner: View): View {
  return {
    first: outer.first + inner.first * outer.step,
    last: outer.last + inner.last * outer.step,
    step: outer.step * inner.step,
  };
}

function widest(views: readonly View[]): View {
  const [one = OWN_PLACE, ...others] = views;
  return others.reduce(
    (all, view) => ({
      first: Math.min(all.first, view.first),
      last: Math.max(all.last, view.last),
      step: Math.max(all.step, view.step),
    }),
    one,
  );
}

/** What an output cell of a layer sees of its input. */
function viewThrough(layer: Layer, input: Shape, axis: 0 | 1): View {
  if (input.length !== 3) return OWN_PLACE;
  switch (layer.kind) {
    case "conv":
    case "depthwise_conv":
    case "separable_conv":
      return viewThroughWindow(layer.attributes, layer.attributes.dilation, input, axis);
    case "transposed_conv": {
      const { kernel, stride } = layer.attributes;
      const output = paddingBefore(layer.attributes, layer.shape, axis);
      // Cell o is made of the cells i with i · stride - before <= o < i · stride - before + kernel.
      const [first, last] = [output - kernel[axis] + 1, output].map((o) => o / stride[axis]);
      return { first: first ?? 0, last: last ?? 0, step: 1 / stride[axis] };
    }
    case "max_pool":
    case "avg_pool":
      return viewThroughWindow(layer.attributes, [1, 1], input, axis);
    case "pad": {
      const { rows, columns } = layer.attributes;
      const before = -(axis === 0 ? rows : columns)[0];
      return { first: before, last: before, step: 1 };
    }
    case "crop": {
      const { rows, columns } = layer.attributes;
      const [before] = axis === 0 ? rows : columns;
      return { first: before, last: before, step: 1 };
    }
    case "upsample":
    case "resize":
      return viewThroughSampling(
        layer.attributes.interpolation,
        Number(input[axis]),
        Number(layer.shape[axis]),
      );
    case "global_avg_pool":
    case "global_max_pool":
      return WHOLE_PICTURE;
    default:
      // A vector has no places any more.
      return layer.shape.length === 3 ? OWN_PLACE : WHOLE_PICTURE;
  }
}

/** What a cell sees of `from` cells along a side that are resampled to `to`: an upper bound that holds for each of them. */
function viewThroughSampling(interpolation: Interpolation, from: number, to: number): View {
  const isAligned = interpolation === "bilinear_align_corners" && to > 1;
  const [cells, places] = isAligned ? [from - 1, to - 1] : [from, to];
  const step = cells / places;
  // Places lie between cells at multiples of a fraction; half pixels halve it and move them.
  const isHalf = interpolation === "bilinear_half_pixel";
  const parts = (places / greatestDivisor(cells, places)) * (isHalf ? 2 : 1);
  const reach = (parts - 1) / parts;
  const offset = isHalf ? (step - 1) / 2 : 0;
  const last = interpolation === "nearest" ? 0 : reach;
  return { first: offset - reach, last: offset + last, step };
}

function greatestDivisor(one: number, other: number): number {
  let [a, b] = [one, other];
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

function viewThroughWindow(
  window: LayerAttributes["max_pool"],
  dilation: Pair,
  input: Shape,
  axis: 0 | 1,
): View {
  const first = -paddingBefore({ ...window, dilation }, input, axis);
  return {
    first,
    last: first + (window.kernel[axis] - 1) * dilation[axis],
    step: window.stride[axis],
  };
}
