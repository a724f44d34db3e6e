/** Owns the operator `tanh`. */
import { defineActivation, type NoAttributes } from "./activation.ts";

export const tanh = defineActivation<NoAttributes>("tanh", "The hyperbolic tangent.", [], {});
