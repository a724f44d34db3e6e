/** The result of a habit: advice in words, and edits where the repair is certain. */
import type { QuickFix } from "../../diagnostics/diagnostic.ts";

export interface Advice {
  readonly help: string;
  readonly fixes: readonly QuickFix[];
}

export const NAME = /^[A-Za-z_]\w*$/;
/** A name, a number or a size. */
export const VALUE = /^[\w.]+$/;
