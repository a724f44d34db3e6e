/** Checks blocks, statements and steps: everything inside a module or a network. */
import { unreachable } from "../../core/assert.ts";
import { checkLetterCase } from "../../names/letter-case.ts";
import { factorPart } from "../../ops/registry.ts";
import { RESIDUAL_ATTRIBUTES } from "../../ops/residual-attributes.ts";
import type {
  Block,
  FactorStep,
  Identifier,
  LetDeclaration,
  Statement,
  Step,
} from "../../syntax/ast.ts";
import { partsOfStep } from "../../syntax/children-of.ts";
import { checkCall } from "./check-call.ts";
import { checkExpression } from "./check-expression.ts";
import { checkNames, checkNotReserved } from "./check-names.ts";
import { checkAttributes, checkDefaults, checkOperator } from "./check-operator.ts";
import { checkShape } from "./check-shape.ts";
import { checkValueCycles } from "./check-value-cycles.ts";
import type { StaticPlace } from "./static-place.ts";

/** `taken` are the names that the scope of the block has already: parameters of the module that it is the body of. */
export function checkBlock(
  { lets, defaults, statements }: Block,
  place: StaticPlace,
  taken: readonly Identifier[] = [],
): void {
  checkLets(lets, place, taken);
  for (const { operator, attributes } of defaults) checkDefaults(operator, attributes, place);
  for (const statement of statements) checkStatement(statement, place);
}

function checkLets(
  lets: readonly LetDeclaration[],
  place: StaticPlace,
  taken: readonly Identifier[],
): void {
  const names = lets.map(({ name }) => name);
  checkNames(names, "value", place.report, taken);
  for (const { value } of lets) checkExpression(value, place);
  // `let a = 2 * a` beside a parameter `a` is one mistake: the name.
  const own = lets.filter(({ name }) => !taken.some(({ text }) => text === name.text));
  checkValueCycles(own, place.names, place.report);
}

export function checkStatement({ label, steps, assertion }: Statement, place: StaticPlace): void {
  if (label) checkLetterCase(label, "lower", "labels", place.report);
  for (const step of steps) checkStep(step, place);
  if (assertion) checkShape(assertion, place);
}

/** The step itself, then what is inside it. */
function checkStep(step: Step, place: StaticPlace): void {
  checkOwn(step, place);
  const { steps, statements, blocks } = partsOfStep(step);
  for (const inner of steps) checkStep(inner, place);
  for (const statement of statements) checkStatement(statement, place);
  for (const block of blocks) checkBlock(block, place);
}

/** What a step has beside the steps inside it: names, expressions, attributes. */
function checkOwn(step: Step, place: StaticPlace): void {
  switch (step.kind) {
    case "operator":
      checkOperator(step, place);
      break;
    case "call":
      checkCall(step, place);
      break;
    case "factor":
      checkFactor(step, place);
      break;
    case "join":
      for (const { label } of step.branches) {
        if (label) checkLetterCase(label, "lower", "labels", place.report);
      }
      break;
    case "residual":
      checkAttributes("residual", step.attributes, Object.keys(RESIDUAL_ATTRIBUTES), place);
      break;
    case "aux":
      checkLetterCase(step.name, "lower", "outputs", place.report);
      break;
    case "repeat":
      checkExpression(step.count, place);
      if (step.index) checkIndex(step.index, place);
      break;
    case "if":
      for (const { condition } of step.choices) checkExpression(condition, place);
      break;
    case "scale_by":
    case "block":
      break;
    default:
      unreachable(step);
  }
}

/** A name that means something already would be hidden by the index. */
function checkIndex(index: Identifier, { names, report }: StaticPlace): void {
  const { text, span } = index;
  checkLetterCase(index, "lower", "indices", report);
  checkNotReserved(index, "repeat's index", report);
  const hidden = names.declarationAt(span)?.hidden;
  if (!hidden) return;
  const related = [{ span: hidden.name.span, message: `\`${text}\` is declared here` }];
  report("name/index-hides", span, { name: text }, { related });
}

function checkFactor({ kernel, parts }: FactorStep, place: StaticPlace): void {
  checkExpression(kernel, place);
  for (const { operands, modifiers, span } of parts) {
    if (operands.length !== 2) {
      place.report("type/factor-part", span, {});
      continue;
    }
    checkOperator({ operator: { text: factorPart.name, span }, operands, modifiers, span }, place);
  }
}
