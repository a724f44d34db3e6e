import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSourceFile, lineText, positionAt } from "../../../src/compiler/core/source-file.ts";

describe("positionAt", () => {
  const file = createSourceFile("a.incept", "one\r\ntwo\n\nfour");

  it.each([
    [0, 1, 1],
    [3, 1, 4],
    [5, 2, 1],
    [9, 3, 1],
    [10, 4, 1],
    [14, 4, 5],
  ])("puts offset %i at line %i, column %i", (offset, line, column) => {
    expect(positionAt(file, offset)).toEqual({ line, column });
  });

  it("clamps offsets outside the file", () => {
    expect(positionAt(file, -5)).toEqual({ line: 1, column: 1 });
    expect(positionAt(file, 1000)).toEqual({ line: 4, column: 5 });
    expect(positionAt(createSourceFile("", ""), 3)).toEqual({ line: 1, column: 1 });
  });

  it("counts columns in UTF-16 code units", () => {
    expect(positionAt(createSourceFile("a", "😀x"), 2)).toEqual({ line: 1, column: 3 });
  });

  it("is the inverse of adding the column to the start of the line", () => {
    const text = fc.array(fc.constantFrom("a", "\n", "\r\n", "é")).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, fc.nat(200), (source, seed) => {
        const any = createSourceFile("a", source);
        const offset = source === "" ? 0 : seed % (source.length + 1);
        const { line, column } = positionAt(any, offset);
        return (any.lineStarts[line - 1] ?? Number.NaN) + column - 1 === offset;
      }),
    );
  });
});

describe("lineText", () => {
  const file = createSourceFile("a.incept", "one\r\ntwo\n\nfour");

  it("gives a line without its break", () => {
    expect([1, 2, 3, 4].map((line) => lineText(file, line))).toEqual(["one", "two", "", "four"]);
  });

  it("gives nothing outside the file", () => {
    expect([0, -1, 5].map((line) => lineText(file, line))).toEqual(["", "", ""]);
  });
});
