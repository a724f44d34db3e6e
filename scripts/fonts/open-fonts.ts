/**
 * Opens the font files that pictures are measured with: Arimo, which has the widths of Helvetica, Arial and Liberation
 * Sans, and DejaVu Sans, which many Linux systems and continuous integration show in their place and which is wider.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { create, type Font } from "fontkit";

const locate = createRequire(import.meta.url).resolve;

export type Weight = "regular" | "bold";

export const FONT_FILES = {
  helvetica: {
    regular: locate("@fontsource/arimo/files/arimo-latin-400-normal.woff2"),
    bold: locate("@fontsource/arimo/files/arimo-latin-700-normal.woff2"),
  },
  dejavu: {
    regular: locate("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"),
    bold: locate("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"),
  },
} as const;

export type FontFamily = keyof typeof FONT_FILES;

/** What a picture may contain: ASCII, of which names consist, and the signs that the compiler adds. */
export const CHARACTERS = [
  ...Array.from({ length: 95 }, (_, index) => String.fromCodePoint(0x20 + index)),
  ..."×·→−…≥≤▸▾",
];

export function openFont(family: FontFamily, weight: Weight): Font {
  const font = create(readFileSync(FONT_FILES[family][weight]));
  if (!("glyphForCodePoint" in font)) throw new Error("a collection of fonts");
  return font;
}

/** The advance width of a character as a share of the font size; of DejaVu Sans where the family lacks it, as browsers do. */
export function createMeter(family: FontFamily, weight: Weight): (character: string) => number {
  const fonts = [openFont(family, weight), openFont("dejavu", weight)];
  return (character) => {
    const code = character.codePointAt(0) ?? 0;
    const font = fonts.find((one) => one.hasGlyphForCodePoint(code)) ?? openFont("dejavu", weight);
    return font.glyphForCodePoint(code).advanceWidth / font.unitsPerEm;
  };
}
