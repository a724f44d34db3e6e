/** Measures the columns that characters take in a terminal. */
import { expect, it } from "vitest";
import { widthOf } from "../../../src/compiler/diagnostics/display-text.ts";

it.each([
  ["conv", 4],
  ["é", 1],
  ["e\u0301", 1],
  ["→", 1],
  ["畳み込み", 8],
  ["Ｗ", 2],
  ["ㄅ", 2],
  // Pictures outside the blocks of pictures: they were measured as one column.
  ["✅", 2],
  ["⌚", 2],
  ["⭐", 2],
  ["🟢", 2],
  ["🧠", 2],
  // Shown as text unless another character asks for a picture.
  ["✔", 1],
  ["🇯🇵", 2],
])("%s takes the columns %i", (text, columns) => {
  expect(widthOf(text)).toBe(columns);
});
