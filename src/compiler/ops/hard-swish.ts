/** Owns the operator `hard_swish`. */
import { defineActivation, type NoAttributes } from "./activation.ts";

export const hardSwish = defineActivation<NoAttributes>(
  "hard_swish",
  "x * min(max(x + 3, 0), 6) / 6.",
  [],
  {},
);
