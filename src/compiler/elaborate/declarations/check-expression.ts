/** Checks the names and functions in an expression, without evaluating it. */
import { suggest } from "../../core/suggest.ts";
import { renameFix } from "../../names/bind.ts";
import type { Expression, FunctionCall, NameReference } from "../../syntax/ast.ts";
import { FUNCTIONS, takesCount } from "../evaluate.ts";
import { isValueWord, TRUNK, VALUE_WORDS } from "../words.ts";
import type { StaticPlace } from "./static-names.ts";

export function checkExpression(expression: Expression, place: StaticPlace): void {
  const visit = (inner: Expression): void => checkExpression(inner, place);
  switch (expression.kind) {
    case "number":
    case "size":
      break;
    case "name":
      checkName(expression, place);
      break;
    case "negate":
      visit(expression.operand);
      break;
    case "binary":
      visit(expression.left);
      visit(expression.right);
      break;
    case "conditional":
      visit(expression.condition);
      visit(expression.whenTrue);
      visit(expression.whenFalse);
      break;
    case "function":
      checkFunction(expression, place);
      expression.arguments.forEach(visit);
      break;
    case "list":
      expression.elements.forEach(visit);
      break;
  }
}

function checkFunction({ function: called, ...call }: FunctionCall, { report }: StaticPlace): void {
  const { text: name, span } = called;
  const definition = FUNCTIONS.get(name);
  const found = call.arguments.length;
  if (!definition) {
    const known = [...FUNCTIONS.keys()];
    const near = suggest(name, known);
    report("name/unknown-function", span, { name, near, known }, renameFix(called, near));
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
  const candidates = [...names, ...VALUE_WORDS, ...(hasTrunk ? [TRUNK] : [])];
  const near = suggest(text, candidates);
  report("name/unknown-name", span, { name: text, near }, renameFix({ text, span }, near));
}
