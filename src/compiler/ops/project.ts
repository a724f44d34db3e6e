/** Defines `project`: a 1x1 convolution that brings a residual's body back to the number of channels of its trunk. */
import { asFeatureMap, countable, knownChannels, knownElements } from "./feature-map.ts";
import {
  TAIL_FLAGS,
  type TailAttributes,
  tailAttributes,
  tailCounts,
  tailWeights,
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
    },
    ...tailAttributes({ norm: null, act: null }),
  },
  flags: TAIL_FLAGS,
  inferShape: (attributes, input, report) => {
    const [height, width] = asFeatureMap("project", input, report);
    return countable("project", input, [height, width, attributes.filters], report);
  },
  weights: (attributes, input) => [
    {
      layer: "",
      name: "kernel",
      shape: [1, 1, knownChannels(input), attributes.filters],
      trainable: true,
    },
    ...tailWeights(attributes, attributes.filters),
  ],
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
