/** Defines `hard_swish`: each value times its `hard_sigmoid`. */
import { defineActivation, type NoAttributes } from "./activation.ts";

export const hardSwish = defineActivation<NoAttributes>(
  "hard_swish",
  "x * min(max(x + 3, 0), 6) / 6.",
  [],
  {},
);
