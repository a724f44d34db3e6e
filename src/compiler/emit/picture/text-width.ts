/**
 * Measures text for layout. A reader's system decides which font of a picture's list is used, so every character counts
 * as wide as in the widest of them.
 */
import { CHARACTERS, WIDTHS } from "./font-widths.generated.ts";

/** East Asian scripts, pictographs, and all else that no name can contain. */
const FULL = 1.05;

const SHARES = { regular: sharesOf(WIDTHS.regular), bold: sharesOf(WIDTHS.bold) };

/** In pixels; no font of the list needs more. */
export function textWidth(text: string, fontSize: number, isBold = false): number {
  const shares = isBold ? SHARES.bold : SHARES.regular;
  let width = 0;
  for (const character of text) width += shares.get(character) ?? FULL;
  return width * fontSize;
}

/** The text, or as much of it as fits with an ellipsis. */
export function clipText(text: string, maxCharacters: number): string {
  const characters = Array.from(text);
  return characters.length <= maxCharacters
    ? text
    : `${characters.slice(0, maxCharacters - 1).join("")}…`;
}

/** Widths as shares of the font size, by character. */
function sharesOf(widths: string): ReadonlyMap<string, number> {
  const numbers = widths.split(" ").map(Number);
  return new Map(Array.from(CHARACTERS, (one, index) => [one, (numbers[index] ?? 0) / 1000]));
}
