/** Makes text of a file safe to show in a terminal and measures the columns it takes. */

const TAB_WIDTH = 4;

/** A line ready to print: `columnAt[i]` is the display column (from 0) at which UTF-16 unit `i` starts. */
export interface DisplayLine {
  readonly text: string;
  readonly width: number;
  readonly columnAt: readonly number[];
}

/** Expands tabs and makes control and direction characters visible, so that a file cannot control the terminal. */
export function displayLine(line: string): DisplayLine {
  let text = "";
  let width = 0;
  const columnAt: number[] = [];
  for (const character of line) {
    for (let unit = 0; unit < character.length; unit++) columnAt.push(width);
    const shown =
      character === "\t" ? " ".repeat(TAB_WIDTH - (width % TAB_WIDTH)) : visible(character);
    text += shown;
    width += widthOf(shown);
  }
  columnAt.push(width);
  return { text, width, columnAt };
}

/** Longest message that is shown whole, in UTF-16 units: names in it may be as long as a file. */
const MAX_MESSAGE = 1000;

/** What is shown of a longer one at its end. */
const MESSAGE_END = 100;

/** A message on one line, without control characters; without its middle where it is very long. */
export function displayMessage(message: string): string {
  const shown =
    message.length <= MAX_MESSAGE
      ? message
      : `${message.slice(0, MAX_MESSAGE - MESSAGE_END)} … ${message.slice(-MESSAGE_END)}`;
  return Array.from(shown, (character) => (character === "\n" ? " " : visible(character))).join("");
}

/** The columns from `start` on, at most `width` of them; a wide character that is cut becomes spaces. */
export function sliceColumns(text: string, start: number, width: number): string {
  let column = 0;
  let slice = "";
  for (const character of text) {
    const next = column + widthOf(character);
    if (column >= start && next <= start + width) slice += character;
    else if (next > start && column < start + width) {
      slice += " ".repeat(Math.min(next, start + width) - Math.max(column, start));
    }
    column = next;
    if (column >= start + width) break;
  }
  return slice;
}

/** How many terminal columns the text takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** Control characters, line separators, direction marks, byte order marks and lone surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const COMBINING = /\p{M}/u;

/** The character, or the name of its code where it could control a terminal. */
export function visible(character: string): string {
  if (!UNPRINTABLE.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
}

/** Characters that are shown as pictures, each two columns wide; a flag is two characters of one column. */
const PICTURE = /(?!\p{Regional_Indicator})\p{Emoji_Presentation}/u;

/** First and last code points of the blocks whose characters take two columns: East Asian scripts and signs. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2630, 0x2637],
  [0x268a, 0x268f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2ff],
  [0x1d300, 0x1d376],
  [0x1f200, 0x1f265],
  [0x20000, 0x3fffd],
];

function characterWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (COMBINING.test(character)) return 0;
  const isWide =
    PICTURE.test(character) || WIDE.some(([first, last]) => code >= first && code <= last);
  return isWide ? 2 : 1;
}
