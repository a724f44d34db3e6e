/** Owns the names and functions that an expression uses; what it amounts to is found when it is evaluated. */
import { suggest } from "../../core/suggest.ts";
import { renameFix } from "../../names/bind.ts";
import type { Expression, NameReference } from "../../syntax/ast.ts";
import { FUNCTION_NAMES } from "../evaluate.ts";
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
    case "function": {
      const { function: called } = expression;
      if (!FUNCTION_NAMES.includes(called.text)) {
        const near = suggest(called.text, FUNCTION_NAMES);
        const parameters = { name: called.text, near, known: FUNCTION_NAMES };
        place.report("name/unknown-function", called.span, parameters, renameFix(called, near));
      }
      expression.arguments.forEach(visit);
      break;
    }
    case "list":
      expression.elements.forEach(visit);
      break;
  }
}

function checkName(name: NameReference, { names, hasTrunk, report }: StaticPlace): void {
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
