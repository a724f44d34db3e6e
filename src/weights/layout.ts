/** How a framework lays out a weight that tf.layers has in another order of axes, and moving values between the two. */
import type { AxisRole, LayerTensor } from "../compiler/ir/layer-graph.ts";
import { type StoredTensor, valueCount } from "./checkpoint.ts";

/** A layout of a tensor in a file, seen from the tensor in the layer graph. */
export interface StoredLayout {
  /** Sizes of the tensor's axes; one that merges several, as flattening does, is split into them. */
  readonly sizes: readonly number[];
  /** Axis k of the file is axis `order[k]` of `sizes`. */
  readonly order: readonly number[];
  /** The file's own shape, where axes may be merged again. */
  readonly shape: readonly number[];
}

/** The order of axes by which frameworks differ: Keras, tf.layers and TF-slim have the channels last, PyTorch first. */
export type AxisOrder = "channels-last" | "channels-first";

/**
 * The layout of a layer's tensor. `flattened` is the height×width×channels that a dense layer's inputs were flattened from:
 * PyTorch counts them channel by channel.
 */
export function storedLayout(
  tensor: Pick<LayerTensor, "axes" | "shape">,
  axisOrder: AxisOrder,
  flattened?: readonly number[],
): StoredLayout {
  const { axes, shape } = tensor;
  if (axisOrder === "channels-last" || axes.length === 1) return asItIs(shape);
  if (axes.length === 2) return denseLayout(shape, flattened);
  const order = FIRST_AXES.flatMap((role) => axes.flatMap((axis, i) => (axis === role ? [i] : [])));
  if (axes.includes("multiplier")) {
    // Depthwise: PyTorch has one axis for channels and multiplier, and a group of one channel.
    const [height = 1, width = 1, channels = 1, multiplier = 1] = shape;
    return { sizes: shape, order, shape: [channels * multiplier, 1, height, width] };
  }
  // A transposed convolution's kernel begins with the channels that come in, as tf.layers' ends with them.
  const isTransposed = axes.indexOf("out") < axes.indexOf("in");
  const own = isTransposed ? [3, 2, 0, 1] : order;
  return { sizes: shape, order: own, shape: own.map((axis) => shape[axis] ?? 1) };
}

/** The axes of a kernel as PyTorch orders them. */
const FIRST_AXES: readonly AxisRole[] = [
  "out",
  "in",
  "in-of-group",
  "in-times-multiplier",
  "multiplier",
  "kernel-height",
  "kernel-width",
];

function asItIs(shape: readonly number[]): StoredLayout {
  return { sizes: shape, order: shape.map((_, axis) => axis), shape };
}

function denseLayout(
  shape: readonly number[],
  flattened: readonly number[] | undefined,
): StoredLayout {
  const [inputs = 1, units = 1] = shape;
  if (flattened?.length !== 3) return { sizes: shape, order: [1, 0], shape: [units, inputs] };
  return { sizes: [...flattened, units], order: [3, 2, 0, 1], shape: [units, inputs] };
}

/** Whether values lie in the file in the order of the layer graph. */
export function isSameOrder({ order }: StoredLayout): boolean {
  return order.every((axis, index) => axis === index);
}

/** The values of a stored tensor in the order of the layer graph; a piece is scattered as it is read. */
export async function readArranged(
  tensor: Pick<StoredTensor, "read">,
  layout: StoredLayout,
): Promise<Float32Array> {
  const values = new Float32Array(valueCount(layout.sizes));
  if (isSameOrder(layout)) {
    let filled = 0;
    for await (const piece of tensor.read()) {
      values.set(piece, filled);
      filled += piece.length;
    }
    return values;
  }
  const place = placesInOrder(layout);
  for await (const piece of tensor.read()) {
    for (const value of piece) values[place()] = value;
  }
  return values;
}

/** Gives, call by call, where each value of the file belongs in the layer graph's tensor. */
function placesInOrder({ sizes, order }: StoredLayout): () => number {
  const strides = sizes.map((_, axis) => valueCount(sizes.slice(axis + 1)));
  const counts = order.map((axis) => sizes[axis] ?? 1);
  const steps = order.map((axis) => strides[axis] ?? 1);
  const index = counts.map(() => 0);
  let next = 0;
  return () => {
    const place = next;
    for (let axis = index.length - 1; axis >= 0; axis--) {
      const count = counts[axis] ?? 1;
      const step = steps[axis] ?? 1;
      const own = (index[axis] ?? 0) + 1;
      next += step;
      if (own < count) {
        index[axis] = own;
        break;
      }
      index[axis] = 0;
      next -= count * step;
    }
    return place;
  };
}
