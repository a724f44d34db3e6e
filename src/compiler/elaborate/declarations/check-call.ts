/** Checks a module call: the module exists, and everything after its name is an argument. */
import { joinSpans, spanText } from "../../core/span.ts";
import type { DiagnosticExtras } from "../../diagnostics/diagnostic.ts";
import { nearestNames, renameFix } from "../../diagnostics/nearest-name.ts";
import { writeInstead } from "../../diagnostics/replacement.ts";
import { attributesCalled, FLAG_NAMES, findOperator, operatorsCalled } from "../../ops/registry.ts";
import type { CallStep, Statement, SyntaxTree } from "../../syntax/ast.ts";
import { checkArguments } from "./check-arguments.ts";
import { checkExpression } from "./check-expression.ts";
import { checkValues, exampleOf, nearestOperators } from "./check-operator.ts";
import { isLost, type StaticPlace } from "./static-place.ts";
import { helpElsewhere, helpOnLabel, helpOnLacking } from "./words-without-operator.ts";

export function checkCall(step: CallStep, place: StaticPlace): void {
  const { module: name, operands, modifiers } = step;
  const { file, report } = place;
  const module = file.modules.get(name.text);
  const isMeant = module || isLost(name.text, file) || reportUnknown(step, place);
  // After an unknown word, nothing behind it is checked.
  if (!isMeant) return;
  for (const operand of operands) checkExpression(operand, place);
  checkValues(modifiers, place);
  for (const argument of step.arguments) checkExpression(argument.value, place);
  if (!module) return;
  const [first] = [...operands, ...modifiers];
  if (first) {
    const names = module.declaration.parameters.map((parameter) => parameter.name.text);
    report("type/call-takes-arguments", first.span, { module: name.text, names });
  }
  // A syntax error may have taken parameters away.
  else if (!module.declaration.isBroken) checkArguments(step, module.declaration, report);
}

/** Returns whether the intention is clear. A lower-case word, or one followed by a kernel, was meant as an operator. */
function reportUnknown(step: CallStep, place: StaticPlace): boolean {
  const { module: name, operands } = step;
  const modules = [...place.file.modules.keys()];
  const nearModules = nearestNames(name.text, [], modules);
  const isModuleNear = nearModules.names.length > 0;
  const other = isModuleNear ? undefined : otherMeaning(step, place);
  const isOperator = /^[a-z]/.test(name.text) || operands.length > 0;
  if (!isOperator && (isModuleNear || operatorsCalled(name.text).names.length === 0)) {
    const parameters = { name: name.text, near: nearModules.names };
    const help =
      other?.help && `${other.help}. A module of this name would be declared or imported`;
    const extras = help ? { help } : renameFix(name.span, nearModules);
    place.report("name/unknown-module", name.span, parameters, extras);
    return isModuleNear;
  }
  if (other) {
    place.report("name/unknown-operator", name.span, { name: name.text, near: [] }, other);
    return false;
  }
  // A misspelt flag looks like the step after its operator.
  const near = nearestOperators(name.text, [...FLAG_NAMES, ...STATEMENT_WORDS], modules);
  const { names } = near;
  const help = helpOnParentheses(step, names[0]);
  const fix = help === undefined ? renameFix(name.span, near) : { help };
  place.report("name/unknown-operator", name.span, { name: name.text, near: names }, fix);
  return names.length > 0;
}

/** What the word is instead of an operator: an attribute, a label, or something that the language lacks. */
function otherMeaning(
  step: CallStep,
  { file: { tree } }: StaticPlace,
): Pick<DiagnosticExtras, "help" | "fixes"> | undefined {
  const { text } = step.module;
  const attribute = adviceOnAttribute(step);
  if (attribute) return attribute;
  const help =
    helpOnLabel(text, blocksOf(tree)) ??
    helpOnLacking(text) ??
    // A name in upper case is a module that is not there.
    (/^[a-z]/.test(text) ? helpElsewhere(text) : undefined);
  return help === undefined ? undefined : { help };
}

function blocksOf({ modules, networks }: SyntaxTree): readonly (readonly Statement[])[] {
  return [...modules, ...networks].map(({ body }) => body.statements);
}

/** `conv 3x3 32 stride 2`: an attribute of the operator before it, without its `=`. */
function adviceOnAttribute({
  module: name,
  operands,
  arguments: args,
  span,
}: CallStep): Pick<DiagnosticExtras, "help" | "fixes"> | undefined {
  const { text, lineStarts } = span.file;
  const line = text.slice(Math.max(...lineStarts.filter((at) => at <= span.start)), span.start);
  const [, operator = ""] = /(?:^|->|[{|:])\s*(\w+)\b[^>{}|:]*$/.exec(line) ?? [];
  const definition = findOperator(operator);
  const { names, applicability } = definition
    ? attributesCalled(definition, name.text)
    : { names: [], applicability: "suggested" as const };
  const [attribute] = names;
  if (attribute === undefined) return undefined;
  const [operand, more] = operands;
  const isWhole = operand !== undefined && more === undefined && args.length === 0;
  const value = isWhole ? spanText(operand.span) : "…";
  const written = attribute === "stride" ? `/${isWhole ? value : "2"}` : `${attribute}=${value}`;
  return {
    help: `\`${attribute}\` is an attribute of \`${operator}\`: write \`${written}\``,
    // Modifiers may follow, which are those of the operator.
    fixes: isWhole
      ? [writeInstead(joinSpans(name.span, operand.span), written, applicability)]
      : [],
  };
}

/** Words that begin something other than an operator. */
const STATEMENT_WORDS: readonly string[] = [
  "input",
  "let",
  "defaults",
  "preprocess",
  "budget",
  "concat",
  "sum",
  "split",
  "residual",
  "scale_by",
  "aux",
  "factor",
];

/** `Conv2D(64, 3)`. */
function helpOnParentheses(step: CallStep, operator: string | undefined): string | undefined {
  const definition = operator === undefined ? undefined : findOperator(operator);
  if (!definition || step.arguments.length === 0) return undefined;
  const example = exampleOf(definition);
  return `did you mean \`${operator}\`? Operands follow an operator without parentheses: \`${example}\``;
}
