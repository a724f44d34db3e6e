/** Defines `sepconv`: a depthwise and a 1x1 convolution as one layer, with no norm or activation between them. */
import type { Padding, SizeValue } from "../ir/attributes.ts";
import { DEPTH_MULTIPLIER_ATTRIBUTE, depthwiseKernel } from "./dwconv.ts";
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
import { defineOperator } from "./operator.ts";
import { sumPrimitives } from "./primitives.ts";
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

export type SeparableConvAttributes = TailAttributes & {
  readonly kernel: SizeValue;
  readonly filters: number;
  readonly mult: number;
  readonly stride: SizeValue;
  readonly pad: Padding;
  readonly dilation: SizeValue;
  readonly fixed: boolean;
};

export const sepconv = defineOperator<SeparableConvAttributes>({
  name: "sepconv",
  family: "convolution",
  doc: "A separable convolution: a depthwise convolution, then a 1x1 convolution that mixes the channels.",
  alsoCalled: ["SeparableConv2D"],
  operands: ["kernel", "filters"],
  attributes: {
    kernel: KERNEL_ATTRIBUTE,
    filters: {
      type: "int",
      doc: "Channels of the output.",
      alsoCalled: ["out_channels"],
      resembles: ["channels"],
      min: 1,
      scalesWithWidth: true,
      change: "filters",
    },
    mult: DEPTH_MULTIPLIER_ATTRIBUTE,
    stride: STRIDE_ATTRIBUTE,
    pad: PAD_ATTRIBUTE,
    dilation: DILATION_ATTRIBUTE,
    ...tailAttributes({ norm: "batch", act: "relu" }),
    fixed: {
      type: "bool",
      doc: "Keeps `filters` from being scaled by `width`.",
      default: false,
      change: "none",
    },
  },
  flags: { ...PAD_FLAGS, ...TAIL_FLAGS },
  inferShape: (attributes, input, report) => {
    const map = asFeatureMap("sepconv", input, report);
    const [height, width] = slideWindow("sepconv", attributes, map, report);
    reportUnfitTail("sepconv", attributes, attributes.filters, report);
    return countable("sepconv", input, [height, width, attributes.filters], report);
  },
  lower: (attributes, { input, output }, layers) => {
    const { mult, filters, bias } = attributes;
    const window = layerWindow(attributes);
    const channels = knownChannels(input);
    const initial = initialKernel(attributes);
    layers.add("separable_conv", {
      attributes: { ...window, filters, mult, bias },
      shape: output,
      tensors: [
        depthwiseKernel(window.kernel, channels, mult, initial),
        kernelTensor(
          "pointwise_kernel",
          [
            [1, "kernel-height"],
            [1, "kernel-width"],
            [channels * mult, "in-times-multiplier"],
            [filters, "out"],
          ],
          initial,
        ),
        ...biasTensors(attributes, filters),
      ],
    });
    addTail(attributes, output, layers);
  },
  measure: (attributes, input, output) => {
    const elements = knownElements(output);
    const cells = elements / attributes.filters;
    const middleChannels = knownChannels(input) * attributes.mult;
    const middleElements = cells * middleChannels;
    const [rows, columns] = pair(attributes.kernel);
    return sumPrimitives([
      {
        convMacs: middleElements * rows * columns + elements * middleChannels,
        convBiasAdds: attributes.bias ? elements : 0,
        // The depthwise half is a convolution with an output of its own.
        convOutputElements: middleElements + elements,
      },
      tailCounts(attributes, elements, attributes.filters),
    ]);
  },
});
