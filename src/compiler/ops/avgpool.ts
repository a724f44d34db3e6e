/** Defines `avgpool`: the mean of each window, with padding left out of the mean unless `count_pad` is set. */
import { defineOperator } from "./operator.ts";
import {
  inferPoolShape,
  POOL_ATTRIBUTES,
  POOL_FLAGS,
  type PoolAttributes,
  poolCounts,
  poolLayerWindow,
} from "./pooling.ts";

export type AvgPoolAttributes = PoolAttributes & {
  readonly count_pad: boolean;
};

export const avgpool = defineOperator<AvgPoolAttributes>({
  name: "avgpool",
  family: "pooling",
  doc: "The mean of each window, channel by channel.",
  alsoCalled: ["AveragePooling2D", "AvgPool2d", "mean_pool"],
  operands: ["kernel"],
  attributes: {
    ...POOL_ATTRIBUTES,
    count_pad: {
      type: "bool",
      doc: "Includes the zeros of the padding in the mean (PyTorch); otherwise the mean is only over the picture (TensorFlow).",
      default: false,
      change: "pool-border",
    },
  },
  flags: POOL_FLAGS,
  inferShape: (attributes, input, report) => inferPoolShape("avgpool", attributes, input, report),
  lower: (attributes, { output }, layers) => {
    if (attributes.global) {
      layers.add("global_avg_pool", { attributes: { keepDims: true }, shape: output });
      return;
    }
    const window = poolLayerWindow(attributes);
    const countPad = attributes.count_pad && attributes.pad !== "valid";
    layers.add("avg_pool", { attributes: { ...window, countPad }, shape: output });
  },
  measure: (attributes, input, output) => poolCounts("avgPool", attributes, input, output),
});
