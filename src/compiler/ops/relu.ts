/** Defines `relu`: negative inputs become zero. */
import { defineActivation, type NoAttributes } from "./activation.ts";

export const relu = defineActivation<NoAttributes>("relu", "max(x, 0).", [], {});
