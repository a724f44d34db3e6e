/** Defines `dense`: a fully connected layer on a vector, with an optional normalization and activation. */
import { asVector, knownChannels } from "./feature-map.ts";
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

export type DenseAttributes = TailAttributes & {
  readonly units: number;
};

export const dense = defineOperator<DenseAttributes>({
  name: "dense",
  family: "dense",
  doc: "A fully connected layer on a vector, with a bias and without an activation by default.",
  alsoCalled: ["Linear", "fully_connected", "fc"],
  operands: ["units"],
  attributes: {
    units: {
      type: "int",
      doc: "Length of the output.",
      alsoCalled: ["out_features"],
      min: 1,
      change: "filters",
    },
    ...tailAttributes({ norm: null, act: null }),
  },
  flags: TAIL_FLAGS,
  inferShape: (attributes, input, report) => {
    asVector("dense", input, report);
    reportUnfitTail("dense", attributes, attributes.units, report);
    return [attributes.units];
  },
  lower: (attributes, { input, output }, layers) => {
    const { units, bias } = attributes;
    layers.add("dense", {
      attributes: { units, bias },
      shape: output,
      tensors: [
        kernelTensor(
          "kernel",
          [
            [knownChannels(input), "in"],
            [units, "out"],
          ],
          initialKernel(attributes),
        ),
        ...biasTensors(attributes, units),
      ],
    });
    addTail(attributes, output, layers);
  },
  measure: (attributes, input) =>
    sumPrimitives([
      {
        denseMacs: knownChannels(input) * attributes.units,
        denseBiasAdds: attributes.bias ? attributes.units : 0,
      },
      tailCounts(attributes, attributes.units, attributes.units),
    ]),
});
