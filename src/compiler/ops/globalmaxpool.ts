/** Defines `globalmaxpool`: the maximum of each channel over the whole picture, as a vector. */
import type { NoAttributes } from "./activation.ts";
import { asFeatureMap } from "./feature-map.ts";
import { defineOperator } from "./operator.ts";
import { globalPoolCounts } from "./pooling.ts";

export const globalmaxpool = defineOperator<NoAttributes>({
  name: "globalmaxpool",
  family: "pooling",
  doc: "The largest value of each channel over the whole picture, as a vector.",
  alsoCalled: ["GlobalMaxPooling2D", "gmp"],
  resembles: ["AdaptiveMaxPool2d"],
  operands: [],
  attributes: {},
  flags: {},
  inferShape: (_, input, report) => [asFeatureMap("globalmaxpool", input, report)[2]],
  lower: (_, { output }, layers) =>
    layers.add("global_max_pool", { attributes: { keepDims: false }, shape: output }),
  measure: (_, input) => globalPoolCounts(input),
});
