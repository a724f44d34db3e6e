/** Combines operands, flags, attributes and defaults into the complete attributes of one operator. */
import { joinSpans, type Span, spanText } from "../core/span.ts";
import type { Report } from "../diagnostics/outcome.ts";
import { writeInstead } from "../diagnostics/replacement.ts";
import type { OperatorNode } from "../ir/architecture.ts";
import type { Attributes, AttributeValue } from "../ir/attributes.ts";
import { type OptionExpression, parametersIn } from "../ir/option-expression.ts";
import type { AttributeDefinition, OperatorDefinition } from "../ops/operator.ts";
import { findOperator } from "../ops/registry.ts";
import type { Expression, Identifier, Modifier } from "../syntax/ast.ts";
import { convertValue } from "./convert-value.ts";
import { type DefaultsLayer, normOf } from "./defaults.ts";
import { evaluate } from "./evaluate.ts";
import type { Scope } from "./scope.ts";

/** An operator as written: in a chain, or as a part of `factor`. */
export interface OperatorSyntax {
  readonly operator: Identifier;
  readonly operands: readonly Expression[];
  readonly modifiers: readonly Modifier[];
  readonly span: Span;
}

/** A `width` edit: filters times `factor`, rounded to a multiple of `multiple`. */
export interface WidthEdit {
  readonly factor: number;
  readonly multiple: number;
}

/** What an operator finds around it. */
export interface OperatorSurroundings {
  readonly scope: Scope;
  readonly defaults: DefaultsLayer;
  readonly widths: readonly WidthEdit[];
  readonly report: Report;
  /** Called with the network parameters that affect a number which generated code cannot compute. */
  readonly onStatic: (parameter: string) => void;
}

/** A value that the author gave: an expression, or what a flag stands for. */
type Written = { readonly span: Span } & (
  | { readonly expression: Expression }
  | { readonly flagValue: AttributeValue }
);

/** An attribute's value, and how generated code computes it from parameters where it can. */
interface Resolved {
  readonly value: AttributeValue;
  readonly option?: OptionExpression;
}

/** Gives nothing after reporting an error. `trunkChannels` are the filters of `project`. */
export function resolveOperator(
  syntax: OperatorSyntax,
  name: string,
  surroundings: OperatorSurroundings,
  trunkChannels?: number,
): OperatorNode | undefined {
  const operator = syntax.operator.text;
  const definition = findOperator(operator);
  if (!definition) return undefined;
  const written = collectWritten(syntax, definition);
  const isSwapped = areSwapped(syntax.operands, definition);
  const around = isSwapped ? withSwapFix(surroundings, syntax.operands) : surroundings;
  const attributes: Record<string, AttributeValue> = {};
  const attributeSpans: Record<string, Span> = {};
  let options: Readonly<Record<string, OptionExpression>> = {};
  let isComplete = true;
  for (const [attribute, attributeDefinition] of Object.entries(definition.attributes)) {
    const own = written.get(attribute);
    if (own) attributeSpans[attribute] = own.span;
    const resolved: Resolved | undefined = attributeDefinition.derived
      ? { value: trunkChannels ?? null }
      : own
        ? resolveWritten(own, operator, attribute, attributeDefinition, around)
        : resolveDefault(
            operator,
            attribute,
            attributeDefinition,
            attributes,
            surroundings.defaults,
          );
    if (!resolved) {
      isComplete = false;
      continue;
    }
    const norm =
      attributeDefinition.type === "norm"
        ? normOf(resolved.value, surroundings.defaults)
        : undefined;
    attributes[attribute] = norm ?? resolved.value;
    if (resolved.option) options = { ...options, [attribute]: resolved.option };
  }
  if (!isComplete) return undefined;
  for (const [attribute, { scalesWithWidth }] of Object.entries(definition.attributes)) {
    const filters = attributes[attribute];
    const isScaled = scalesWithWidth && surroundings.widths.length > 0 && attributes.fixed !== true;
    if (!isScaled || typeof filters !== "number") continue;
    attributes[attribute] = scaleWidth(filters, surroundings.widths);
    // The rounded count can no longer be written as arithmetic on parameters.
    const { [attribute]: lost, ...kept } = options;
    if (lost) parametersIn(lost).forEach(surroundings.onStatic);
    options = kept;
  }
  return {
    kind: "operator",
    name,
    span: syntax.span,
    operator,
    attributes,
    attributeSpans,
    options,
  };
}

