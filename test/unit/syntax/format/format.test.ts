/** Tests the formatter: same meaning, same comments, idempotent output, and its layout. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lexer } from "../../../../grammar/tokens.ts";
import { DEFAULT_LIMITS } from "../../../../src/compiler/core/limits.ts";
import { createSourceFile } from "../../../../src/compiler/core/source-file.ts";
import { format } from "../../../../src/compiler/index.ts";
import { parse } from "../../../../src/compiler/syntax/parse.ts";
import { arbitrarySpec } from "../../../fuzz/arbitrary-spec.ts";
import { arbitraryWords, mutations } from "../../../fuzz/arbitrary-text.ts";
import { fuzz } from "../../../fuzz/fuzz.ts";

function formatted(text: string): string {
  const result = format(text);
  expect(result.diagnostics).toEqual([]);
  return result.text ?? "";
}

/** The tree without places: what the text means. */
function meaningOf(text: string): unknown {
  const { value } = parse(createSourceFile("a.incept", text), DEFAULT_LIMITS);
  return JSON.parse(
    JSON.stringify(value, (key, part) => (/^(?:span|.*Span|line)$/.test(key) ? undefined : part)),
  );
}

function commentsOf(text: string): readonly string[] {
  return (lexer.tokenize(text).groups.comments ?? []).map(({ image }) => image.trimEnd());
}

/** Moves every token and comment about, as careless hands would; a line break that separates steps stays one. */
function arbitrarilySpaced(text: string): fc.Arbitrary<string> {
  const { tokens, groups } = lexer.tokenize(text);
  const all = [...tokens, ...(groups.comments ?? [])].sort((a, b) => a.startOffset - b.startOffset);
  const breaks = ["\n", "\n\n\n", " \r\n  ", " // c\n"];
  const gaps = all.map(({ startOffset, image }, index) => {
    const between = text.slice(startOffset + image.length, all[index + 1]?.startOffset);
    return between.includes("\n")
      ? fc.constantFrom(...breaks)
      : fc.constantFrom(" ", "  ", "\t", " /* c */ ", ...breaks);
  });
  return fc.tuple(...gaps).map((gaps) =>
    all
      .map(({ image, tokenType }, index) => {
        const isLine = tokenType.name === "LineComment" || tokenType.name === "DocComment";
        // A dot of a path stands close: apart, `0 .1` would be two numbers.
        const isDotted = tokenType.name === "Dot" || all[index + 1]?.tokenType.name === "Dot";
        return `${image}${isLine ? "\n" : ""}${isDotted ? "" : gaps[index]}`;
      })
      .join(""),
  );
}

const SPECS = readdirSync("specs", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".incept"))
  .map((path) => join("specs", path));

describe("the specifications of this repository", () => {
  it.each(SPECS)("%s are in the canonical form", (path) => {
    const text = readFileSync(path, "utf8");
    expect(formatted(text)).toBe(text);
  });
});

describe("any specification", () => {
  it("keeps its meaning and its comments, and is stable after one round", async () => {
    const spaced = fc.oneof(
      fc.constantFrom(...SPECS.map((path) => readFileSync(path, "utf8"))),
      arbitrarySpec({ depth: 2 }).map(({ text }) => text),
    );
    await fuzz(
      fc.property(spaced.chain(arbitrarilySpaced), (text) => {
        fc.pre(parse(createSourceFile("a.incept", text), DEFAULT_LIMITS).diagnostics.length === 0);
        const once = formatted(text);
        expect(meaningOf(once)).toEqual(meaningOf(text));
        expect(commentsOf(once)).toEqual(commentsOf(text));
        expect(formatted(once)).toBe(once);
      }),
      { runs: 60, longRuns: 5_000 },
    );
  });

  it("is laid out or refused, however it was changed", async () => {
    const changed = fc
      .tuple(arbitrarySpec({ depth: 1 }), mutations)
      .map(([{ text }, mutate]) => mutate(text));
    const property = fc.property(fc.oneof(changed, arbitraryWords(40)), (text) => {
      const { text: once, diagnostics } = format(text);
      expect(once === undefined).toBe(diagnostics.length > 0);
      if (once === undefined) return;
      expect(meaningOf(once)).toEqual(meaningOf(text));
      expect(commentsOf(once)).toEqual(commentsOf(text));
      expect(formatted(once)).toBe(once);
    });
    await fuzz(property, { runs: 200, longRuns: 50_000 });
  });
});

describe("the canonical form", () => {
  it("lays out blocks, branches, lists and columns", () => {
    const text = [
      'import{A,B}from"./a.incept" // why',
      "module M(k:int=3):[H,W,C]=>[_,_,32]{",
      "// alone",
      "conv 3x3 k /2 valid act=relu",
      " -> conv 3x3 (k*2)   /(1+1)",
      "concat{",
      "|a:conv 1x1 k -> concat {",
      "| conv 1x1 k",
      "conv 3x3 (-1)",
      "}",
      "|b : conv 1x1 k",
      "| longer:conv 1x1 k",
      "}",
      "}",
      "network N{",
      "input 3x3x3",
      "",
      "",
      "a:M(k = 4)=>3x3x3",
      "other:(2*3)x M()   =>3x3x3",
      "last  was  b . 0.conv :relu",
      "budget params<=3 M",
      "budget a.b.0.macs<3 // few",
      "}",
    ].join("\n");
    expect(formatted(text)).toBe(
      [
        'import { A, B } from "./a.incept"  // why',
        "module M(k: int = 3) : [H, W, C] => [_, _, 32] {",
        "  // alone",
        "  conv 3x3 k /2 valid act=relu",
        "    -> conv 3x3 (k * 2) /(1 + 1)",
        "  concat {",
        "    | a: conv 1x1 k -> concat {",
        "        | conv 1x1 k",
        "          conv 3x3 (-1)",
        "      }",
        "    | b:      conv 1x1 k",
        "    | longer: conv 1x1 k",
        "  }",
        "}",
        "",
        "network N {",
        "  input 3x3x3",
        "",
        "  a:     M(k=4)          => 3x3x3",
        "  other: (2 * 3) x M()   => 3x3x3",
        "  last was b.0.conv: relu",
        "  budget params     <= 3M",
        "  budget a.b.0.macs < 3  // few",
        "}",
        "",
      ].join("\n"),
    );
  });

  it("refuses a file that cannot be parsed", () => {
    const { text, diagnostics } = format("network {", { path: "a.incept" });
    expect(text).toBeUndefined();
    expect(diagnostics[0]?.code).toBe("syntax/unexpected-token");
  });
});
