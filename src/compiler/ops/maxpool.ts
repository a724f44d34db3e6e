/** Defines `maxpool`: the maximum of each window; padding never wins. */
import { defineOperator } from "./operator.ts";
import {
  inferPoolShape,
  POOL_ATTRIBUTES,
  POOL_FLAGS,
  type PoolAttributes,
  poolCounts,
  poolLayerWindow,
} from "./pooling.ts";

export type MaxPoolAttributes = PoolAttributes;

export const maxpool = defineOperator<MaxPoolAttributes>({
  name: "maxpool",
  family: "pooling",
  doc: "The largest value of each window, channel by channel; padding never wins.",
  alsoCalled: ["MaxPooling2D", "MaxPool2d"],
  operands: ["kernel"],
  attributes: POOL_ATTRIBUTES,
  flags: POOL_FLAGS,
  inferShape: (attributes, input, report) => inferPoolShape("maxpool", attributes, input, report),
  lower: (attributes, { output }, layers) => {
    if (attributes.global) {
      layers.add("global_max_pool", { attributes: { keepDims: true }, shape: output });
    } else layers.add("max_pool", { attributes: poolLayerWindow(attributes), shape: output });
  },
  measure: (attributes, input, output) => poolCounts("maxPool", attributes, input, output),
});
