/** Checks how an operator is written: operands, attributes, flags and stride, also in `defaults` and `factor`. */
import { type Span, spanText } from "../../core/span.ts";
import { type NearestNames, nearestNames, renameFix } from "../../diagnostics/nearest-name.ts";
import type { Report } from "../../diagnostics/outcome.ts";
import { removeItem } from "../../diagnostics/removal.ts";
import type { Attributes } from "../../ir/attributes.ts";
import type { AttributeDefinition, OperatorDefinition } from "../../ops/operator.ts";
import {
  attributesCalled,
  findOperator,
  OPERATOR_NAMES,
  operatorsCalled,
} from "../../ops/registry.ts";
import type { AttributeSyntax, Expression, Identifier, Modifier } from "../../syntax/ast.ts";
import { choicesOf, EXAMPLE_VALUES } from "../convert-value.ts";
import type { OperatorSyntax } from "../resolve-operator.ts";
import { checkExpression, isKnownName } from "./check-expression.ts";
import type { StaticPlace } from "./static-place.ts";
import { helpOnLacking } from "./words-without-operator.ts";

export function checkOperator(syntax: OperatorSyntax, place: StaticPlace): void {
  const definition = findOperator(syntax.operator.text);
  for (const operand of syntax.operands) checkExpression(operand, place);
  if (!definition) {
    reportUnknownOperator(syntax.operator, place);
    checkValues(syntax.modifiers, place);
    return;
  }
  const given = checkModifiers(syntax.modifiers, definition, place, syntax.operands);
  checkOperands(syntax, definition, given, place);
}

/** `defaults conv(act=silu)`: the operator, and attributes that it has. */
export function checkDefaults(
  operator: Identifier,
  attributes: readonly AttributeSyntax[],
  place: StaticPlace,
): void {
  const definition = findOperator(operator.text);
  if (definition) checkModifiers(attributes, definition, place);
  else {
    reportUnknownOperator(operator, place);
    checkValues(attributes, place);
  }
}

function reportUnknownOperator({ text, span }: Identifier, { report }: StaticPlace): void {
  const help = helpOnLacking(text);
  const near: NearestNames =
    help === undefined ? nearestOperators(text) : { names: [], applicability: "suggested" };
  const extras = help === undefined ? renameFix(span, near) : { help };
  report("name/unknown-operator", span, { name: text, near: near.names }, extras);
}

/**
 * The operators that may have been meant, or one of `others`. An exact name of another framework is stronger evidence
 * than a similar spelling.
 */
export function nearestOperators(
  name: string,
  words: readonly string[] = [],
  modules: readonly string[] = [],
): NearestNames {
  const called = operatorsCalled(name);
  return called.names.length > 0
    ? called
    : nearestNames(name, [...OPERATOR_NAMES, ...words], modules);
}

/** Checks names in the values of modifiers of unknown attributes. */
export function checkValues(modifiers: readonly Modifier[], place: StaticPlace): void {
  for (const modifier of modifiers) {
    if (modifier.kind !== "flag") checkExpression(modifier.value, place);
  }
}

/** Names in a modifier's value. Where one of a few words is wanted, an unknown name was meant to be one of them. */
function checkValue(modifier: Modifier, definition: OperatorDefinition, place: StaticPlace): void {
  if (modifier.kind === "flag") return;
  const { value } = modifier;
  const attribute = modifier.kind === "attribute" ? modifier.name.text : "stride";
  const attributeDefinition = Object.hasOwn(definition.attributes, attribute)
    ? definition.attributes[attribute]
    : undefined;
  const isBoolean = attributeDefinition?.type === "bool";
  const choices = isBoolean
    ? ["true", "false"]
    : attributeDefinition && choicesOf(attributeDefinition);
  if (!choices || value.kind !== "name" || isKnownName(value, place)) {
    checkExpression(value, place);
    return;
  }
  const visible = place.names.visibleAt(value.span).names;
  // `act=swish`, `norm=instance`.
  const help = helpOnLacking(value.text);
  const near: NearestNames =
    help === undefined
      ? (choiceCalled(value.text, choices) ?? nearestNames(value.text, choices, visible))
      : { names: [], applicability: "suggested" };
  const what = `a value for \`${attribute}\` of \`${definition.name}\``;
  const parameters = { what, word: value.text, choices, near: near.names };
  const extras = help === undefined ? renameFix(value.span, near) : { help };
  place.report("type/unknown-word", value.span, parameters, extras);
}

/** The activation that other frameworks call `name`. */
function choiceCalled(name: string, choices: readonly string[]): NearestNames | undefined {
  const { names, applicability } = operatorsCalled(name);
  const words = names.filter((one) => choices.includes(one));
  return words.length === 0 ? undefined : { names: words, applicability };
}

/**
 * What modifiers set, as far as it is known without evaluation: flags by value, anything else as `true`. The preceding
 * operands set attributes too, and nothing may be set twice.
 */
