/** Reads the values of a tensor of the network from the checkpoint that it was fitted to. */
import { readValues, valueCount } from "../checkpoint.ts";
import { readArranged, type StoredLayout } from "../layout.ts";
import type { TensorFit } from "./checkpoint-fit.ts";

/** In the order of the layer graph's tensor, in row-major order. */
export async function readFitted({ named, stored, steps, bias }: TensorFit): Promise<Float32Array> {
  const { tensor, layout } = named;
  if (stored === undefined) {
    return new Float32Array(valueCount(tensor.shape)).fill(steps.includes("gamma-of-ones") ? 1 : 0);
  }
  const classes = tensor.axes.indexOf("out");
  const values = steps.includes("background-dropped")
    ? withoutFirst(await readArranged(stored, withOneMore(layout, classes)), tensor.shape, classes)
    : await readArranged(stored, layout);
  if (bias === undefined) return values;
  const biases = await readValues(bias);
  return values.map((mean, channel) => mean - (biases[channel] ?? 0));
}

/** The layout of a file with one class more. */
function withOneMore({ sizes, order, shape }: StoredLayout, axis: number): StoredLayout {
  const stored = order.indexOf(axis);
  return {
    sizes: sizes.with(axis, (sizes[axis] ?? 0) + 1),
    order,
    shape: shape.with(stored, (shape[stored] ?? 0) + 1),
  };
}

/** Leaves out what is at place 0 of an axis; `shape` is without it. */
function withoutFirst(values: Float32Array, shape: readonly number[], axis: number): Float32Array {
  const inner = valueCount(shape.slice(axis + 1));
  const count = shape[axis] ?? 1;
  const kept = new Float32Array(valueCount(shape));
  for (
    let from = inner, to = 0;
    to < kept.length;
    from += (count + 1) * inner, to += count * inner
  ) {
    kept.set(values.subarray(from, from + count * inner), to);
  }
  return kept;
}
