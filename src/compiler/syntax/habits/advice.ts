/** The result of a habit: advice in words, and edits where the repair is certain. */
import { OPERAND_COUNTS } from "../../../../grammar/operators.ts";
import type { QuickFix } from "../../diagnostics/diagnostic.ts";

export interface Advice {
  readonly help: string;
  readonly fixes: readonly QuickFix[];
}

export const NAME = /^[A-Za-z_]\w*$/;
/** A name, a number or a size. */
export const VALUE = /^[\w.]+$/;

/** An operator, a module by its first letter, or a word that begins another step. */
export function startsStep(word: string): boolean {
  return Object.hasOwn(OPERAND_COUNTS, word) || STEP_WORDS.test(word);
}

const STEP_WORDS = /^(?:[A-Z]\w*|concat|sum|split|residual|scale_by|factor|aux)$/;
