/** Evaluates expressions exactly and reports errors at the operand that is wrong. */
import { unreachable } from "../core/assert.ts";
import type { Report } from "../diagnostics/outcome.ts";
import { isKnown } from "../ir/dimension.ts";
import type { OptionExpression } from "../ir/option-expression.ts";
import type { BinaryExpression, Expression, FunctionCall, NameReference } from "../syntax/ast.ts";
import type { Scope } from "./scope.ts";
import {
  describeValue,
  mergeDependencies,
  NO_DEPENDENCIES,
  type NumberValue,
  numberValue,
  type Value,
  wordValue,
} from "./value.ts";
import { isValueWord, TRUNK } from "./words.ts";

/**
 * The value of an expression, or nothing after an error was reported (here or where a name got its value). `depth`
 * counts the enclosing expressions that depend on it.
 */
export function evaluate(
  expression: Expression,
  scope: Scope,
  report: Report,
  depth = 0,
): Value | undefined {
  const inner = depth + 1;
  switch (expression.kind) {
    case "number":
      return numberValue(expression.value);
    case "size":
      return { kind: "size", value: expression.dimensions, dependsOn: NO_DEPENDENCIES };
    case "name":
      return evaluateName(expression, scope, report, inner);
    case "negate": {
      const operand = evaluateNumber(expression.operand, scope, report, inner);
      if (!operand) return undefined;
      const minus = binaryOption("-", numberValue(0), operand);
      return { ...operand, value: -operand.value, ...(minus ? { option: minus } : {}) };
    }
    case "binary":
      return evaluateBinary(expression, scope, report, inner);
    case "conditional": {
      const condition = evaluate(expression.condition, scope, report, inner);
      if (!condition) return undefined;
      if (condition.kind !== "bool") {
        report("type/mismatch", expression.condition.span, {
          what: "the condition before `?`",
          expected: "a comparison or a `bool`",
          found: describeValue(condition),
        });
        return undefined;
      }
      const chosen = condition.value ? expression.whenTrue : expression.whenFalse;
      const value = evaluate(chosen, scope, report, inner);
      if (!value || condition.dependsOn.size === 0) return value;
      // The chosen side depends on a parameter, so the result cannot be written as arithmetic on it.
      return withoutOption({ ...value, dependsOn: mergeDependencies(condition, value) });
    }
    case "function":
      return evaluateFunction(expression, scope, report, inner);
    case "list": {
      const elements = expression.elements.map((element) =>
        evaluateNumber(element, scope, report, inner),
      );
      const numbers = elements.filter((element) => element !== undefined);
      if (numbers.length < elements.length) return undefined;
      return {
        kind: "list",
        value: numbers.map((element) => element.value),
        dependsOn: mergeDependencies(...numbers),
      };
    }
    default:
      return unreachable(expression);
  }
}

function withoutOption(value: Value): Value {
  if (value.kind !== "number") return value;
  return { kind: "number", value: value.value, dependsOn: value.dependsOn };
}

function evaluateName(
  { text: name, span }: NameReference,
  scope: Scope,
  report: Report,
  depth: number,
): Value | undefined {
  const declaration = scope.names.declarationAt(span);
  const known = declaration && scope.valueOf(declaration, depth);
  if (known === "failed") return undefined;
  if (known) return known;
  if (name === "true" || name === "false") {
    return { kind: "bool", value: name === "true", dependsOn: NO_DEPENDENCIES };
  }
  if (name === TRUNK) {
    const { trunk } = scope;
    // Whether a residual is around a module, or around what an edit brings, is known only where it is used.
    if (trunk === undefined) report("type/trunk-outside-residual", span, {});
    return trunk !== undefined && isKnown(trunk) ? numberValue(trunk) : undefined;
  }
  // Other unknown names were reported when the declaration was checked.
  return isValueWord(name) ? wordValue(name) : undefined;
}

function evaluateNumber(
  expression: Expression,
  scope: Scope,
  report: Report,
  depth: number,
): NumberValue | undefined {
  const value = evaluate(expression, scope, report, depth);
  if (!value || value.kind === "number") return value;
  report("type/mismatch", expression.span, {
    what: "this",
    expected: "a number",
    found: describeValue(value),
  });
  return undefined;
}

