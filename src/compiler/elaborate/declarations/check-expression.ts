/** Checks the names and functions in an expression, without evaluating it. */
import { nearestNames, renameFix } from "../../diagnostics/nearest-name.ts";
import type { Expression, FunctionCall, NameReference } from "../../syntax/ast.ts";
import { operandsOf } from "../../syntax/children-of.ts";
import { FUNCTIONS, takesCount } from "../evaluate.ts";
import { isValueWord, TRUNK, VALUE_WORDS } from "../words.ts";
import type { StaticPlace } from "./static-names.ts";

export function checkExpression(expression: Expression, place: StaticPlace): void {
  if (expression.kind === "name") checkName(expression, place);
  if (expression.kind === "function") checkFunction(expression, place);
  for (const operand of operandsOf(expression)) checkExpression(operand, place);
}

function checkFunction({ function: called, ...call }: FunctionCall, { report }: StaticPlace): void {
  const { text: name, span } = called;
  const definition = FUNCTIONS.get(name);
  const found = call.arguments.length;
  if (!definition) {
    const known = [...FUNCTIONS.keys()];
    const near = nearestNames(name, known);
    const parameters = { name, near: near.names, known };
    report("name/unknown-function", span, parameters, renameFix(span, near));
  } else if (!takesCount(definition, found)) {
    report("type/function-arguments", call.span, { name, takes: definition.takes, found });
  }
}

/** Whether a name or word means something here. */
export function isKnownName(text: string, { names, hasTrunk }: StaticPlace): boolean {
  return names.has(text) || isValueWord(text) || (text === TRUNK && hasTrunk);
}

export function checkName(name: NameReference, { names, hasTrunk, report }: StaticPlace): void {
  const { text, span } = name;
  if (names.has(text) || isValueWord(text)) return;
  if (text === TRUNK) {
    if (!hasTrunk) report("type/trunk-outside-residual", span, {});
    return;
  }
  const words = [...VALUE_WORDS, ...(hasTrunk ? [TRUNK] : [])];
  const near = nearestNames(text, words, names);
  report("name/unknown-name", span, { name: text, near: near.names }, renameFix(span, near));
}
