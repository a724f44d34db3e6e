/** Defines `conv`: a convolution followed by its bias, normalization and activation. */
import type { Padding, SizeValue } from "../ir/attributes.ts";
import { isKnown, type Shape } from "../ir/dimension.ts";
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
import { defineOperator, type ReportShape } from "./operator.ts";
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

export type ConvAttributes = TailAttributes & {
  readonly kernel: SizeValue;
  readonly filters: number;
  readonly stride: SizeValue;
  readonly pad: Padding;
  readonly dilation: SizeValue;
  readonly groups: number;
  readonly fixed: boolean;
};

export const conv = defineOperator<ConvAttributes>({
  name: "conv",
  family: "convolution",
  doc: "A convolution, then bias or normalization, then an activation.",
  alsoCalled: ["Conv2D", "convolution"],
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
    stride: STRIDE_ATTRIBUTE,
    pad: PAD_ATTRIBUTE,
    dilation: DILATION_ATTRIBUTE,
    groups: {
      type: "int",
      doc: "Number of equal parts into which input channels and filters are split; each part reads only its own channels.",
      default: 1,
      min: 1,
      change: "groups",
    },
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
    const map = asFeatureMap("conv", input, report);
    const [height, width] = slideWindow("conv", attributes, map, report);
    reportUnevenGroups(attributes, input, report);
    reportUnfitTail("conv", attributes, attributes.filters, report);
    return countable("conv", input, [height, width, attributes.filters], report);
  },
  lower: (attributes, { input, output }, layers) => {
    const { filters, groups, bias } = attributes;
    const window = layerWindow(attributes);
    layers.add("conv", {
      attributes: { ...window, filters, groups, bias },
      shape: output,
      tensors: [
        kernelTensor(
          "kernel",
          [
            [window.kernel[0], "kernel-height"],
            [window.kernel[1], "kernel-width"],
            [channelsPerGroup(attributes, input), groups > 1 ? "in-of-group" : "in"],
            [filters, "out"],
          ],
          initialKernel(attributes),
        ),
        ...biasTensors(attributes, filters),
      ],
    });
    addTail(attributes, output, layers);
  },
  measure: (attributes, input, output) => {
    const elements = knownElements(output);
    const [rows, columns] = pair(attributes.kernel);
    return sumPrimitives([
      {
        convMacs: elements * rows * columns * channelsPerGroup(attributes, input),
        convBiasAdds: attributes.bias ? elements : 0,
        convOutputElements: elements,
      },
      tailCounts(attributes, elements, attributes.filters),
    ]);
  },
});

function channelsPerGroup(attributes: ConvAttributes, input: Shape): number {
  return knownChannels(input) / attributes.groups;
}

function reportUnevenGroups(attributes: ConvAttributes, input: Shape, report: ReportShape): void {
  const { groups, filters } = attributes;
  const channels = input.length === 3 ? input[2] : undefined;
  const uneven = (count: number, of: "input channels" | "filters"): void => {
    if (count % groups === 0) return;
    report(
      "shape/groups-do-not-divide",
      { operator: "conv", groups, channels: count, of },
      "groups",
    );
  };
  if (channels !== undefined && isKnown(channels)) uneven(channels, "input channels");
  uneven(filters, "filters");
}
