/** Estimates the width of text without font metrics, on the generous side. */

/** Widths as shares of the font size, of Helvetica and its kin. */
const NARROW = 0.3;
const USUAL = 0.57;
const WIDE = 0.86;
/** Characters of East Asian scripts, and pictographs. */
const FULL = 1.05;
/** The additional width of a bold face. */
const BOLD = 1.06;

export function textWidth(text: string, fontSize: number, isBold = false): number {
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width * fontSize * (isBold ? BOLD : 1);
}

/** The text, or as much of it as fits with an ellipsis. */
export function clipText(text: string, maxCharacters: number): string {
  const characters = Array.from(text);
  return characters.length <= maxCharacters
    ? text
    : `${characters.slice(0, maxCharacters - 1).join("")}…`;
}

function widthOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x1100 && !(code >= 0x2000 && code < 0x2e80)) return FULL;
  if (/[ijltfIr.,:;'|!()[\]/ ·]/.test(character)) return NARROW;
  return /[mwMW@%]/.test(character) ? WIDE : USUAL;
}
