/** Defines `dwconv`: a depthwise convolution, in which each channel has its own kernels. */
import type { Padding, SizeValue } from "../ir/attributes.ts";
import { mapDimension } from "../ir/dimension.ts";
import type { InitialValue, LayerTensor, Pair } from "../ir/layer-graph.ts";
import { asFeatureMap, countable, knownChannels, knownElements } from "./feature-map.ts";
import { kernelTensor } from "./layer-builder.ts";
import {
  addTail,
  biasTensors,
  initialKernel,
  reportUnfitTail,
  TAIL_FLAGS,
  type TailAttributes,
  tailAttributes,
  tailCounts,
} from "./layer-tail.ts";
import { type AttributeDefinition, defineOperator } from "./operator.ts";
import { sumPrimitives } from "./primitives.ts";
import { multiplySymbol } from "./symbolic-size.ts";
import {
  DILATION_ATTRIBUTE,
  KERNEL_ATTRIBUTE,
  layerWindow,
  PAD_ATTRIBUTE,
  PAD_FLAGS,
  pair,
  STRIDE_ATTRIBUTE,
  slideWindow,
} from "./window.ts";

export type DepthwiseConvAttributes = TailAttributes & {
  readonly kernel: SizeValue;
  readonly mult: number;
  readonly stride: SizeValue;
  readonly pad: Padding;
  readonly dilation: SizeValue;
};

export const DEPTH_MULTIPLIER_ATTRIBUTE: AttributeDefinition = {
  type: "int",
  doc: "Kernels per input channel.",
  alsoCalled: ["depth_multiplier"],
  default: 1,
  min: 1,
  change: "multiplier",
};

export const dwconv = defineOperator<DepthwiseConvAttributes>({
  name: "dwconv",
  family: "convolution",
  doc: "A depthwise convolution: each channel is filtered separately.",
  alsoCalled: ["DepthwiseConv2D", "depthwise"],
  operands: ["kernel"],
  attributes: {
    kernel: KERNEL_ATTRIBUTE,
    mult: DEPTH_MULTIPLIER_ATTRIBUTE,
    stride: STRIDE_ATTRIBUTE,
    pad: PAD_ATTRIBUTE,
    dilation: DILATION_ATTRIBUTE,
    ...tailAttributes({ norm: "batch", act: "relu" }),
  },
  flags: { ...PAD_FLAGS, ...TAIL_FLAGS },
  inferShape: (attributes, input, report) => {
    const map = asFeatureMap("dwconv", input, report);
    const [height, width] = slideWindow("dwconv", attributes, map, report);
    const channels = mapDimension(
      map[2],
      (known) => known * attributes.mult,
      (symbol) => multiplySymbol(symbol, attributes.mult),
    );
    reportUnfitTail("dwconv", attributes, channels, report);
    return countable("dwconv", input, [height, width, channels], report);
  },
  lower: (attributes, { input, output }, layers) => {
    const { mult, bias } = attributes;
    const window = layerWindow(attributes);
    layers.add("depthwise_conv", {
      attributes: { ...window, mult, bias },
      shape: output,
      tensors: [
        depthwiseKernel(window.kernel, knownChannels(input), mult, initialKernel(attributes)),
        ...biasTensors(attributes, knownChannels(output)),
      ],
    });
    addTail(attributes, output, layers);
  },
  measure: (attributes, _, output) => {
    const elements = knownElements(output);
    const [rows, columns] = pair(attributes.kernel);
    return sumPrimitives([
      {
        convMacs: elements * rows * columns,
        convBiasAdds: attributes.bias ? elements : 0,
        convOutputElements: elements,
      },
      tailCounts(attributes, elements, knownChannels(output)),
    ]);
  },
});

export function depthwiseKernel(
  [rows, columns]: Pair,
  channels: number,
  mult: number,
  initial: InitialValue,
): LayerTensor {
  return kernelTensor(
    "depthwise_kernel",
    [
      [rows, "kernel-height"],
      [columns, "kernel-width"],
      [channels, "in"],
      [mult, "multiplier"],
    ],
    initial,
  );
}
