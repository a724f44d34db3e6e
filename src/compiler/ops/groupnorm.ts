/**
 * Defines `groupnorm`: equal groups of channels, each normalized by its own mean and variance over the whole picture;
 * `norm=group` on any other operator takes its defaults from here.
 */
import type { GroupNorm } from "../ir/attributes.ts";
import { channelsOf } from "../ir/dimension.ts";
import { knownChannels, knownElements } from "./feature-map.ts";
import { addGroupNorm, groupNormCounts, reportUnevenNorm } from "./group-norm-layer.ts";
import { defineOperator } from "./operator.ts";

export type GroupNormAttributes = {
  readonly [Name in Exclude<keyof GroupNorm, "kind">]: GroupNorm[Name];
};

export const groupnorm = defineOperator<GroupNormAttributes>({
  name: "groupnorm",
  family: "normalization",
  doc: "Normalizes each of several equal groups of channels by its own mean and variance over all positions, as PyTorch's GroupNorm.",
  alsoCalled: ["GroupNormalization", "GroupNorm", "gn"],
  norm: "group",
  operands: ["groups"],
  attributes: {
    groups: {
      type: "int",
      doc: "Number of equal groups; it must divide the channels. 1 normalizes the whole picture at once, and as many as there are channels is instance normalization. The default is that of the paper and of Keras.",
      alsoCalled: ["num_groups"],
      default: 32,
      min: 1,
      change: "numerics",
    },
    eps: {
      type: "float",
      doc: "Added to the variance. The default is PyTorch's; Keras' is 1e-3.",
      alsoCalled: ["epsilon"],
      default: 1e-5,
      min: 0,
      change: "epsilon",
    },
    gamma: {
      type: "bool",
      doc: "Whether a trainable scale for each channel follows.",
      alsoCalled: ["scale", "affine"],
      default: true,
      change: "affine",
    },
    beta: {
      type: "bool",
      doc: "Whether a trainable offset for each channel follows.",
      alsoCalled: ["center"],
      default: true,
      change: "affine",
    },
  },
  flags: {},
  inferShape: ({ groups }, input, report) => {
    reportUnevenNorm("groupnorm", groups, channelsOf(input), report, "groups");
    return input;
  },
  lower: (attributes, { output }, layers) => addGroupNorm(attributes, output, layers),
  measure: (_, input) => groupNormCounts(knownElements(input), knownChannels(input)),
});
