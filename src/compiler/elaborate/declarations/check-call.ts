/** Owns how a module is called: that it exists, and that what is written behind it are arguments. */
import { suggest } from "../../core/suggest.ts";
import { renameFix } from "../../names/bind.ts";
import { FLAG_NAMES } from "../../ops/registry.ts";
import type { CallStep } from "../../syntax/ast.ts";
import { checkArguments } from "./check-arguments.ts";
import { checkExpression } from "./check-expression.ts";
import { checkValues, reportUnknownOperator } from "./check-operator.ts";
import { isImportedInVain, type StaticPlace } from "./static-names.ts";

export function checkCall(step: CallStep, place: StaticPlace): void {
  const { module: name, operands, modifiers } = step;
  const { file, report } = place;
  for (const operand of operands) checkExpression(operand, place);
  checkValues(modifiers, place);
  for (const argument of step.arguments) checkExpression(argument.value, place);
  const module = file.modules.get(name.text);
  if (!module) {
    if (!isImportedInVain(name.text, file)) reportUnknown(step, place);
    return;
  }
  const [first] = [...operands, ...modifiers];
  if (first) report("type/call-takes-arguments", first.span, { module: name.text });
  // A syntax error may have taken parameters away.
  else if (!module.declaration.isBroken) checkArguments(step, module.declaration, report);
}

/** A lower-case word, or one with a kernel behind it, was meant to be an operator. */
function reportUnknown({ module: name, operands }: CallStep, place: StaticPlace): void {
  const modules = [...place.file.modules.keys()];
  if (/^[a-z]/.test(name.text) || operands.length > 0) {
    // A misspelt flag looks like the step after its operator.
    reportUnknownOperator(name, place, [...modules, ...FLAG_NAMES]);
    return;
  }
  const near = suggest(name.text, modules);
  const fix = renameFix(name, near);
  place.report("name/unknown-module", name.span, { name: name.text, near }, fix);
}
