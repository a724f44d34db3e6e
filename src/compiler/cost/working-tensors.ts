/**
 * Counts the elements of the temporary tensors that a layer of generated code allocates while it runs.
 *
 * The rule is that of tf.layers 4.22, whose layers drop such tensors when they end. What a backend allocates inside one
 * of its kernels is not included, and neither is a tensor that is only reshaped or cloned, since it shares its data.
 */
import type { OperatorNode } from "../ir/architecture.ts";
import type { ActivationName } from "../ir/attributes.ts";
import { isKnown } from "../ir/dimension.ts";
import type { ShapedNode } from "../ir/shaped.ts";
import { avgpool } from "../ops/avgpool.ts";
import { conv } from "../ops/conv.ts";
import { dwconv } from "../ops/dwconv.ts";
import { knownElements } from "../ops/feature-map.ts";
import { l2norm } from "../ops/l2norm.ts";
import { isUseOf } from "../ops/operator.ts";
import { sepconv } from "../ops/sepconv.ts";
import { pair } from "../ops/window.ts";

/** Maps as large as the output that an activation makes on its way; all others are one kernel. */
const MAPS_IN_ACTIVATION: Partial<Readonly<Record<ActivationName, number>>> = {
  // relu(x), then the smaller of it and 6.
  relu6: 1,
  // x * 1 and its sigmoid, then their product.
  silu: 2,
  // x / sqrt(2), erf of it, 1 more, times x, then times a half.
  gelu: 4,
};

export function workingInActivation(activation: ActivationName, size: number): number {
  return (MAPS_IN_ACTIVATION[activation] ?? 0) * size;
}

/** Without the normalization and the activation that follow, which are layers of their own. */
export function workingInOperator(node: OperatorNode, { input, output }: ShapedNode): number {
  const size = knownElements(output);
  if (isUseOf(node, conv) && node.attributes.groups > 1) {
    // Input and kernel in parts, the parts' outputs, and all of these together before the bias is added.
    const kernel = conv.weights(node.attributes, input)[0]?.shape ?? [];
    const kernelElements = kernel.reduce((all, side) => all * side, 1);
    return knownElements(input) + kernelElements + size + biased(node.attributes.bias, size);
  }
  if (isUseOf(node, dwconv)) return biased(node.attributes.bias, size);
  if (isUseOf(node, sepconv)) {
    const places = size / node.attributes.filters;
    const depthwise = places * channelsIn(input) * node.attributes.mult;
    // Gone before the bias is added to what the second convolution made.
    return Math.max(depthwise, biased(node.attributes.bias, size));
  }
  // Squares; their sums at each place, what is divided by, and its root.
  if (isUseOf(node, l2norm)) return size + 3 * (size / channelsIn(output));
  return 0;
}

/** Elements of the padded input that a layer before the pool makes, where the pool counts its padding. */
export function paddedElements(node: OperatorNode, shaped: ShapedNode): number | undefined {
  if (!isUseOf(node, avgpool)) return undefined;
  const { count_pad, pad, kernel, stride } = node.attributes;
  if (!count_pad || pad !== "same" || kernel === null) return undefined;
  const sides = [0, 1].map((axis) => {
    const inside = Number(shaped.input[axis]);
    const step = pair(stride)[axis] ?? 1;
    const reach = (Number(shaped.output[axis]) - 1) * step + (pair(kernel)[axis] ?? 1);
    return Math.max(inside, reach);
  });
  return sides.reduce((all, side) => all * side, channelsIn(shaped.input));
}

/** tf.layers adds the bias of these layers to their output, which makes a second map. */
function biased(bias: boolean, size: number): number {
  return bias ? size : 0;
}

function channelsIn(shape: ShapedNode["input"]): number {
  const channels = shape.at(-1);
  return channels !== undefined && isKnown(channels) ? channels : 0;
}
