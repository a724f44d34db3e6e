/** Owns blocks, statements and steps: everything that may be written inside a module or a network. */
import { unreachable } from "../../core/assert.ts";
import { suggest } from "../../core/suggest.ts";
import { checkLetterCase } from "../../names/letter-case.ts";
import type {
  Block,
  FactorStep,
  LetDeclaration,
  ResidualStep,
  Statement,
  Step,
} from "../../syntax/ast.ts";
import { checkCall } from "./check-call.ts";
import { checkExpression } from "./check-expression.ts";
import { checkDefaults, checkOperator } from "./check-operator.ts";
import { type StaticPlace, withNames } from "./static-names.ts";

/** Values of a block see each other, whatever their order. */
export function checkBlock(block: Block, place: StaticPlace): void {
  const inner = openBlock(block.lets, place);
  for (const { operator, attributes } of block.defaults) checkDefaults(operator, attributes, inner);
  for (const statement of block.statements) checkStatement(statement, inner);
}

/** The place inside a block with these values, which are checked. */
export function openBlock(lets: readonly LetDeclaration[], place: StaticPlace): StaticPlace {
  const inner = withNames(
    place,
    lets.map((declaration) => declaration.name.text),
  );
  const firsts = new Map<string, LetDeclaration>();
  for (const declaration of lets) {
    const { name } = declaration;
    checkLetterCase(name, "lower", "values", place.report);
    const first = firsts.get(name.text);
    if (first) {
      const related = [{ span: first.name.span, message: "first declared here" }];
      place.report("name/duplicate", name.span, { name: name.text, what: "value" }, { related });
    } else firsts.set(name.text, declaration);
    checkExpression(declaration.value, inner);
  }
  return inner;
}

export function checkStatement({ label, steps }: Statement, place: StaticPlace): void {
  if (label) checkLetterCase(label, "lower", "labels", place.report);
  for (const step of steps) checkStep(step, place);
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
      checkStep(step.step, place);
      break;
    default:
      unreachable(step);
  }
}

function checkFactor({ kernel, parts }: FactorStep, place: StaticPlace): void {
  checkExpression(kernel, place);
  for (const { operands, modifiers, span } of parts) {
    if (operands.length !== 2) {
      place.report("type/factor-part", span, {});
      continue;
    }
    checkOperator({ operator: { text: "conv", span }, operands, modifiers, span }, place);
  }
}

function checkResidual({ attributes, body, shortcut }: ResidualStep, place: StaticPlace): void {
  const known = ["scale"];
  let first: (typeof attributes)[number] | undefined;
  for (const attribute of attributes) {
    const { name, value } = attribute;
    checkExpression(value, place);
    if (!known.includes(name.text)) {
      const near = suggest(name.text, known);
      const parameters = { operator: "residual", name: name.text, near, known };
      place.report("type/unknown-attribute", name.span, parameters);
    } else if (first) {
      const related = [{ span: first.span, message: "first given here" }];
      place.report("type/duplicate-attribute", attribute.span, { name: "scale" }, { related });
    } else first = attribute;
  }
  const inner = { ...place, hasTrunk: true };
  checkBlock(body, inner);
  if (shortcut) checkBlock(shortcut, inner);
}
