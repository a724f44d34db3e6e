import { expect, it } from "vitest";
import { optionText } from "../../../src/compiler/emit/tfjs-layers/option-text.ts";
import type { OptionExpression } from "../../../src/compiler/ir/option-expression.ts";

type Operator = Extract<OptionExpression, { kind: "binary" }>["operator"];

const binary = (
  left: OptionExpression,
  operator: Operator,
  right: OptionExpression,
): OptionExpression => ({ kind: "binary", operator, left, right });
const number = (value: number): OptionExpression => ({ kind: "number", value });
const a: OptionExpression = { kind: "parameter", name: "a" };

it.each<[string, OptionExpression]>([
  ["2 * _a + 1", binary(binary(number(2), "*", a), "+", number(1))],
  ["2 * (_a + 1)", binary(number(2), "*", binary(a, "+", number(1)))],
  ["_a - 1 - 2", binary(binary(a, "-", number(1)), "-", number(2))],
  ["_a - (1 - 2)", binary(a, "-", binary(number(1), "-", number(2)))],
  ["(_a * 2) / 3", binary(binary(a, "*", number(2)), "/", number(3))],
  ["_a / 2 / 3", binary(binary(a, "/", number(2)), "/", number(3))],
  ["(_a % 4) + 1", binary(binary(a, "%", number(4)), "+", number(1))],
  ["(_a % 4) % 3", binary(binary(a, "%", number(4)), "%", number(3))],
  [
    "Math.max(8, _a * -1.5)",
    { kind: "call", function: "max", arguments: [number(8), binary(a, "*", number(-1.5))] },
  ],
])("writes %s", (text, expression) => {
  expect(optionText(expression, (name) => `_${name}`)).toBe(text);
});
