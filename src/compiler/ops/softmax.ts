/** Defines `softmax`: exponentials along the last axis, normalized to a sum of 1. */
import { defineActivation, type NoAttributes } from "./activation.ts";

export const softmax = defineActivation<NoAttributes>(
  "softmax",
  "exp(x) divided by its sum over the channels.",
  [],
  {},
);
