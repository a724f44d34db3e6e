/** The one place that knows what lies directly inside an expression, a step or an edit. */
import { unreachable } from "../core/assert.ts";
import type { Block, Edit, Expression, FactorPart, NameReference, Statement, Step } from "./ast.ts";

/** The expressions directly inside an expression, in the order in which they are written. */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "number":
    case "size":
    case "name":
      return [];
    case "negate":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "conditional":
      return [expression.condition, expression.whenTrue, expression.whenFalse];
    case "function":
      return expression.arguments;
    case "list":
      return expression.elements;
    default:
      return unreachable(expression);
  }
}

/** All names that an expression reads, in the order in which they are written. */
export function* namesReadIn(expression: Expression): Generator<NameReference, undefined> {
  if (expression.kind === "name") yield expression;
  for (const operand of operandsOf(expression)) yield* namesReadIn(operand);
}

/** What lies directly inside a step or an edit; what has a scope of its own is a block. */
export interface SyntaxParts {
  readonly expressions: readonly Expression[];
  readonly steps: readonly Step[];
  readonly statements: readonly Statement[];
  readonly blocks: readonly Block[];
}

const NOTHING: SyntaxParts = { expressions: [], steps: [], statements: [], blocks: [] };

export function partsOfStep(step: Step): SyntaxParts {
  switch (step.kind) {
    case "operator":
      return { ...NOTHING, expressions: writtenIn(step) };
    case "call":
      return {
        ...NOTHING,
        expressions: [...writtenIn(step), ...step.arguments.map(({ value }) => value)],
      };
    case "factor":
      return { ...NOTHING, expressions: [step.kernel, ...step.parts.flatMap(writtenIn)] };
    case "join":
      return { ...NOTHING, statements: step.branches.flatMap(({ statements }) => statements) };
    case "residual":
      return {
        ...NOTHING,
        expressions: step.attributes.map(({ value }) => value),
        blocks: step.shortcut ? [step.body, step.shortcut] : [step.body],
      };
    case "scale_by":
    case "aux":
      return { ...NOTHING, blocks: [step.body] };
    case "block":
      return { ...NOTHING, blocks: [step.block] };
    case "if":
      return {
        ...NOTHING,
        expressions: step.choices.map(({ condition }) => condition),
        blocks: [
          ...step.choices.map(({ block }) => block),
          ...(step.otherwise ? [step.otherwise] : []),
        ],
      };
    case "repeat":
      return { ...NOTHING, expressions: [step.count], steps: [step.step] };
    default:
      return unreachable(step);
  }
}

export function partsOfEdit(edit: Edit): SyntaxParts {
  switch (edit.kind) {
    case "width":
      return { ...NOTHING, expressions: [edit.factor] };
    case "input":
      return { ...NOTHING, expressions: [edit.input.size] };
    case "set":
      return { ...NOTHING, expressions: [edit.value] };
    case "defaults":
      return { ...NOTHING, expressions: edit.defaults.attributes.map(({ value }) => value) };
    case "preprocess":
      return { ...NOTHING, expressions: edit.preprocess.attributes.map(({ value }) => value) };
    case "replace":
    case "insert":
      return { ...NOTHING, statements: [edit.statement] };
    case "remove":
    case "use":
    case "budget":
      return NOTHING;
    default:
      return unreachable(edit);
  }
}

/** All steps in the statements, each before those inside it, in the order in which they are written. */
export function* stepsIn(statements: readonly Statement[]): Generator<Step, undefined> {
  for (const { steps } of statements) for (const step of steps) yield* stepsFrom(step);
}

function* stepsFrom(step: Step): Generator<Step, undefined> {
  yield step;
  const parts = partsOfStep(step);
  for (const inner of parts.steps) yield* stepsFrom(inner);
  yield* stepsIn(parts.statements);
  for (const block of parts.blocks) yield* stepsIn(block.statements);
}

/** All statements, also those inside the steps of others. */
export function* statementsIn(statements: readonly Statement[]): Generator<Statement, undefined> {
  for (const statement of statements) {
    yield statement;
    for (const step of statement.steps) yield* statementsInside(step);
  }
}

function* statementsInside(step: Step): Generator<Statement, undefined> {
  const parts = partsOfStep(step);
  for (const inner of parts.steps) yield* statementsInside(inner);
  yield* statementsIn(parts.statements);
  for (const block of parts.blocks) yield* statementsIn(block.statements);
}

function writtenIn({
  operands,
  modifiers,
}: Pick<FactorPart, "operands" | "modifiers">): readonly Expression[] {
  const values = modifiers.flatMap((one) => (one.kind === "flag" ? [] : [one.value]));
  return [...operands, ...values];
}
