/** Tests that a text of sections stays within its size and counts what it omits. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { fitSections } from "../../src/cli/review/fit-sections.ts";

const SECTIONS = ["a", "b", "c"].map((name) => ({ brief: name, full: `${name}→→→` }));

test.each([
  [100, ["a→→→", "b→→→", "c→→→"], 0, 0],
  [12, ["a→→→", "b", "c"], 2, 0],
  [3, ["a", "b", "c"], 3, 0],
  [2, ["a", "b"], 2, 1],
  [0, [], 0, 3],
])("%i bytes", (maxBytes, texts, briefCount, omittedCount) => {
  expect(fitSections(SECTIONS, maxBytes)).toEqual({ texts, briefCount, omittedCount });
});

test("one that is too long makes no room for those after it less", () => {
  const long = { brief: "x", full: "x".repeat(50) };
  expect(fitSections([long, ...SECTIONS], 20).texts).toEqual(["x", "a→→→", "b", "c"]);
});

test("never more bytes than there is room for, in the order given, and every section counted", () => {
  const section = fc
    .tuple(fc.string({ unit: "grapheme", maxLength: 20 }), fc.string({ maxLength: 60 }))
    .map(([brief, more]) => ({ brief, full: brief + more }));
  fc.assert(
    fc.property(fc.array(section), fc.nat(500), (sections, maxBytes) => {
      const { texts, briefCount, omittedCount } = fitSections(sections, maxBytes);
      expect(Buffer.byteLength(texts.join(""))).toBeLessThanOrEqual(maxBytes);
      expect(texts.length + omittedCount).toBe(sections.length);
      const shortened = texts.filter((text, index) => text !== sections[index]?.full);
      expect(shortened.length).toBeLessThanOrEqual(briefCount);
      texts.forEach((text, index) => {
        expect([sections[index]?.brief, sections[index]?.full]).toContain(text);
      });
    }),
  );
});