/** `conv 32 3x3`: the operands in the order of other frameworks. */
function areSwapped(operands: readonly Expression[], definition: OperatorDefinition): boolean {
  const [first, second] = definition.operands.map((name) => definition.attributes[name]?.type);
  const isSizeFirst = first === "size" && second === "int";
  return isSizeFirst && operands[0]?.kind === "number" && operands[1]?.kind === "size";
}

/** Whichever operand is reported, the repair is to swap them. */
function withSwapFix(
  surroundings: OperatorSurroundings,
  operands: readonly Expression[],
): OperatorSurroundings {
  const [first, second] = operands;
  if (!first || !second) return surroundings;
  const text = `${spanText(second.span)} ${spanText(first.span)}`;
  const repair = {
    help: `the kernel comes first: \`${text}\``,
    fixes: [writeInstead(joinSpans(first.span, second.span), text, "safe")],
  };
  const report: Report = (code, span, parameters) =>
    surroundings.report(code, span, parameters, repair);
  return { ...surroundings, report };
}

function collectWritten(
  syntax: OperatorSyntax,
  definition: OperatorDefinition,
): ReadonlyMap<string, Written> {
  const written = new Map<string, Written>();
  syntax.operands.forEach((expression, index) => {
    const attribute = definition.operands[index];
    if (attribute !== undefined) written.set(attribute, { expression, span: expression.span });
  });
  for (const modifier of syntax.modifiers) {
    switch (modifier.kind) {
      case "attribute":
        written.set(modifier.name.text, { expression: modifier.value, span: modifier.span });
        break;
      case "stride":
        written.set("stride", { expression: modifier.value, span: modifier.span });
        break;
      case "flag": {
        const flag = definition.flags[modifier.name.text];
        if (flag) written.set(flag.attribute, { flagValue: flag.value, span: modifier.span });
        break;
      }
    }
  }
  return written;
}

function resolveWritten(
  written: Written,
  operator: string,
  attribute: string,
  definition: AttributeDefinition,
  { scope, report, onStatic }: OperatorSurroundings,
): Resolved | undefined {
  if ("flagValue" in written) return { value: written.flagValue };
  const value = evaluate(written.expression, scope, report);
  if (!value) return undefined;
  const what = `\`${attribute}\` of \`${operator}\``;
  const plain = convertValue(definition, value, what, written.expression.span, report);
  if (plain === undefined) return undefined;
  const option = value.kind === "number" ? value.option : undefined;
  const isOption = option !== undefined && typeof plain === "number";
  for (const parameter of value.dependsOn) {
    if (!isOption) onStatic(parameter);
  }
  return { value: plain, ...(isOption ? { option } : {}) };
}

/** Filters after `width` edits: times the factor, rounded to the nearest multiple, at least one multiple. */
function scaleWidth(filters: number, widths: readonly WidthEdit[]): number {
  return widths.reduce(
    (count, { factor, multiple }) =>
      Math.max(1, Math.round((count * factor) / multiple)) * multiple,
    filters,
  );
}

function resolveDefault(
  operator: string,
  attribute: string,
  definition: AttributeDefinition,
  given: Attributes,
  defaults: DefaultsLayer,
): Resolved | undefined {
  const own = defaults.values.get(operator)?.get(attribute);
  if (own !== undefined) return { value: own };
  const language = definition.default;
  const value = typeof language === "function" ? language(given) : language;
  return value === undefined ? undefined : { value };
}
