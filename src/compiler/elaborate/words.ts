/** Words that are values without a declaration: `relu`, `valid`, `batch`, `true`. */
import { ACTIVATIONS, INTERPOLATIONS } from "../ir/attributes.ts";

export const PADDING_WORDS: readonly string[] = ["same", "valid"];
export const NORM_WORDS: readonly string[] = ["batch", "layer", "group", "none"];
export const ACTIVATION_WORDS: readonly string[] = [...ACTIVATIONS, "linear", "none"];
const BOOLEAN_WORDS: readonly string[] = ["true", "false"];

/** The channel count of the residual around it. */
export const TRUNK = "trunk";

/** Every word that is a value, `true` and `false` among them. */
export const VALUE_WORDS: readonly string[] = [
  ...new Set([
    ...PADDING_WORDS,
    ...NORM_WORDS,
    ...ACTIVATION_WORDS,
    ...INTERPOLATIONS,
    ...BOOLEAN_WORDS,
  ]),
];

export function isValueWord(text: string): boolean {
  return VALUE_WORDS.includes(text);
}

/** Words that cannot be names of parameters, since the parameter would shadow the word. */
export function isReservedWord(text: string): boolean {
  return text === TRUNK || isValueWord(text);
}
