/** Owns the operator `sigmoid`. */
import { defineActivation, type NoAttributes } from "./activation.ts";

export const sigmoid = defineActivation<NoAttributes>("sigmoid", "1 / (1 + exp(-x)).", [], {});
