import { describe, expect, it } from "vitest";
import { createSourceFile } from "../../../src/compiler/core/source-file.ts";
import { compareSpans, joinSpans, spanText } from "../../../src/compiler/core/span.ts";

const file = createSourceFile("a.incept", "conv 3x3 32");
const other = createSourceFile("b.incept", "relu");

describe("spans", () => {
  it("know their text, without the end", () => {
    expect(spanText({ file, start: 5, end: 8 })).toBe("3x3");
    expect(spanText({ file, start: 5, end: 5 })).toBe("");
  });

  it("join to the smallest that holds both, in either order", () => {
    const first = { file, start: 0, end: 4 };
    const last = { file, start: 9, end: 11 };
    expect(joinSpans(first, last)).toEqual({ file, start: 0, end: 11 });
    expect(joinSpans(last, first)).toEqual({ file, start: 0, end: 11 });
    expect(joinSpans({ file, start: 0, end: 11 }, first)).toEqual({ file, start: 0, end: 11 });
  });

  it("sort by file, then start, then end", () => {
    const spans = [
      { file: other, start: 0, end: 1 },
      { file, start: 5, end: 8 },
      { file, start: 5, end: 6 },
      { file, start: 0, end: 4 },
    ];
    expect([...spans].sort(compareSpans)).toEqual([spans[3], spans[2], spans[1], spans[0]]);
  });
});
