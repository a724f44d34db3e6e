/** Defines `sigmoid`: maps every value into the range 0 to 1. */
import { defineActivation, type NoAttributes } from "./activation.ts";

export const sigmoid = defineActivation<NoAttributes>("sigmoid", "1 / (1 + exp(-x)).", [], {});
