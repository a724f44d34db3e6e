/** Defines `l2norm`: scales the channel vector at each position to unit length. */
import { knownElements } from "./feature-map.ts";
import { defineOperator } from "./operator.ts";

export type L2NormAttributes = { readonly eps: number };

export const l2norm = defineOperator<L2NormAttributes>({
  name: "l2norm",
  family: "normalization",
  doc: "Scales the channels at each position to unit length: x / sqrt(max(sum(x^2), eps)), as tf.nn.l2_normalize.",
  alsoCalled: ["l2_normalize"],
  resembles: ["normalize"],
  operands: [],
  attributes: {
    eps: {
      type: "float",
      doc: "Lower bound of the sum of squares in the denominator.",
      default: 1e-10,
      min: 0,
      change: "epsilon",
    },
  },
  flags: {},
  inferShape: (_, input) => input,
  lower: ({ eps }, { output }, layers) =>
    layers.add("l2_norm", { attributes: { eps }, shape: output }),
  measure: (_, input) => ({ l2NormElements: knownElements(input) }),
});
