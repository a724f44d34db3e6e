/** Defines the numbers that `residual(…)` takes: their meaning and range. */
import type { ValueDefinition } from "./operator.ts";

/** What can be written behind `residual`. */
export const RESIDUAL_ATTRIBUTES = {
  scale: { type: "float", doc: "Factor of the body before the addition." },
  drop: {
    type: "float",
    doc: "Probability with which training leaves the body of a sample out.",
    min: 0,
    max: 1,
    maxExclusive: true,
  },
} as const satisfies Readonly<Record<string, ValueDefinition>>;
