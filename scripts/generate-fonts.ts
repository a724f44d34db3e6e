/** Writes what pictures need of fonts: the widths of characters. */
import { writeDerivedFiles } from "./derived-file.ts";
import { deriveFontWidths } from "./fonts/derive-font-widths.ts";

writeDerivedFiles([deriveFontWidths()]);
