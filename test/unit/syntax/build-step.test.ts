import { describe, expect, it } from "vitest";
import { spanText } from "../../../src/compiler/core/span.ts";
import type { Statement, Step } from "../../../src/compiler/syntax/ast.ts";
import {
  parseClean,
  parseStatements,
  parseStep,
  parseText,
  withoutSpans,
} from "../../support/parse-text.ts";

const number = (value: number) => ({ kind: "number", value, isInteger: Number.isInteger(value) });
const size = (...dimensions: number[]) => ({ kind: "size", dimensions });
const name = (text: string) => ({ kind: "name", text });
const attribute = (key: string, value: unknown) => ({
  kind: "attribute",
  name: { text: key },
  value,
});
const flag = (text: string) => ({ kind: "flag", name: { text } });
const operator = (
  word: string,
  operands: readonly unknown[] = [],
  modifiers: readonly unknown[] = [],
) => ({ kind: "operator", operator: { text: word }, operands, modifiers });
const call = (module: string, args: readonly unknown[] = []) => ({
  kind: "call",
  module: { text: module },
  arguments: args,
  operands: [],
  modifiers: [],
});
const block = (...steps: readonly unknown[]) => ({
  lets: [],
  defaults: [],
  statements: steps.map((step) => ({ steps: [step] })),
});

/** Kinds of the steps of each statement, one word each. */
function kindsOf(statements: readonly Statement[]): readonly string[] {
  return statements.map(({ label, steps }) =>
    [label?.text, ...steps.map(wordOf)].filter((word) => word !== undefined).join(" "),
  );
}

function wordOf(step: Step): string {
  switch (step.kind) {
    case "operator":
      return step.operator.text;
    case "call":
      return step.module.text;
    case "join":
      return step.join;
    case "repeat":
      return `${step.count.kind === "number" ? step.count.value : "n"}*${wordOf(step.step)}`;
    default:
      return step.kind;
  }
}

