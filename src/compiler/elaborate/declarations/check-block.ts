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
  ResidualStep,
  Statement,
  Step,
} from "../../syntax/ast.ts";
import { checkCall } from "./check-call.ts";
import { checkExpression } from "./check-expression.ts";
import { checkNames, checkNotReserved } from "./check-names.ts";
import { checkAttributes, checkDefaults, checkOperator } from "./check-operator.ts";
import { checkShape } from "./check-shape.ts";
import { checkValueCycles } from "./check-value-cycles.ts";
import { type StaticPlace, withNames } from "./static-names.ts";

/** `taken` are the names that the scope of the block has already: parameters of the module that it is the body of. */
export function checkBlock(
  block: Block,
  place: StaticPlace,
  taken: readonly Identifier[] = [],
): void {
  const inner = openBlock(block.lets, place, taken);
  for (const { operator, attributes } of block.defaults) checkDefaults(operator, attributes, inner);
  for (const statement of block.statements) checkStatement(statement, inner);
}

/** The place inside a block with these values, which are checked; they see each other, whatever their order. */
export function openBlock(
  lets: readonly LetDeclaration[],
  place: StaticPlace,
  taken: readonly Identifier[],
): StaticPlace {
  const names = lets.map((declaration) => declaration.name);
  const inner = withNames(
    place,
    names.map(({ text }) => text),
  );
  checkNames(names, "value", place.report, taken);
  for (const { value } of lets) checkExpression(value, inner);
  // `let a = 2 * a` beside a parameter `a` is one mistake: the name.
  const own = lets.filter(({ name }) => !taken.some(({ text }) => text === name.text));
  checkValueCycles(own, place.report);
  return inner;
}

export function checkStatement({ label, steps, assertion }: Statement, place: StaticPlace): void {
  if (label) checkLetterCase(label, "lower", "labels", place.report);
  for (const step of steps) checkStep(step, place);
  if (assertion) checkShape(assertion, place);
}

export function checkStep(step: Step, place: StaticPlace): void {
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
      for (const branch of step.branches) {
        if (branch.label) checkLetterCase(branch.label, "lower", "labels", place.report);
        for (const statement of branch.statements) checkStatement(statement, place);
      }
      break;
    case "residual":
      checkResidual(step, place);
      break;
    case "scale_by":
      checkBlock(step.body, place);
      break;
    case "aux":
      checkLetterCase(step.name, "lower", "outputs", place.report);
      checkBlock(step.body, place);
      break;
    case "block":
      checkBlock(step.block, place);
      break;
    case "repeat":
      checkExpression(step.count, place);
      checkStep(step.step, step.index ? withIndex(step.index, place) : place);
      break;
    case "if":
      for (const { condition, block } of step.choices) {
        checkExpression(condition, place);
        checkBlock(block, place);
      }
      if (step.otherwise) checkBlock(step.otherwise, place);
      break;
    default:
      unreachable(step);
  }
}

/** The place inside a repeat; a name that means something already would be hidden by its index. */
function withIndex(index: Identifier, place: StaticPlace): StaticPlace {
  const { text, span } = index;
  checkLetterCase(index, "lower", "indices", place.report);
  checkNotReserved(index, "repeat's index", place.report);
  if (place.names.has(text)) place.report("name/index-hides", span, { name: text });
  return withNames(place, [text]);
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

function checkResidual({ attributes, body, shortcut }: ResidualStep, place: StaticPlace): void {
  checkAttributes("residual", attributes, Object.keys(RESIDUAL_ATTRIBUTES), place);
  const inner = { ...place, hasTrunk: true };
  checkBlock(body, inner);
  if (shortcut) checkBlock(shortcut, inner);
}
