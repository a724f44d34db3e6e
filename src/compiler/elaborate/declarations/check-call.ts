/** Checks a module call: the module exists, and everything after its name is an argument. */
import { nearestNames, renameFix } from "../../diagnostics/nearest-name.ts";
import { FLAG_NAMES, findOperator, operatorsCalled } from "../../ops/registry.ts";
import type { CallStep } from "../../syntax/ast.ts";
import { checkArguments } from "./check-arguments.ts";
import { checkExpression } from "./check-expression.ts";
import { checkValues, exampleOf, nearestOperators } from "./check-operator.ts";
import { isLost, type StaticPlace } from "./static-place.ts";

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
  const isOperator = /^[a-z]/.test(name.text) || operands.length > 0;
  if (!isOperator && (isModuleNear || operatorsCalled(name.text).names.length === 0)) {
    const parameters = { name: name.text, near: nearModules.names };
    place.report("name/unknown-module", name.span, parameters, renameFix(name.span, nearModules));
    return isModuleNear;
  }
  // A misspelt flag looks like the step after its operator.
  const near = nearestOperators(name.text, [...FLAG_NAMES, ...STATEMENT_WORDS], modules);
  const { names } = near;
  const help = names.length === 0 ? helpElsewhere(name.text) : helpOnParentheses(step, names[0]);
  const fix = help === undefined ? renameFix(name.span, near) : { help };
  place.report("name/unknown-operator", name.span, { name: name.text, near: names }, fix);
  return names.length > 0;
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

/** Words of other languages and frameworks, with the equivalent in this one. */
const ELSEWHERE: readonly { readonly words: readonly string[]; readonly help: string }[] = [
  {
    words: ["for", "loop", "repeat", "while", "times"],
    help: "a repeat is written `3 x conv 3x3 32`, or `3 x { … }` for several steps",
  },
  {
    words: ["output", "outputs", "return", "yield"],
    help: "nothing names the output: it is what the last step gives; a second one is `aux side { … }`",
  },
  {
    words: ["concatenate", "cat", "merge", "stack", "branches", "parallel"],
    help: "branches are joined by `concat { | … | … }`",
  },
  {
    words: ["add", "plus", "eltwise"],
    help: "branches are added by `sum { | … | … }`; `residual { … }` adds to what comes in",
  },
  {
    words: ["skip", "shortcut", "resblock"],
    help: "`residual { … }` adds what its body gives to what comes in",
  },
  {
    words: ["when", "switch", "elif", "case"],
    help: "a choice among steps is `if n > 3 { … } else { … }`, one among values `n > 3 ? 32 : 16`",
  },
];

function helpElsewhere(name: string): string | undefined {
  return ELSEWHERE.find(({ words }) => words.includes(name.toLowerCase()))?.help;
}
