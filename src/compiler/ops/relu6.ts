/** Defines `relu6`: a `relu` that is cut off at 6. */
import { defineActivation, type NoAttributes } from "./activation.ts";

export const relu6 = defineActivation<NoAttributes>("relu6", "min(max(x, 0), 6).", [], {});
