/** Builds syntax trees from concrete trees for expressions and shapes. */

import type { CstNode, IToken } from "chevrotain";
import type {
  AdditionCstNode,
  ComparisonCstNode,
  DimensionCstNode,
  ExpressionCstNode,
  FunctionCallCstNode,
  MultiplicationCstNode,
  OperandCstNode,
  PrimaryCstNode,
  ShapeCstNode,
  UnaryCstNode,
} from "../../../grammar/cst.generated.ts";
import type { SourceFile } from "../core/source-file.ts";
import { joinSpans } from "../core/span.ts";
import type { Report } from "../diagnostics/outcome.ts";
import type { BinaryOperator, DimensionSyntax, Expression, ShapeSyntax } from "./ast.ts";
import { IncompleteSyntax, nodeSpan, required, toIdentifier, tokenSpan } from "./span-of.ts";

/** Terms of one expression, those of the sums and products around it included. */
const MAX_TERMS = 1000;

/** What building needs: the file for spans, and where to report what only then comes to light. */
export interface BuildContext {
  readonly file: SourceFile;
  /** For mistakes that leave a part of the tree out. */
  readonly report: Report;
  /** For mistakes with which the tree is still whole, so that later phases can read the declaration. */
  readonly reportReadable: Report;
  /** Terms of the sums, products and conditionals around an expression. */
  readonly termsAround?: number;
}

export function buildExpression(context: BuildContext, node: ExpressionCstNode): Expression {
  const { parts = [], then: chosen = [] } = node.children;
  const inner = deeper(context, node, parts.length);
  const last = required(parts.slice(-1));
  let result = buildComparison(inner, last);
  // From the right: what follows the last `:` is what the conditional before it gives otherwise.
  for (let index = parts.length - 2; index >= 0; index--) {
    const condition = buildComparison(inner, required(parts.slice(index)));
    const whenTrue = buildExpression(inner, required(chosen.slice(index)));
    const span = joinSpans(condition.span, result.span);
    result = { kind: "conditional", span, condition, whenTrue, whenFalse: result };
  }
  return result;
}

/**
 * The context of `count` parts of one expression, whose tree may be as deep as they are many. Later phases walk the
 * tree by recursion, so its depth over all nested parts is bounded here.
 */
function deeper(context: BuildContext, node: CstNode, count: number): BuildContext {
  if (count <= 1) return context;
  const termsAround = (context.termsAround ?? 0) + count;
  if (termsAround <= MAX_TERMS) return { ...context, termsAround };
  context.report("syntax/expression-too-long", nodeSpan(context.file, node), { limit: MAX_TERMS });
  throw new IncompleteSyntax();
}

function buildComparison(context: BuildContext, node: ComparisonCstNode): Expression {
  const left = buildAddition(context, required(node.children.left));
  const operator = node.children.operator?.[0];
  if (!operator) return left;
  return binary(operator, left, buildAddition(context, required(node.children.right)));
}

function buildAddition(context: BuildContext, node: AdditionCstNode): Expression {
  const terms = node.children.terms ?? [];
  const inner = deeper(context, node, terms.length);
  return foldLeft(node.children.operators ?? [], terms, (term) => buildMultiplication(inner, term));
}

function buildMultiplication(context: BuildContext, node: MultiplicationCstNode): Expression {
  const factors = node.children.factors ?? [];
  const inner = deeper(context, node, factors.length);
  return foldLeft(node.children.operators ?? [], factors, (factor) => buildUnary(inner, factor));
}

function foldLeft<Part>(
  operators: readonly IToken[],
  parts: readonly Part[],
  build: (part: Part) => Expression,
): Expression {
  let result = build(required(parts));
  operators.forEach((operator, index) => {
    const next = parts[index + 1];
    if (next === undefined) throw new IncompleteSyntax();
    result = binary(operator, result, build(next));
  });
  return result;
}

function binary(operator: IToken, left: Expression, right: Expression): Expression {
  return {
    kind: "binary",
    operator: operator.image as BinaryOperator,
    left,
    right,
    span: joinSpans(left.span, right.span),
  };
}