describe("steps", () => {
  it.each<[string, unknown]>([
    ["conv 3x3 32", operator("conv", [size(3, 3), number(32)])],
    ["conv k f", operator("conv", [name("k"), name("f")])],
    ["conv 3 (f)", operator("conv", [number(3), name("f")])],
    [
      "conv 3x3 8 /2 valid linear bias groups=4",
      operator(
        "conv",
        [size(3, 3), number(8)],
        [
          { kind: "stride", value: number(2) },
          flag("valid"),
          flag("linear"),
          flag("bias"),
          attribute("groups", number(4)),
        ],
      ),
    ],
    [
      "conv 3x3 8 /1x2",
      operator("conv", [size(3, 3), number(8)], [{ kind: "stride", value: size(1, 2) }]),
    ],
    [
      "conv 1x1 8 /stride act=relu6",
      operator(
        "conv",
        [size(1, 1), number(8)],
        [{ kind: "stride", value: name("stride") }, attribute("act", name("relu6"))],
      ),
    ],
    [
      "maxpool 3x3 same pad=valid",
      operator("maxpool", [size(3, 3)], [flag("same"), attribute("pad", name("valid"))]),
    ],
    ["avgpool global", operator("avgpool", [], [flag("global")])],
    ["dropout 0.2", operator("dropout", [number(0.2)])],
    ["softmax", operator("softmax")],
    [
      "dense max(8, n)",
      operator("dense", [
        { kind: "function", function: { text: "max" }, arguments: [number(8), name("n")] },
      ]),
    ],
    ["conv k (n)", operator("conv", [name("k"), name("n")])],
    ["Module", call("Module")],
    ["Module()", call("Module")],
    [
      "Module(3, k=3x3)",
      call("Module", [{ value: number(3) }, { name: { text: "k" }, value: size(3, 3) }]),
    ],
    // An argument may be named like a word of the language.
    ["Module(bias=true)", call("Module", [{ name: { text: "bias" }, value: name("true") }])],
    [
      "factor 5x5 (3x3 96, 3x3 c /2 valid)",
      {
        kind: "factor",
        kernel: size(5, 5),
        parts: [
          { operands: [size(3, 3), number(96)], modifiers: [] },
          {
            operands: [size(3, 3), name("c")],
            modifiers: [{ kind: "stride", value: number(2) }, flag("valid")],
          },
        ],
      },
    ],
    [
      "concat { | relu | a: tanh }",
      {
        kind: "join",
        join: "concat",
        branches: [
          { statements: [{ steps: [operator("relu")] }] },
          { label: { text: "a" }, statements: [{ steps: [operator("tanh")] }] },
        ],
      },
    ],
    [
      "sum { | identity }",
      {
        kind: "join",
        join: "sum",
        branches: [{ statements: [{ steps: [operator("identity")] }] }],
      },
    ],
    ["residual { relu }", { kind: "residual", attributes: [], body: block(operator("relu")) }],
    [
      "residual(scale=0.1) { relu } shortcut { identity }",
      {
        kind: "residual",
        attributes: [attribute("scale", number(0.1))],
        body: block(operator("relu")),
        shortcut: block(operator("identity")),
      },
    ],
    ["scale_by { sigmoid }", { kind: "scale_by", body: block(operator("sigmoid")) }],
    ["aux side { relu }", { kind: "aux", name: { text: "side" }, body: block(operator("relu")) }],
    ["{ relu }", { kind: "block", block: block(operator("relu")) }],
    ["4 x relu", { kind: "repeat", count: number(4), step: operator("relu") }],
    ["n x A", { kind: "repeat", count: name("n"), step: call("A") }],
    [
      "(2 * n) x { relu }",
      {
        kind: "repeat",
        count: { kind: "binary", operator: "*", left: number(2), right: name("n") },
        step: { kind: "block", block: block(operator("relu")) },
      },
    ],
  ])("%s", (text, tree) => {
    const step = parseStep(text);
    expect(withoutSpans(step)).toEqual(tree);
    expect(spanText(step.span)).toBe(text);
  });

  it("takes each operator's own operands, and begins the next statement after them", () => {
    expect(kindsOf(parseStatements("conv 1x1 8\nrelu"))).toEqual(["conv", "relu"]);
    expect(kindsOf(parseStatements("conv 1x1 8\n2 x relu"))).toEqual(["conv", "2*relu"]);
    expect(kindsOf(parseStatements("conv 1x1 n x A"))).toEqual(["conv", "n*A"]);
    expect(kindsOf(parseStatements("conv 1x1 8\n(n) x A"))).toEqual(["conv", "n*A"]);
    expect(kindsOf(parseStatements("conv 1x1 min\n(n) x A"))).toEqual(["conv", "n*A"]);
    expect(kindsOf(parseStatements("conv 1x1 8 groups=g\n(n) x A"))).toEqual(["conv", "n*A"]);
    expect(kindsOf(parseStatements("flatten\nA"))).toEqual(["flatten", "A"]);
    expect(kindsOf(parseStatements("A\n(n) x B"))).toEqual(["A", "n*B"]);
    expect(kindsOf(parseStatements("softmax\nlast: relu"))).toEqual(["softmax", "last relu"]);
  });

  it("keeps operands that are too many with the operator, for a message that says so", () => {
    expect(parseStep("conv 3x3 32 64")).toMatchObject({ operands: { length: 3 } });
    expect(parseStep("relu 3x3")).toMatchObject({ operands: { length: 1 } });
  });

  it("keeps the operands of a misspelt operator with it", () => {
    const misspelt = parseStep("covn 3x3 32 /2 valid");
    expect(misspelt).toMatchObject({ kind: "call", module: { text: "covn" } });
    expect(misspelt).toMatchObject({ operands: { length: 2 }, modifiers: { length: 2 } });
  });

  it("chains with an arrow or a new line, and asserts with a double arrow", () => {
    const statements = parseStatements("a: relu -> tanh => 10\nelu\n-> relu6");
    expect(kindsOf(statements)).toEqual(["a relu tanh", "elu relu6"]);
    expect(statements.map(({ assertion }) => assertion !== undefined)).toEqual([true, false]);
  });

  it("lets several chains of a branch follow one another", () => {
    const step = parseStep("concat { | a: relu\n tanh -> elu\n b: relu6 }");
    if (step.kind !== "join") throw new Error("a join");
    expect(
      step.branches.map(({ label, statements }) => [label?.text, kindsOf(statements)]),
    ).toEqual([["a", ["relu", "tanh elu", "b relu6"]]]);
  });

  it("holds values and defaults of a block apart from its statements", () => {
    const step = parseStep("{ let n = 3 defaults conv(norm=none) relu let m = n }");
    if (step.kind !== "block") throw new Error("a block");
    const { lets, defaults, statements } = step.block;
    expect(lets.map((one) => one.name.text)).toEqual(["n", "m"]);
    expect(withoutSpans(defaults)).toEqual([
      { operator: { text: "conv" }, attributes: [attribute("norm", name("none"))] },
    ]);
    expect(kindsOf(statements)).toEqual(["relu"]);
  });

  it("does not need white space that means nothing", () => {
    expect(kindsOf(parseStatements("a:2 x{relu->tanh}concat{|elu|relu6}"))).toEqual([
      "a 2*block",
      "concat",
    ]);
    expect(kindsOf(parseStatements("\n\n a \n : \n relu \n -> \n tanh "))).toEqual(["a relu tanh"]);
  });
});

