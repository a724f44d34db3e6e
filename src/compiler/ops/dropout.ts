/** Defines `dropout`, which has no effect and no cost at inference. */
import { defineOperator } from "./operator.ts";

export type DropoutAttributes = { readonly rate: number };

export const dropout = defineOperator<DropoutAttributes>({
  name: "dropout",
  family: "regularization",
  doc: "In training, sets a fraction of the values to zero and scales up the rest; at inference, it has no effect.",
  operands: ["rate"],
  attributes: {
    rate: {
      type: "float",
      doc: "Fraction of the values that is dropped.",
      min: 0,
      max: 1,
      maxExclusive: true,
      change: "dropout",
    },
  },
  flags: {},
  inferShape: (_, input) => input,
  lower: ({ rate }, { output }, layers) =>
    layers.add("dropout", { attributes: { rate }, shape: output }),
  measure: () => ({}),
});
