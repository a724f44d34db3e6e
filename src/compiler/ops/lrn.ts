/** Defines `lrn`: divides each value by a power of the squares of its neighbours along the channels, as AlexNet and GoogLeNet do. */
import { asFeatureMap, knownElements } from "./feature-map.ts";
import { defineOperator } from "./operator.ts";

export type LrnAttributes = {
  readonly size: number;
  readonly alpha: number;
  readonly beta: number;
  readonly k: number;
};

export const lrn = defineOperator<LrnAttributes>({
  name: "lrn",
  family: "normalization",
  doc: "Local response normalization across channels, as in Caffe and PyTorch: x / (k + alpha / size * s)^beta, where s is the sum of the squares of the `size` channels around x at its place.",
  alsoCalled: ["LocalResponseNorm", "local_response_normalization", "LocalResponseNormalization"],
  operands: ["size"],
  attributes: {
    size: {
      type: "int",
      doc: "Number of channels in the window, an odd one; TensorFlow states depth_radius, which is (size - 1) / 2.",
      alsoCalled: ["local_size", "n"],
      min: 1,
      change: "numerics",
    },
    alpha: {
      type: "float",
      doc: "Weight of the mean of the squares. TensorFlow's alpha, and that of the paper of AlexNet, weighs their sum: it is alpha / size.",
      default: 0.0001,
      min: 0,
      change: "numerics",
    },
    beta: {
      type: "float",
      doc: "The power of the denominator.",
      default: 0.75,
      min: 0,
      change: "numerics",
    },
    k: {
      type: "float",
      doc: "Added to the weighted squares; TensorFlow calls it bias.",
      alsoCalled: ["bias"],
      default: 1,
      min: 0,
      change: "numerics",
    },
  },
  flags: {},
  inferShape: ({ size }, input, report) => {
    if (size % 2 === 0) report("shape/even-window", { operator: "lrn", size }, "size");
    return asFeatureMap("lrn", input, report);
  },
  lower: ({ size, alpha, beta, k }, { output }, layers) =>
    layers.add("lrn", { attributes: { size, alpha, beta, k }, shape: output }),
  measure: ({ size }, input) => {
    const elements = knownElements(input);
    return { lrnElements: elements, lrnWindowElements: size * elements };
  },
});
