import { describe, expect, it } from "vitest";
import { type Applicability, check, fix, renderDiagnostics } from "../../../src/compiler/index.ts";
import { createMemoryHost } from "../../support/memory-host.ts";

function textOf(...lines: readonly string[]): string {
  return `network N {\n  input 32x32x3\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
}

/** The text of a network with these lines, repaired so that nothing is left to find. */
function repaired(apply: Applicability, ...lines: readonly string[]): string {
  const text = textOf(...lines);
  const { texts, diagnostics } = fix(text, { apply });
  expect(diagnostics, renderDiagnostics(diagnostics)).toEqual([]);
  const [fixed = text] = texts.values();
  return fixed.split("\n").slice(2, -2).join("\n").replaceAll(/^ {2}/gm, "");
}

describe("fix, by default", () => {
  it.each([
    ["a misspelt name", "covn 3x3 8", "conv 3x3 8"],
    ["a misspelt flag", "conv 3x3 8 linaer", "conv 3x3 8 linear"],
    ["a misspelt attribute", "conv 3x3 8 dilaton=2", "conv 3x3 8 dilation=2"],
    ["another tool's name", "globalavgpool -> fc 10", "globalavgpool -> dense 10"],
    [
      "another tool's letter case",
      "conv 3x3 8 linear -> LeakyReLU 0.2",
      "conv 3x3 8 linear -> leaky_relu 0.2",
    ],
    ["punctuation", "conv 3x3, 8 padding='same'", "conv 3x3 8 pad=same"],
    ["a semicolon between statements", "conv 3x3 8; conv 3x3 4;", "conv 3x3 8\n conv 3x3 4"],
    ["a size in parentheses", "conv 3x3 8 stride=(2, 2)", "conv 3x3 8 stride=2x2"],
    ["a call", "conv(3x3, 8)", "conv 3x3 8"],
    ["an attribute without its sign", "conv 3x3 8 stride 2", "conv 3x3 8 /2"],
    ["half an arrow", "conv 3x3 8 linear > relu", "conv 3x3 8 linear -> relu"],
    ["a count without spaces", "3xconv 3x3 8", "3 x conv 3x3 8"],
    [
      "an arrow after a shape",
      "conv 3x3 8 linear => 32x32x8 -> relu",
      "conv 3x3 8 linear => 32x32x8\nrelu",
    ],
    [
      "an arrow before a shortcut",
      "residual { conv 3x3 8 } -> shortcut { conv 1x1 8 }",
      "residual { conv 3x3 8 } shortcut { conv 1x1 8 }",
    ],
    ["another tool's word for an activation", "conv 3x3 8 act=swish", "conv 3x3 8 act=silu"],
    ["operands in another order", "conv 8 3x3", "conv 3x3 8"],
    ["the same attribute given twice", "conv 3x3 8 act=tanh act=tanh", "conv 3x3 8 act=tanh"],
    [
      "a vector that is flattened",
      "globalavgpool -> flatten -> dense 10",
      "globalavgpool -> dense 10",
    ],
  ])("repairs %s", (_, faulty, mended) => {
    expect(repaired("safe", faulty)).toBe(mended);
  });

  it.each([
    ["pelu", "near to `prelu`, `elu` and `relu`"],
    ["relu5", "another digit"],
    ["conb 3x3 8", "another last letter"],
    ["normalize", "of several kinds"],
    ["conv 3x3 (9 / 2)", "half a filter"],
    ["conv 3x3 8 bias", "a bias that published weights have"],
    ["a: conv 3x3 8 => 32x32x8 -> relu", "a label of one step or of two"],
    ["concat { | conv 3x3 8 -> | conv 1x1 8 }", "an arrow too many, or a step that is missing"],
    ["mish", "a function that is not there"],
    ["lstm 8", "a layer that is not there"],
    ["dense 10", "a picture in place of a vector"],
    ["conv 3x3 8, relu", "a step, or an activation"],
    ["residual { conv 3x3 8 } + relu", "a sum, or the next step"],
    ["conv 3x3 (8 - 2 /2", "a bracket that belongs elsewhere"],
    ["conv 3x3 8 act=relu act=tanh", "one of two values"],
  ])("leaves `%s` to the author: %s", (line) => {
    const { texts } = fix(textOf(line));
    expect([...texts.values()]).toEqual([]);
  });

  it.each([
    ["InceptionB", "InceptionA"],
    ["Wide", "Wise"],
    ["Block35", "Block17"],
    ["Blocks", "Block"],
  ])("takes `%s` for no slip where there is `%s`", (called, declared) => {
    const text = `module ${declared} { conv 3x3 8 }\n${textOf(called)}`;
    const { diagnostics } = check(text);
    expect(diagnostics[0]?.fixes[0]?.applicability ?? "none").not.toBe("safe");
  });

  it.each([
    ["InceptoinA", ["InceptionA", "InceptionB"]],
    ["Reductin", ["Reduction"]],
    ["bottleneck", ["Bottleneck"]],
  ])("takes `%s` for a slip where there are %s", (called, declared) => {
    const modules = declared.map((name) => `module ${name} { conv 3x3 8 }\n`).join("");
    const { texts } = fix(modules + textOf(called));
    expect([...texts.values()]).toEqual([modules + textOf(declared[0] ?? "")]);
  });
});

describe("fix with suggested fixes", () => {
  it.each([
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
    ["a bias that a norm cancels", "conv 3x3 8 bias", "conv 3x3 8 bias=false"],
    ["a stride like a division", "conv 3x3 8/2", "conv 3x3 (8 / 2)"],
  ])("repairs %s", (_, faulty, mended) => {
    expect(repaired("suggested", faulty)).toBe(mended);
  });

  it("writes counts and arguments of modules as they are written here", () => {
    const modules = "module Block(c: int = 8, s: int = 1) { conv 3x3 c /s }\n";
    const { texts } = fix(modules + textOf("a: Block x 3", "b: Block(c: 16, s: 2)"));
    expect([...texts.values()]).toEqual([modules + textOf("a: 3 x Block", "b: Block(c=16, s=2)")]);
  });

  it("gives no module the name of another", () => {
    const text = `module block { relu }\nmodule Block { conv 3x3 8 }\n${textOf("Block")}`;
    expect([...fix(text).texts.values()]).toEqual([]);
  });

  it("goes on until nothing is left: one repair brings the next to light", () => {
    expect(
      repaired(
        "suggested",
        "mix: concat {",
        "  | maxpool 3x3 /2",
        "  | covn 3x3 8",
        "}",
        "dense 10",
      ),
    ).toBe("mix: concat {\n  | maxpool 3x3 /2\n  | conv 3x3 8 /2\n}\nglobalavgpool -> dense 10");
  });

  it("repairs imported files, and removes whole lines", () => {
    const host = createMemoryHost({
      "main.incept":
        'import { A, B } from "./a.incept"\nnetwork N {\n  input 8x8x3\n  let idle = 3\n  A\n}\n',
      "a.incept": "module A { covn 3x3 8 }\nmodule B { relu }\n",
    });
    const { texts, repaired } = fix({ path: "main.incept", host }, { apply: "suggested" });
    expect(Object.fromEntries(texts)).toEqual({
      "main.incept": 'import { A } from "./a.incept"\nnetwork N {\n  input 8x8x3\n  A\n}\n',
      "a.incept": "module A { conv 3x3 8 }\nmodule B { relu }\n",
    });
    expect(repaired.length).toBe(3);
  });

  it("leaves a text alone that it cannot mend", () => {
    const text = "network N {\n  input 8x8x3\n  conv 3x3\n}\n";
    const { texts, diagnostics } = fix(text);
    expect(texts.size).toBe(0);
    expect(diagnostics).toEqual(check(text).diagnostics);
  });
});