function checkModifiers(
  modifiers: readonly Modifier[],
  definition: OperatorDefinition,
  place: StaticPlace,
  operands: readonly Expression[] = [],
): Attributes {
  for (const modifier of modifiers) checkValue(modifier, definition, place);
  const { report } = place;
  const { name: operator } = definition;
  const given: Record<string, Attributes[string]> = {};
  const firsts = new Map<string, Span>();
  for (const [index, attribute] of definition.operands.entries()) {
    const operand = operands[index];
    if (operand) firsts.set(attribute, operand.span);
  }
  for (const modifier of modifiers) {
    const attribute = attributeOf(modifier, definition, place);
    if (attribute === undefined) continue;
    const flag = modifier.kind === "flag" ? definition.flags[modifier.name.text] : undefined;
    given[attribute] ??= flag ? flag.value : true;
    const first = firsts.get(attribute);
    if (first) {
      reportTwice(attribute, modifier.span, first, report);
      continue;
    }
    firsts.set(attribute, modifier.span);
    if (definition.attributes[attribute]?.derived) {
      const fixes = [removeItem(modifier.span, "suggested")];
      report("type/derived-attribute", modifier.span, { operator, name: attribute }, { fixes });
    }
  }
  for (const [name, span] of firsts) {
    const { excludes: other } = definition.attributes[name] ?? {};
    const excluded = other === undefined ? undefined : firsts.get(other);
    if (other === undefined || !excluded) continue;
    const related = [{ span: excluded, message: `\`${other}\` is given here` }];
    const fixes = [removeItem(span, "suggested")];
    report("type/excluded-attribute", span, { operator, name, other }, { related, fixes });
  }
  return given;
}

/** The attribute that a modifier sets; nothing after reporting that there is none. */
function attributeOf(
  modifier: Modifier,
  definition: OperatorDefinition,
  { report }: StaticPlace,
): string | undefined {
  const { name: operator, attributes, flags } = definition;
  switch (modifier.kind) {
    case "stride":
      if (Object.hasOwn(attributes, "stride")) return "stride";
      report(
        "type/stride-without-meaning",
        modifier.span,
        { operator },
        { fixes: [removeItem(modifier.span, "suggested")] },
      );
      return undefined;
    case "flag": {
      const { text, span } = modifier.name;
      const flag = flags[text];
      if (flag) return flag.attribute;
      const known = Object.keys(flags);
      const fixes = [removeItem(span, "suggested")];
      report("type/flag-without-meaning", span, { operator, flag: text, flags: known }, { fixes });
      return undefined;
    }
    case "attribute": {
      const { text } = modifier.name;
      if (Object.hasOwn(attributes, text)) return text;
      const known = Object.keys(attributes).filter((one) => !attributes[one]?.derived);
      const called = attributesCalled(definition, text);
      reportUnknownAttribute(operator, modifier.name, known, report, called);
      return undefined;
    }
  }
}

function checkOperands(
  { operator, operands }: OperatorSyntax,
  definition: OperatorDefinition,
  given: Attributes,
  { report }: StaticPlace,
): void {
  const { name, operands: wanted, attributes } = definition;
  // A mix-up of operands was already reported.
  const isGivenTwice = wanted.some(
    (attribute, index) => index < operands.length && attribute in given,
  );
  for (const [index, attribute] of wanted.entries()) {
    const isWritten = index < operands.length || attribute in given;
    if (isWritten || isGivenTwice) continue;
    if (hasDefault(attributes[attribute], given)) continue;
    const parameters = { operator: name, operand: attribute, example: exampleOf(definition) };
    report("type/missing-operand", operator.span, parameters);
    return;
  }
  const extra = operands[wanted.length];
  if (extra) {
    const parameters = { operator: name, takes: describeOperands(wanted), text: textOf(extra) };
    report("type/extra-operand", extra.span, parameters, {
      fixes: [removeItem(extra.span, "suggested")],
    });
  }
}

/**
 * What is written in parentheses behind a word of the language that is no operator: attributes that it has, each once.
 */
export function checkAttributes(
  operator: string,
  attributes: readonly AttributeSyntax[],
  known: readonly string[],
  place: StaticPlace,
): void {
  checkValues(attributes, place);
  const firsts = new Map<string, AttributeSyntax>();
  for (const attribute of attributes) {
    const { text: name } = attribute.name;
    const first = firsts.get(name);
    if (first) reportTwice(name, attribute.span, first.span, place.report);
    else if (!known.includes(name)) {
      reportUnknownAttribute(operator, attribute.name, known, place.report);
    }
    if (!first) firsts.set(name, attribute);
  }
}

function reportTwice(name: string, span: Span, first: Span, report: Report): void {
  const related = [{ span: first, message: "first given here" }];
  report(
    "type/duplicate-attribute",
    span,
    { name },
    {
      related,
      fixes: [removeItem(span, spanText(span) === spanText(first) ? "safe" : "suggested")],
    },
  );
}

function reportUnknownAttribute(
  operator: string,
  attribute: Identifier,
  known: readonly string[],
  report: Report,
  called?: NearestNames,
): void {
  const { text: name, span } = attribute;
  const near = called && called.names.length > 0 ? called : nearestNames(name, known);
  const parameters = { operator, name, near: near.names, known };
  report("type/unknown-attribute", span, parameters, renameFix(span, near));
}

function hasDefault(definition: AttributeDefinition | undefined, given: Attributes): boolean {
  const language = definition?.default;
  return (typeof language === "function" ? language(given) : language) !== undefined;
}

export function exampleOf({ name, family, operands, attributes }: OperatorDefinition): string {
  const values = operands.map((operand) => {
    const type = attributes[operand]?.type ?? "int";
    // Pictures are enlarged by small factors; channels come by the dozen.
    return type === "int" && family === "shape" ? "2" : EXAMPLE_VALUES[type];
  });
  return [name, ...values].join(" ");
}

function describeOperands(operands: readonly string[]): string {
  if (operands.length === 0) return "no operands";
  return operands.map((operand) => `\`${operand}\``).join(" and ");
}

function textOf({ span }: Expression): string {
  return span.file.text.slice(span.start, span.end);
}
