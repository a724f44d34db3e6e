/** Checks the arguments of a module call: each is a parameter, given once, and none is missing. */
import { nearestNames, renameFix } from "../../diagnostics/nearest-name.ts";
import type { Report } from "../../diagnostics/outcome.ts";
import { removeItem } from "../../diagnostics/removal.ts";
import type { Argument, CallStep, ModuleDeclaration } from "../../syntax/ast.ts";

export function checkArguments(
  step: CallStep,
  { name: module, parameters }: ModuleDeclaration,
  report: Report,
): void {
  const known = parameters.map((parameter) => parameter.name.text);
  const given = new Map<string, Argument>();
  const meant = new Set<string>();
  // If it is unknown which parameter an argument was meant for, none can be reported as missing.
  let isUnclear = false;
  let isAfterNamed = false;
  for (const [index, argument] of step.arguments.entries()) {
    const name = argument.name?.text ?? known[index];
    isAfterNamed ||= argument.name !== undefined;
    if (!argument.name && isAfterNamed) {
      report("name/positional-after-named", argument.span, { module: module.text });
      isUnclear = true;
      break;
    }
    if (name === undefined) {
      const found = step.arguments.length;
      const counts = { module: module.text, count: parameters.length, found };
      report("name/too-many-arguments", argument.span, counts);
      break;
    }
    if (argument.name && !known.includes(name)) {
      const { span } = argument.name;
      const near = nearestNames(name, [], known);
      const unknown = { module: module.text, name, near: near.names, known };
      report("name/unknown-argument", span, unknown, renameFix(span, near));
      const [best] = near.names;
      if (best === undefined) isUnclear = true;
      else meant.add(best);
      continue;
    }
    const first = given.get(name);
    // Two by position are one parameter only where that was declared twice.
    if (first && argument.name) {
      const related = [{ span: first.span, message: "first given here" }];
      const fixes = [removeItem(argument.span, "suggested")];
      report("name/duplicate-argument", argument.span, { name }, { related, fixes });
    }
    if (!first) given.set(name, argument);
  }
  if (isUnclear) return;
  for (const { name, type, default: value } of parameters) {
    if (value || given.has(name.text) || meant.has(name.text)) continue;
    const related = [{ span: name.span, message: "the parameter has no default" }];
    const missing = { module: module.text, name: name.text, type: type?.text ?? "any value" };
    report("name/missing-argument", step.module.span, missing, { related });
  }
}
