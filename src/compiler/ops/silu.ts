/** Defines `silu` (also called swish): each value times its sigmoid. */
import { defineActivation, type NoAttributes } from "./activation.ts";

export const silu = defineActivation<NoAttributes>(
  "silu",
  "x * sigmoid(x), also called swish.",
  [],
  {},
  ["swish"],
);
