/** Tests that what is derived from font files is what the fonts say now. */
import { expect, test } from "vitest";
import { readRepositoryFile } from "../../scripts/derived-file.ts";
import { deriveFontWidths } from "../../scripts/fonts/derive-font-widths.ts";
import { derivePdfFonts } from "../../scripts/fonts/derive-pdf-fonts.ts";

test("the widths and the glyphs of characters are those of the fonts", async () => {
  for (const { path, text } of [deriveFontWidths(), await derivePdfFonts()]) {
    expect(readRepositoryFile(path) === text, `npm run generate:fonts is due for ${path}`).toBe(
      true,
    );
  }
});
