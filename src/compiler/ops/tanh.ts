/** Defines `tanh`: maps every value into the range -1 to 1. */
import { defineActivation, type NoAttributes } from "./activation.ts";

export const tanh = defineActivation<NoAttributes>("tanh", "The hyperbolic tangent.", [], {});
