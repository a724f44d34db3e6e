import { describe, expect, it } from "vitest";
import { spanText } from "../../../src/compiler/core/span.ts";
import type { Expression } from "../../../src/compiler/syntax/ast.ts";
import { parseExpression, parseStatements, parseText, placesOf } from "../../support/parse-text.ts";

/** The tree as text with every operation in parentheses. */
function grouped(expression: Expression): string {
  switch (expression.kind) {
    case "number":
      return String(expression.value);
    case "size":
      return expression.dimensions.join("x");
    case "name":
      return expression.text;
    case "negate":
      return `(-${grouped(expression.operand)})`;
    case "binary":
      return `(${grouped(expression.left)} ${expression.operator} ${grouped(expression.right)})`;
    case "conditional": {
      const { condition, whenTrue, whenFalse } = expression;
      return `(${grouped(condition)} ? ${grouped(whenTrue)} : ${grouped(whenFalse)})`;
    }
    case "function":
      return `${expression.function.text}(${expression.arguments.map(grouped).join(", ")})`;
    case "list":
      return `[${expression.elements.map(grouped).join(", ")}]`;
  }
}

describe("expressions", () => {
  it.each([
    ["1 + 2 * 3", "(1 + (2 * 3))"],
    ["1 - 2 - 3", "((1 - 2) - 3)"],
    ["8 / 4 / 2", "((8 / 4) / 2)"],
    ["7 % 4 * 2", "((7 % 4) * 2)"],
    ["(1 + 2) * 3", "((1 + 2) * 3)"],
    ["-a * b", "((-a) * b)"],
    ["- - a", "a"],
    ["---a", "(-a)"],
    ["a < b + 1", "(a < (b + 1))"],
    ["a == 1 ? b : c", "((a == 1) ? b : c)"],
    ["a ? b : c ? d : e", "(a ? b : (c ? d : e))"],
    ["a ? b ? c : d : e", "(a ? (b ? c : d) : e)"],
    ["min(a, 2 * b, 3)", "min(a, (2 * b), 3)"],
    ["round(1.5)", "round(1.5)"],
    ["sqrt(2)", "sqrt(2)"],
    ["[0.5, -1]", "[0.5, (-1)]"],
    ["3x3", "3x3"],
    ["299x299x3", "299x299x3"],
    ["relu", "relu"],
    ["valid", "valid"],
    ["true", "true"],
    ["min", "min"],
    ["x1", "x1"],
  ])("%s is %s", (text, tree) => {
    expect(grouped(parseExpression(text))).toBe(tree);
  });

  it.each([
    ["1_000_000", 1_000_000, true],
    ["007", 7, true],
    [".5", 0.5, false],
    ["0.5", 0.5, false],
    ["1.0", 1, false],
    ["1e3", 1000, false],
    ["2.5e-3", 0.0025, false],
    ["9007199254740991", Number.MAX_SAFE_INTEGER, true],
  ])("the number %s is %d", (text, value, isInteger) => {
    expect(parseExpression(text)).toMatchObject({ kind: "number", value, isInteger });
  });

  it.each(["<", "<=", ">", ">=", "==", "!="])(
    "has the comparison %s, which does not chain",
    (operator) => {
      expect(grouped(parseExpression(`a ${operator} b`))).toBe(`(a ${operator} b)`);
      expect(parseText(`let v = a ${operator} b ${operator} c`).diagnostics).not.toEqual([]);
    },
  );

  it("knows the place of every part", () => {
    const sum = parseExpression("a + min(b, 2)");
    expect(spanText(sum.span)).toBe("a + min(b, 2)");
    if (sum.kind !== "binary" || sum.right.kind !== "function") throw new Error("a sum");
    expect(spanText(sum.right.span)).toBe("min(b, 2)");
    expect(spanText(sum.right.function.span)).toBe("min");
  });

  it("takes a slash after `name =` of an operator for the stride, but not in parentheses", () => {
    const [first, second] = parseStatements("conv 3x3 8 groups=g /2\nconv 3x3 8 groups=(g / 2)");
    const kinds = [first, second].map((statement) => {
      const [step] = statement?.steps ?? [];
      return step?.kind === "operator" ? step.modifiers.map(({ kind }) => kind) : [];
    });
    expect(kinds).toEqual([["attribute", "stride"], ["attribute"]]);
  });

  it.each([
    ["9007199254740992", "1:9"],
    ["3x9007199254740993", "1:9"],
    ["1e400", "1:9"],
  ])("refuses %s: it cannot be counted exactly", (text, place) => {
    expect(placesOf(parseText(`let v = ${text}`).diagnostics)).toEqual([
      `${place} syntax/number-too-large`,
    ]);
  });

  it("refuses sums and products of more than a thousand terms, and only those", () => {
    const sum = (terms: number): string => `let v = ${Array(terms).fill("1").join(" + ")}`;
    const product = (terms: number): string => `let v = ${Array(terms).fill("1").join(" * ")}`;
    expect(parseText(sum(1000)).diagnostics).toEqual([]);
    expect(placesOf(parseText(sum(1001)).diagnostics)).toEqual(["1:9 syntax/expression-too-long"]);
    expect(placesOf(parseText(product(1001)).diagnostics)).toEqual([
      "1:9 syntax/expression-too-long",
    ]);
  });

  it("does not grow a deep tree from a long row of signs", () => {
    expect(grouped(parseExpression(`${"-".repeat(10_001)}a`))).toBe("(-a)");
  });
});

describe("shapes", () => {
  const assertion = (text: string) => parseStatements(`conv 1x1 1 => ${text}`)[0]?.assertion;

  it.each([
    ["35x35x384", [35, 35, 384], undefined],
    ["10", [10], undefined],
    ["[H, W, 384]", ["H", "W", 384], undefined],
    ["[_, _, c]", ["_", "_", "c"], undefined],
    ["[10]", [10], undefined],
    ["size", ["size"], "size"],
  ])("%s", (text, dimensions, name) => {
    const shape = assertion(text);
    expect(shape?.dimensions.map(({ value }) => value)).toEqual(dimensions);
    expect(shape?.name).toBe(name);
    expect(shape && spanText(shape.span)).toBe(text);
  });

  it("knows the place of every dimension in brackets", () => {
    expect(assertion("[H, 384]")?.dimensions.map(({ span }) => spanText(span))).toEqual([
      "H",
      "384",
    ]);
  });
});
