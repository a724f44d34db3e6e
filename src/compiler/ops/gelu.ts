/** Defines `gelu`: each value times the standard normal distribution function at it, computed exactly. */
import { defineActivation, type NoAttributes } from "./activation.ts";

export const gelu = defineActivation<NoAttributes>(
  "gelu",
  "x * P(X <= x) for a standard normal X, computed exactly (erf).",
  [],
  {},
);
