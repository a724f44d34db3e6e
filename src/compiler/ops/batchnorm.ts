/** Defines `batchnorm`; `norm=batch` on any other operator takes its defaults from here. */
import type { BatchNorm } from "../ir/attributes.ts";
import { addBatchNorm, batchNormCounts } from "./batch-norm-layer.ts";
import { knownChannels, knownElements } from "./feature-map.ts";
import { defineOperator } from "./operator.ts";

export type BatchNormAttributes = {
  readonly [Name in Exclude<keyof BatchNorm, "kind">]: BatchNorm[Name];
};

export const batchnorm = defineOperator<BatchNormAttributes>({
  name: "batchnorm",
  family: "normalization",
  doc: "Normalizes each channel by the mean and variance of the batch, or by running statistics after training.",
  alsoCalled: ["BatchNormalization", "BatchNorm2d", "bn"],
  norm: "batch",
  operands: [],
  attributes: {
    eps: {
      type: "float",
      doc: "Added to the variance.",
      alsoCalled: ["epsilon"],
      default: 0.001,
      min: 0,
      change: "epsilon",
    },
    momentum: {
      type: "float",
      doc: "Share of the running statistics that one training step keeps.",
      default: 0.99,
      min: 0,
      max: 1,
      change: "momentum",
    },
    gamma: {
      type: "bool",
      doc: "Whether a trainable scale follows.",
      default: true,
      change: "gamma",
    },
    beta: {
      type: "bool",
      doc: "Whether a trainable offset follows.",
      default: true,
      change: "beta",
    },
  },
  flags: {},
  inferShape: (_, input) => input,
  lower: (attributes, { output }, layers) => addBatchNorm(attributes, output, layers),
  measure: (_, input) => batchNormCounts(knownElements(input), knownChannels(input)),
});