describe("a label and the name before it", () => {
  const labelsOf = (text: string): readonly unknown[] =>
    parseStatements(text).map(({ label }) => label && [label.text, label.was?.text]);

  it("stand before the colon", () => {
    expect(labelsOf("a was b: relu c was stem.0.conv_1 : relu d: relu")).toEqual([
      ["a", "b"],
      ["c", "stem.0.conv_1"],
      ["d", undefined],
    ]);
    expect(labelsOf("was was was: relu  was: relu")).toEqual([
      ["was", "was"],
      ["was", undefined],
    ]);
  });

  it("do not swallow what stands before a label `was`", () => {
    expect(labelsOf("Block\nwas: relu")).toEqual([undefined, ["was", undefined]]);
    expect(labelsOf("dense 3 a was b: relu")).toEqual([undefined, ["a", "b"]]);
    expect(labelsOf("Block\nwas x relu")).toEqual([undefined, undefined]);
  });

  it.each([
    ["a was b. : relu", "expected a name or a number, found `:`"],
    ["a was b.c relu", "expected `:`, found `relu`"],
  ])("%s is a mistake", (text, message) => {
    const { diagnostics } = parseText(`network N { ${text} }`);
    expect(diagnostics.map((diagnostic) => diagnostic.message)).toEqual([message]);
  });
});

describe("words of the language as names", () => {
  it.each(["incept", "from", "of", "width", "round", "set", "with", "use", "for", "was"])(
    "`%s` is a word in its own place only",
    (word) => {
      const tree = parseClean(
        `let ${word} = 3 network N(${word}: int = 1) { ${word}: conv 3x3 ${word} /${word} }`,
      );
      expect(tree.lets[0]?.name.text).toBe(word);
      expect(tree.networks[0]?.parameters[0]?.name.text).toBe(word);
      expect(tree.networks[0]?.body.statements[0]?.label?.text).toBe(word);
    },
  );

  it.each([
    ["network N { concat: relu }", "1:13"],
    ["let module = 3", "1:5"],
    ["let x = 3", "1:5"],
    ["module bias { relu }", "1:8"],
    ["network N { aux conv { relu } }", "1:17"],
  ])("%s says that the word is taken", (text, place) => {
    const { diagnostics } = parseText(text);
    expect(diagnostics.map(({ code }) => code)).toContain("syntax/reserved-word");
    const [line, column] = place.split(":").map(Number);
    const [first] = diagnostics;
    expect(line).toBe(1);
    expect(first?.span.start).toBe((column ?? 0) - 1);
  });

  it("takes operators as names of parameters, and any word in paths and attributes", () => {
    const tree = parseClean(`
      module M(groups: int, pad: pad = same) { conv 3x3 8 pad=pad groups=groups }
      variant V of N { remove a.conv.0.concat.relu remove x.bias.sum }
    `);
    expect(tree.modules[0]?.parameters.map((one) => one.name.text)).toEqual(["groups", "pad"]);
    expect(tree.variants[0]?.edits.map((edit) => edit.kind === "remove" && edit.path.text)).toEqual(
      ["a.conv.0.concat.relu", "x.bias.sum"],
    );
  });
});
