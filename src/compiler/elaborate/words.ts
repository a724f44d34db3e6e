/** Owns the words that are values without being declared: `relu`, `valid`, `batch`, `true`. */
import { ACTIVATIONS } from "../ir/attributes.ts";

export const PADDING_WORDS: readonly string[] = ["same", "valid"];
export const NORM_WORDS: readonly string[] = ["batch", "none"];
export const ACTIVATION_WORDS: readonly string[] = [...ACTIVATIONS, "linear", "none"];
export const INTERPOLATION_WORDS: readonly string[] = ["nearest", "bilinear"];
export const BOOLEAN_WORDS: readonly string[] = ["true", "false"];

/** The channel count of the residual around it. */
export const TRUNK = "trunk";

const ALL_WORDS = new Set([
  ...PADDING_WORDS,
  ...NORM_WORDS,
  ...ACTIVATION_WORDS,
  ...INTERPOLATION_WORDS,
]);

export function isValueWord(text: string): boolean {
  return ALL_WORDS.has(text);
}