function buildUnary(context: BuildContext, node: UnaryCstNode): Expression {
  const minuses = node.children.Minus ?? [];
  let result = buildPrimary(context, required(node.children.primary));
  // Pairs cancel, so that a long row of signs needs no deep tree.
  if (minuses.length % 2 === 1) {
    result = { kind: "negate", operand: result, span: nodeSpan(context.file, node) };
  }
  return result;
}

function buildPrimary(context: BuildContext, node: PrimaryCstNode): Expression {
  const { Size, Int, Float, functionCall, nameReference, expression, elements } = node.children;
  if (Size || Int || Float) return buildLiteral(context, required(Size ?? Int ?? Float));
  if (functionCall) return buildFunctionCall(context, required(functionCall));
  if (nameReference) {
    return buildName(context, required(required(nameReference).children.name));
  }
  if (elements) {
    return {
      kind: "list",
      elements: elements.map((part) => buildExpression(context, part)),
      span: nodeSpan(context.file, node),
    };
  }
  return buildExpression(context, required(expression));
}

function buildFunctionCall(context: BuildContext, node: FunctionCallCstNode): Expression {
  return {
    kind: "function",
    function: toIdentifier(context.file, required(node.children.Identifier)),
    arguments: (node.children.expression ?? []).map((part) => buildExpression(context, part)),
    span: nodeSpan(context.file, node),
  };
}

export function buildOperand(context: BuildContext, node: OperandCstNode): Expression {
  const { Size, Int, Float, Identifier, functionCall, expression } = node.children;
  if (Size || Int || Float) return buildLiteral(context, required(Size ?? Int ?? Float));
  if (functionCall) return buildFunctionCall(context, required(functionCall));
  if (Identifier) return buildName(context, required(Identifier));
  return buildExpression(context, required(expression));
}

function buildName(context: BuildContext, token: IToken): Expression {
  return { kind: "name", text: token.image, span: tokenSpan(context.file, token) };
}

function buildLiteral(context: BuildContext, token: IToken): Expression {
  const span = tokenSpan(context.file, token);
  if (token.tokenType.name === "Size") {
    return { kind: "size", dimensions: parseSize(context, token), span };
  }
  const isInteger = token.tokenType.name === "Int";
  return { kind: "number", value: parseNumber(context, token), isInteger, span };
}

function parseSize(context: BuildContext, token: IToken): readonly number[] {
  return token.image.split("x").map((part) => checkedNumber(context, token, Number(part)));
}

/** The value of an Int or Float token; `_` may group its digits. */
export function parseNumber(context: BuildContext, token: IToken): number {
  return checkedNumber(context, token, Number(token.image.replaceAll("_", "")));
}

function checkedNumber(context: BuildContext, token: IToken, value: number): number {
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
  const text = token.image.length > 24 ? `${token.image.slice(0, 24)}…` : token.image;
  context.report("syntax/number-too-large", tokenSpan(context.file, token), { text });
  throw new IncompleteSyntax();
}

export function buildShape(context: BuildContext, node: ShapeCstNode): ShapeSyntax {
  const span = nodeSpan(context.file, node);
  const { Size, Int, Identifier, dimension } = node.children;
  const size = Size?.[0];
  if (size) {
    const dimensions = parseSize(context, size).map((value) => ({ value, span }));
    return { dimensions, span };
  }
  const single = Int?.[0];
  if (single) return { dimensions: [{ value: parseNumber(context, single), span }], span };
  const name = Identifier?.[0];
  if (name) return { dimensions: [{ value: name.image, span }], name: name.image, span };
  return { dimensions: (dimension ?? []).map((part) => buildDimension(context, part)), span };
}

function buildDimension(context: BuildContext, node: DimensionCstNode): DimensionSyntax {
  const { Int, Identifier } = node.children;
  const number = Int?.[0];
  if (number) {
    return { value: parseNumber(context, number), span: tokenSpan(context.file, number) };
  }
  const name = required(Identifier);
  return { value: name.image, span: tokenSpan(context.file, name) };
}
