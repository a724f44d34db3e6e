/** Owns how a module is called: that it exists, and that its arguments are the parameters that it has. */
import { suggest } from "../../core/suggest.ts";
import { renameFix } from "../../names/bind.ts";
import type { Argument, CallStep, ModuleDeclaration } from "../../syntax/ast.ts";
import { checkExpression } from "./check-expression.ts";
import { checkValues, reportUnknownOperator } from "./check-operator.ts";
import type { StaticPlace } from "./static-names.ts";

export function checkCall(step: CallStep, place: StaticPlace): void {
  const { module: name, operands, modifiers } = step;
  const { file, report } = place;
  for (const operand of operands) checkExpression(operand, place);
  checkValues(modifiers, place);
  for (const argument of step.arguments) checkExpression(argument.value, place);
  const module = file.modules.get(name.text);
  if (!module) {
    reportUnknown(step, place);
    return;
  }
  const [first] = [...operands, ...modifiers];
  if (first) report("type/call-takes-arguments", first.span, { module: name.text });
  else checkArguments(step, module.declaration, place);
}

/** A lower-case word, or one with a kernel behind it, was meant to be an operator. */
function reportUnknown({ module: name, operands }: CallStep, place: StaticPlace): void {
  const modules = [...place.file.modules.keys()];
  if (/^[a-z]/.test(name.text) || operands.length > 0) {
    reportUnknownOperator(name, place, modules);
    return;
  }
  const near = suggest(name.text, modules);
  const fix = renameFix(name, near);
  place.report("name/unknown-module", name.span, { name: name.text, near }, fix);
}

function checkArguments(
  step: CallStep,
  { name: module, parameters }: ModuleDeclaration,
  { report }: StaticPlace,
): void {
  const known = parameters.map((parameter) => parameter.name.text);
  const given = new Map<string, Argument>();
  const positional = step.arguments.filter((argument) => argument.name === undefined);
  const extra = positional[parameters.length];
  if (extra) {
    const found = step.arguments.length;
    const parameterCount = { module: module.text, count: parameters.length, found };
    report("name/too-many-arguments", extra.span, parameterCount);
  }
  step.arguments.forEach((argument, index) => {
    const name = argument.name?.text ?? known[index];
    if (name === undefined) return;
    if (argument.name && !known.includes(name)) {
      const near = suggest(name, known);
      const parameters = { module: module.text, name, near, known };
      const fix = renameFix(argument.name, near);
      report("name/unknown-argument", argument.name.span, parameters, fix);
      return;
    }
    const first = given.get(name);
    if (first) {
      const related = [{ span: first.span, message: "first given here" }];
      report("name/duplicate-argument", argument.span, { name }, { related });
    } else given.set(name, argument);
  });
  for (const parameter of parameters) {
    const { name, type } = parameter;
    if (parameter.default || given.has(name.text)) continue;
    const related = [{ span: name.span, message: "the parameter has no default" }];
    const missing = { module: module.text, name: name.text, type: type?.text ?? "any value" };
    report("name/missing-argument", step.module.span, missing, { related });
  }
}
