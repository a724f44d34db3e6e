/** Defines `globalmaxpool`: the maximum of each channel over the whole picture, as a vector. */
import type { NoAttributes } from "./activation.ts";
import { asFeatureMap } from "./feature-map.ts";
import { defineOperator } from "./operator.ts";
import { globalPoolCounts, globalWindow } from "./pooling.ts";

export const globalmaxpool = defineOperator<NoAttributes>({
  name: "globalmaxpool",
  family: "pooling",
  doc: "The largest value of each channel over the whole picture, as a vector.",
  alsoCalled: ["GlobalMaxPooling2D", "AdaptiveMaxPool2d", "gmp"],
  operands: [],
  attributes: {},
  flags: {},
  inferShape: (_, input, report) => [asFeatureMap("globalmaxpool", input, report)[2]],
  weights: () => [],
  measure: (_, input) => globalPoolCounts(input),
  window: (_, input) => globalWindow(input),
});
