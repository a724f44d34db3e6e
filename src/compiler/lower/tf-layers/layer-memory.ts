/**
 * What a layer of tf.layers 4.22 allocates when it runs, by the number of elements. What a backend allocates inside one of its
 * kernels is not counted, and neither are weights.
 */
import { type Dimension, elementCount } from "../../ir/dimension.ts";
import {
  isKernel,
  type Layer,
  type LayerAttributes,
  type LayerTemplate,
  passesInputOn,
  tensorSize,
} from "../../ir/layer-graph.ts";

type AnyLayer = Layer | LayerTemplate;

/** Elements of the output; 0 for a layer that hands on the numbers of its input, perhaps in another shape. */
export function outputElements(layer: AnyLayer): number {
  const { kind, shape } = layer;
  return passesInputOn(layer) || kind === "flatten" || kind === "reshape" ? 0 : sizeOf(shape);
}

/** Elements of the tensors that a layer makes for itself beside its output, which are freed when it ends. */
export function workingElements(layer: AnyLayer, input: readonly Dimension[]): number {
  const { kind, attributes, shape, tensors, inputs } = layer;
  const size = sizeOf(shape);
  // tf.layers adds the bias of its own classes and of depthwise convolutions to their output, which makes a second map.
  const biased = tensors.some(({ name }) => name === "bias") ? size : 0;
  switch (kind) {
    case "activation":
      return (MAPS_IN_ACTIVATION[attributes.act] ?? 0) * size;
    case "conv": {
      if (attributes.groups === 1) return 0;
      // Input and kernel in parts, the parts' outputs, and all of these together before the bias is added.
      const kernels = tensors.filter(isKernel).reduce((all, tensor) => all + tensorSize(tensor), 0);
      return sizeOf(input) + kernels + size + biased;
    }
    case "depthwise_conv":
    case "transposed_conv":
      return biased;
    case "separable_conv": {
      const depthwise = (size / attributes.filters) * Number(input.at(-1)) * attributes.mult;
      // Gone before the bias is added to what the second convolution made.
      return Math.max(depthwise, biased);
    }
    // Squares; their sums at each place, what is divided by, and its root.
    case "l2_norm":
      return size + 3 * (size / Number(shape.at(-1)));
    case "layer_norm":
      return normalizationElements(size, size / Number(shape.at(-1)), attributes);
    case "group_norm":
      return groupNormElements(size, Number(shape.at(-1)), attributes);
    // First the rows are left out, then the columns of what is left.
    case "crop":
      return Number(shape[0]) * Number(input[1]) * Number(shape[2]);
    // A sum adds one after the other.
    case "add":
      return (inputs.length - 2) * size;
    // The product, before the offset is added to it.
    case "rescale":
      return size;
    default:
      return 0;
  }
}

/**
 * Of a normalization by its own statistics, of which there are `count`: the mean and the deviation, the input without its
 * mean, and what is later scaled or moved. While the deviation is computed, there are squares and three steps of it.
 */
function normalizationElements(
  size: number,
  count: number,
  { gamma, beta }: LayerAttributes["layer_norm"],
): number {
  const after = size + 2 * count + (Number(gamma) + Number(beta)) * size;
  return Math.max(after, size + 4 * count);
}

/**
 * Of a group normalization: a mean is first taken over the channels of each group at each position. While the deviation is
 * computed, there are the mean, the input without it, its squares and their means at each position.
 */
function groupNormElements(
  size: number,
  channels: number,
  { groups, ...affine }: LayerAttributes["group_norm"],
): number {
  const perPosition = size / (channels / groups);
  return Math.max(normalizationElements(size, groups, affine), size + groups + perPosition);
}

/** Maps as large as the output that an activation makes on its way; all others are one kernel. */
const MAPS_IN_ACTIVATION: Readonly<Record<string, number>> = {
  // relu(x), then the smaller of it and 6.
  relu6: 1,
  // x * 1 and its sigmoid, then their product.
  silu: 2,
  // x / sqrt(2), erf of it, 1 more, times x, then times a half.
  gelu: 4,
};

function sizeOf(shape: readonly Dimension[]): number {
  return elementCount(shape) ?? 0;
}
