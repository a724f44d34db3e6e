/** Checks the names and functions in an expression, without evaluating it. */
import { nearestNames, renameFix } from "../../diagnostics/nearest-name.ts";
import type { Expression, FunctionCall, NameReference } from "../../syntax/ast.ts";
import { operandsOf } from "../../syntax/children-of.ts";
import { FUNCTIONS, takesCount } from "../evaluate.ts";
import { isValueWord, TRUNK, VALUE_WORDS } from "../words.ts";
import type { StaticPlace } from "./static-place.ts";

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

/** Whether a name or word means something where it stands. */
export function isKnownName({ text, span }: NameReference, { names }: StaticPlace): boolean {
  if (names.declarationAt(span) || isValueWord(text)) return true;
  return text === TRUNK && names.visibleAt(span).hasTrunk;
}

export function checkName(name: NameReference, place: StaticPlace): void {
  if (isKnownName(name, place)) return;
  const { text, span } = name;
  const { names, report } = place;
  if (text === TRUNK) {
    report("type/trunk-outside-residual", span, {});
    return;
  }
  const visible = names.visibleAt(span);
  const words = [...VALUE_WORDS, ...(visible.hasTrunk ? [TRUNK] : [])];
  const near = nearestNames(text, words, visible.names);
  report("name/unknown-name", span, { name: text, near: near.names }, renameFix(span, near));
}
