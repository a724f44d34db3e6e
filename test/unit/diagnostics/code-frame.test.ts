import { describe, expect, it } from "vitest";
import { createSourceFile } from "../../../src/compiler/core/source-file.ts";
import { type FrameMark, renderCodeFrame } from "../../../src/compiler/diagnostics/code-frame.ts";
import { plainStyle } from "../../../src/compiler/diagnostics/text-style.ts";

/** The frame over `text` with a mark at each of the given words; the first is the finding's own. */
function frame(text: string, words: readonly (readonly [word: string, label?: string])[]): string {
  const file = createSourceFile("a.incept", text);
  const marks = words.map(([word, label], index): FrameMark => {
    const start = text.indexOf(word);
    return {
      span: { file, start, end: start + word.length },
      underline: index === 0 ? "^" : "-",
      paint: (painted) => painted,
      ...(label === undefined ? {} : { label }),
    };
  });
  return renderCodeFrame(marks, plainStyle).slice(1, -1).join("\n");
}

describe("several places on one line", () => {
  it("share a row, each label under its own place", () => {
    expect(
      frame("sum { | conv 1x1 8 | conv 3x3 9 }", [
        ["sum"],
        ["conv 1x1 8", "this gives 8"],
        ["conv 3x3 9", "this gives 9"],
      ]),
    ).toBe(
      [
        " 1 | sum { | conv 1x1 8 | conv 3x3 9 }",
        "   | ^^^     ----------   ---------- this gives 9",
        "   |         this gives 8",
      ].join("\n"),
    );
  });

  it("have rows of their own where one lies in the other", () => {
    expect(frame("residual { relu }", [["relu"], ["residual { relu }", "used here"]])).toBe(
      [" 1 | residual { relu }", "   |            ^^^^", "   | ----------------- used here"].join(
        "\n",
      ),
    );
  });

  it("keep a label on the row where the next place leaves room for it", () => {
    expect(
      frame("a                 b", [
        ["a", "first"],
        ["b", "second"],
      ]),
    ).toBe([" 1 | a                 b", "   | ^ first           - second"].join("\n"));
  });
});

describe("columns", () => {
  it("are right after tabs and wide characters", () => {
    expect(frame("\t/* 日本 */ relu", [["relu"]])).toBe(
      [" 1 |     /* 日本 */ relu", "   |                ^^^^"].join("\n"),
    );
  });

  it("of the finding itself are in view in a long line, and other places are marked at the edge", () => {
    const text = `first ${"-> relu ".repeat(40)}-> last`;
    const [line = "", underlines = ""] = frame(text, [["last"], ["first", "begins here"]]).split(
      "\n",
    );
    const at = underlines.indexOf("^^^^");
    expect(line.slice(at, at + 4)).toBe("last");
    expect(underlines.indexOf("-")).toBe(5);
    expect(line[5]).toBe("…");
  });

  it("are as right in a line as long as a file", () => {
    const text = `first ${"-> relu ".repeat(5000)}-> middle ${"-> relu ".repeat(5000)}-> last`;
    const rows = frame(text, [["middle"], ["first", "begins"], ["last", "ends"]]).split("\n");
    const [line = "", underlines = ""] = rows;
    const at = underlines.indexOf("^^^^^^");
    expect(line.slice(at, at + 6)).toBe("middle");
    expect(line.slice(5)).toMatch(/^….*…$/);
    expect(underlines.indexOf("-")).toBe(5);
    expect(rows.every((row) => row.length < 130)).toBe(true);
  });

  it("of a place that goes on are underlined to the end of its first line", () => {
    expect(frame("concat {\n  | relu\n}", [["concat {\n  | relu\n}"]])).toBe(
      [" 1 | concat {", "   | ^^^^^^^^"].join("\n"),
    );
  });
});
