/** Defines `project`: a 1x1 convolution that brings a residual's body back to the number of channels of its trunk. */
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

export type ProjectAttributes = TailAttributes & {
  readonly filters: number;
};

export const project = defineOperator<ProjectAttributes>({
  name: "project",
  family: "convolution",
  doc: "In a residual's body: a 1x1 convolution to the channels of the trunk, linear and with a bias by default.",
  operands: [],
  attributes: {
    filters: {
      type: "int",
      doc: "Channels of the trunk.",
      min: 1,
      derived: true,
      change: "filters",
    },
    ...tailAttributes({ norm: null, act: null }),
  },
  flags: TAIL_FLAGS,
  inferShape: (attributes, input, report) => {
    const [height, width] = asFeatureMap("project", input, report);
    reportUnfitTail("project", attributes, attributes.filters, report);
    return countable("project", input, [height, width, attributes.filters], report);
  },
  lower: (attributes, { input, output }, layers) => {
    const { filters, bias } = attributes;
    layers.add("conv", {
      attributes: {
        kernel: [1, 1],
        stride: [1, 1],
        pad: "same",
        dilation: [1, 1],
        filters,
        groups: 1,
        bias,
      },
      shape: output,
      tensors: [
        kernelTensor(
          "kernel",
          [
            [1, "kernel-height"],
            [1, "kernel-width"],
            [knownChannels(input), "in"],
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
    return sumPrimitives([
      {
        convMacs: elements * knownChannels(input),
        convBiasAdds: attributes.bias ? elements : 0,
        convOutputElements: elements,
      },
      tailCounts(attributes, elements, attributes.filters),
    ]);
  },
});