function evaluateBinary(
  expression: BinaryExpression,
  scope: Scope,
  report: Report,
  depth: number,
): Value | undefined {
  const left = evaluate(expression.left, scope, report, depth);
  const right = evaluate(expression.right, scope, report, depth);
  if (!left || !right) return undefined;
  const { operator } = expression;
  const dependsOn = mergeDependencies(left, right);
  const isEquality = operator === "==" || operator === "!=";
  if (isEquality && left.kind === right.kind && left.kind !== "number") {
    const isEqual = String(left.value) === String(right.value);
    return { kind: "bool", value: isEqual === (operator === "=="), dependsOn };
  }
  if (left.kind !== "number" || right.kind !== "number") {
    report("type/operator-operands", expression.span, {
      operator,
      left: describeValue(left),
      right: describeValue(right),
    });
    return undefined;
  }
  switch (operator) {
    case "<":
      return { kind: "bool", value: left.value < right.value, dependsOn };
    case "<=":
      return { kind: "bool", value: left.value <= right.value, dependsOn };
    case ">":
      return { kind: "bool", value: left.value > right.value, dependsOn };
    case ">=":
      return { kind: "bool", value: left.value >= right.value, dependsOn };
    case "==":
      return { kind: "bool", value: left.value === right.value, dependsOn };
    case "!=":
      return { kind: "bool", value: left.value !== right.value, dependsOn };
    default:
  }
  if ((operator === "/" || operator === "%") && right.value === 0) {
    report("type/division-by-zero", expression.right.span, {});
    return undefined;
  }
  const option = binaryOption(operator, left, right);
  const value = calculate(operator, left.value, right.value);
  return { kind: "number", value, dependsOn, ...(option ? { option } : {}) };
}

function calculate(operator: "+" | "-" | "*" | "/" | "%", left: number, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "%":
      return left % right;
  }
}

function binaryOption(
  operator: "+" | "-" | "*" | "/" | "%",
  left: NumberValue,
  right: NumberValue,
): OptionExpression | undefined {
  if (!left.option && !right.option) return undefined;
  const leftOption = optionOf(left);
  const rightOption = optionOf(right);
  if (!leftOption || !rightOption) return undefined;
  return { kind: "binary", operator, left: leftOption, right: rightOption };
}

/** How to compute the number again; nothing when it depends on parameters in a way that cannot be expressed. */
function optionOf(value: NumberValue): OptionExpression | undefined {
  if (value.option) return value.option;
  return value.dependsOn.size === 0 ? { kind: "number", value: value.value } : undefined;
}

interface FunctionDefinition {
  /** Most numbers that it takes; the least is one. */
  readonly atMost: number;
  /** How many it takes, in words. */
  readonly takes: string;
  readonly apply: (numbers: readonly number[]) => number;
}

const ONE = { atMost: 1, takes: "one number" };
const SOME = { atMost: Number.POSITIVE_INFINITY, takes: "one number or more" };

/** The functions of the language by name. */
export const FUNCTIONS: ReadonlyMap<string, FunctionDefinition> = new Map([
  ["min", { ...SOME, apply: (numbers) => Math.min(...numbers) }],
  ["max", { ...SOME, apply: (numbers) => Math.max(...numbers) }],
  ["floor", { ...ONE, apply: ([number = 0]) => Math.floor(number) }],
  ["ceil", { ...ONE, apply: ([number = 0]) => Math.ceil(number) }],
  ["round", { ...ONE, apply: ([number = 0]) => Math.round(number) }],
] satisfies readonly (readonly [string, FunctionDefinition])[]);

/** Whether the function can be called with so many numbers. */
export function takesCount({ atMost }: FunctionDefinition, count: number): boolean {
  return count >= 1 && count <= atMost;
}

function evaluateFunction(
  expression: FunctionCall,
  scope: Scope,
  report: Report,
  depth: number,
): Value | undefined {
  const name = expression.function.text;
  const definition = FUNCTIONS.get(name);
  const numbers = expression.arguments.map((argument) =>
    evaluateNumber(argument, scope, report, depth),
  );
  const known = numbers.filter((number) => number !== undefined);
  if (!definition || known.length < numbers.length) return undefined;
  // Both were reported when the declaration was checked.
  if (!takesCount(definition, known.length)) return undefined;
  const parts = known.map(optionOf);
  const isOption = known.some((number) => number.option) && !parts.includes(undefined);
  const option: OptionExpression = {
    kind: "call",
    function: name as "min" | "max" | "floor" | "ceil" | "round",
    arguments: parts.filter((part) => part !== undefined),
  };
  return {
    kind: "number",
    value: definition.apply(known.map((number) => number.value)),
    dependsOn: mergeDependencies(...known),
    ...(isOption ? { option } : {}),
  };
}
