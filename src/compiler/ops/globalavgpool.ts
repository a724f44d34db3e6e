/** Defines `globalavgpool`: the mean of each channel over the whole picture, as a vector. */
import type { NoAttributes } from "./activation.ts";
import { asFeatureMap } from "./feature-map.ts";
import { defineOperator } from "./operator.ts";
import { globalPoolCounts } from "./pooling.ts";

export const globalavgpool = defineOperator<NoAttributes>({
  name: "globalavgpool",
  family: "pooling",
  doc: "The mean of each channel over the whole picture, as a vector.",
  alsoCalled: ["GlobalAveragePooling2D", "gap"],
  resembles: ["AdaptiveAvgPool2d"],
  operands: [],
  attributes: {},
  flags: {},
  inferShape: (_, input, report) => [asFeatureMap("globalavgpool", input, report)[2]],
  lower: (_, { output }, layers) =>
    layers.add("global_avg_pool", { attributes: { keepDims: false }, shape: output }),
  measure: (_, input) => globalPoolCounts(input),
});
