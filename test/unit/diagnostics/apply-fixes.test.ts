import { describe, expect, it } from "vitest";
import { check, fix, renderDiagnostics } from "../../../src/compiler/index.ts";
import { createMemoryHost } from "../../support/memory-host.ts";

/** The text of a network with these lines, repaired. */
function repaired(...lines: readonly string[]): string {
  const text = `network N {\n  input 32x32x3\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
  const { texts, diagnostics } = fix(text);
  expect(diagnostics, renderDiagnostics(diagnostics)).toEqual([]);
  const [fixed = text] = texts.values();
  return fixed.split("\n").slice(2, -2).join("\n").replaceAll(/^ {2}/gm, "");
}

describe("fix", () => {
  it.each([
    ["a misspelt name", "covn 3x3 8", "conv 3x3 8"],
    ["a misspelt flag", "conv 3x3 8 linaer", "conv 3x3 8 linear"],
    ["a flag too many", "maxpool 3x3 /2 linear", "maxpool 3x3 /2"],
    ["an attribute given twice", "conv 3x3 8 act=relu act=tanh", "conv 3x3 8 act=relu"],
    ["half a filter", "conv 3x3 (9 / 2)", "conv 3x3 (round(9 / 2))"],
    [
      "a padding",
      "concat { | maxpool 3x3 /2 | conv 3x3 8 /2 valid }",
      "concat { | maxpool 3x3 /2 | conv 3x3 8 /2 same }",
    ],
    [
      "a stride",
      "concat { | maxpool 3x3 /2 | conv 3x3 8 }",
      "concat { | maxpool 3x3 /2 | conv 3x3 8 /2 }",
    ],
    [
      "channels of a sum",
      "sum { | conv 3x3 8 | conv 1x1 8 | conv 1x1 6 }",
      "sum { | conv 3x3 8 | conv 1x1 8 | conv 1x1 8 }",
    ],
    [
      "channels of a residual",
      "conv 3x3 8 -> residual { conv 3x3 6 }",
      "conv 3x3 8 -> residual { conv 3x3 8 }",
    ],
    [
      "a residual that ends in a join",
      "residual { concat { | conv 1x1 4 | conv 3x3 4 } }",
      "residual { concat { | conv 1x1 4 | conv 3x3 4 } -> project }",
    ],
    [
      "a residual with a stride",
      "residual { conv 3x3 8 /2 }",
      "residual { conv 3x3 8 /2 } shortcut { conv 1x1 8 /2 linear }",
    ],
    [
      "a shortcut without the stride",
      "residual { conv 3x3 8 /2 } shortcut { conv 1x1 8 }",
      "residual { conv 3x3 8 /2 } shortcut { conv 1x1 8 /2 }",
    ],
    ["a picture in place of a vector", "dense 10", "globalavgpool -> dense 10"],
    [
      "a vector that is flattened",
      "globalavgpool -> flatten -> dense 10",
      "globalavgpool -> dense 10",
    ],
    ["a bias that a norm cancels", "conv 3x3 8 bias", "conv 3x3 8 bias=false"],
    ["a stride like a division", "conv 3x3 8 groups=1/2", "conv 3x3 8 groups=1 /2"],
  ])("repairs %s", (_, faulty, mended) => {
    expect(repaired(faulty)).toBe(mended);
  });

  it("goes on until nothing is left: one repair brings the next to light", () => {
    expect(repaired("mix: concat {", "  | maxpool 3x3 /2", "  | covn 3x3 8", "}", "dense 10")).toBe(
      "mix: concat {\n  | maxpool 3x3 /2\n  | conv 3x3 8 /2\n}\nglobalavgpool -> dense 10",
    );
  });

  it("repairs imported files, and removes whole lines", () => {
    const host = createMemoryHost({
      "main.incept":
        'import { A, B } from "./a.incept"\nnetwork N {\n  input 8x8x3\n  let idle = 3\n  A\n}\n',
      "a.incept": "module A { covn 3x3 8 }\nmodule B { relu }\n",
    });
    const { texts, repairedCount } = fix({ path: "main.incept", host });
    expect(Object.fromEntries(texts)).toEqual({
      "main.incept": 'import { A } from "./a.incept"\nnetwork N {\n  input 8x8x3\n  A\n}\n',
      "a.incept": "module A { conv 3x3 8 }\nmodule B { relu }\n",
    });
    expect(repairedCount).toBe(3);
  });

  it("leaves a text alone that it cannot mend", () => {
    const text = "network N {\n  input 8x8x3\n  conv 3x3\n}\n";
    const { texts, diagnostics } = fix(text);
    expect(texts.size).toBe(0);
    expect(diagnostics).toEqual(check(text).diagnostics);
  });
});
