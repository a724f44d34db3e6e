/** Tests that what is derived from font files is what the fonts say now. */
import { expect, test } from "vitest";
import { readRepositoryFile } from "../../scripts/derived-file.ts";
import { deriveFontWidths } from "../../scripts/fonts/derive-font-widths.ts";

test("the widths of characters are those of the fonts", () => {
  const { path, text } = deriveFontWidths();
  expect(readRepositoryFile(path), `npm run generate:fonts is due for ${path}`).toBe(text);
});
