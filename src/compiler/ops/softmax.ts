/** Owns the operator `softmax`. */
import { defineActivation, type NoAttributes } from "./activation.ts";

export const softmax = defineActivation<NoAttributes>(
  "softmax",
  "exp(x) divided by its sum over the channels.",
  [],
  {},
);
