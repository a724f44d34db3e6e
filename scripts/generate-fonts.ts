/** Writes what pictures need of fonts: the widths of characters, and the glyphs that PDF embeds. */
import { writeDerivedFiles } from "./derived-file.ts";
import { deriveFontWidths } from "./fonts/derive-font-widths.ts";
import { derivePdfFonts } from "./fonts/derive-pdf-fonts.ts";

writeDerivedFiles([deriveFontWidths(), await derivePdfFonts()]);
