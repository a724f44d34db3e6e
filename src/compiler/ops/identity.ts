/** Defines `identity`, for a branch that passes its input on unchanged; it becomes no layer. */
import type { NoAttributes } from "./activation.ts";
import { defineOperator } from "./operator.ts";

export const identity = defineOperator<NoAttributes>({
  name: "identity",
  family: "shape",
  doc: "Returns its input unchanged; for a branch that passes its input on.",
  isIdentity: true,
  operands: [],
  attributes: {},
  flags: {},
  inferShape: (_, input) => input,
  lower: () => {},
  measure: () => ({}),
});
