/** Defines `elu`: linear above zero, exp(x) - 1 below. */
import { defineActivation, type NoAttributes } from "./activation.ts";

export const elu = defineActivation<NoAttributes>("elu", "x above zero, exp(x) - 1 below.", [], {});
