/** Elaborates blocks and statements: labels, assertions, and the edits of a variant that apply to them. */
import type { Span } from "../core/span.ts";
import type { SequenceNode } from "../ir/architecture.ts";
import type { Shape } from "../ir/dimension.ts";
import type { Block, Label, Statement, Step } from "../syntax/ast.ts";
import { evaluateDefaults, layDefaults } from "./defaults.ts";
import { type EditContent, type EditSurroundings, type Inserted, siteOf } from "./edit-plan.ts";
import { type Elaborated, sequence, withFormerName } from "./elaborated.ts";
import { letScope } from "./let-scope.ts";
import { claimLabel, inOrder, insideScope, OpenResult } from "./open-result.ts";
import { type Elaboration, type Place, withDefaults } from "./place.ts";
import type { Scope } from "./scope.ts";
import { toShapePattern } from "./shape-pattern.ts";

/** The statements of a block, inside whatever scope `place` is; `lets` and `defaults` hold for this block. */
export function elaborateBlock(
  elaboration: Elaboration,
  block: Block,
  place: Place,
  input: Shape,
): Elaborated {
  const { lets, defaults, statements } = block;
  if (lets.length + defaults.length === 0) {
    return elaborateStatements(elaboration, statements, place, input);
  }
  const result = new OpenResult(elaboration, place);
  const inside = enterBlock(elaboration, block, place, result);
  const { nodes, output } = result.add(elaborateStatements(elaboration, statements, inside, input));
  return result.give(nodes, output);
}

/** The place inside a block: with its values and defaults. */
function enterBlock(
  elaboration: Elaboration,
  block: Block,
  place: Place,
  { report, onStatic }: OpenResult,
): Place {
  const scope = letScope(block.lets, report, place.scope);
  if (block.defaults.length === 0) return { ...place, scope };
  const own = evaluateDefaults(block.defaults, scope, report, onStatic);
  return withDefaults(elaboration, { ...place, scope }, layDefaults(place.dynamicDefaults, own));
}

export function elaborateStatements(
  elaboration: Elaboration,
  statements: readonly Statement[],
  place: Place,
  input: Shape,
): Elaborated {
  return inOrder(elaboration, statements, place, input, (statement, now, shape) =>
    elaborateStatement(elaboration, statement, now, shape),
  );
}

/** A statement with what edits put before, after or in place of it. */
function elaborateStatement(
  elaboration: Elaboration,
  statement: Statement,
  place: Place,
  input: Shape,
): Elaborated {
  const site = siteOf(place.site, statement);
  return withEdits(elaboration, site, place, input, (content, now, shape) => {
    const steps = content?.steps ?? statement.steps;
    const inner = content ? foreignPlace(elaboration, now, content.surroundings) : now;
    if (content && steps.length === 0) return new OpenResult(elaboration, now).give([], shape);
    // What an edit states takes the place of what the base stated.
    const assertion = content?.assertion ?? statement.assertion;
    const whole = { ...statement, steps, ...(assertion ? { assertion } : {}) };
    return elaborateWhole(elaboration, whole, { ...inner, site }, shape);
  });
}

export function withEdits(
  elaboration: Elaboration,
  site: string,
  place: Place,
  input: Shape,
  elaborate: (content: EditContent | undefined, place: Place, shape: Shape) => Elaborated,
): Elaborated {
  const edits = elaboration.plan.at.get(site);
  if (!edits) return elaborate(undefined, place, input);
  const parts: readonly (Inserted | "content")[] = [...edits.before, "content", ...edits.after];
  return inOrder(elaboration, parts, place, input, (part, now, shape) => {
    if (part === "content") return elaborate(edits.content, now, shape);
    const foreign = foreignPlace(elaboration, now, part.surroundings);
    return elaborateStatement(elaboration, part.statement, foreign, shape);
  });
}

/** What an edit puts in place of something that is no statement: a step, a branch, an instance of a repeat. */
export function elaborateContent(
  elaboration: Elaboration,
  content: EditContent,
  place: Place,
  input: Shape,
): Elaborated {
  const foreign = foreignPlace(elaboration, place, content.surroundings);
  return elaborateWhole(elaboration, content, foreign, input);
}

/**
 * What a variant writes stands in the base network, but reads the values of the network alone: those of a module that it is
 * put into are not its own. Only `trunk` is what is around it.
 */
function foreignPlace(
  elaboration: Elaboration,
  place: Place,
  surroundings: EditSurroundings,
): Place {
  const { file, widths } = surroundings;
  const scope: Scope = { ...elaboration.networkScope, trunk: place.scope.trunk };
  return withDefaults(elaboration, { ...place, file, scope, widths }, place.dynamicDefaults);
}

/** A statement on its own: labelled or not, with or without an assertion. */
function elaborateWhole(
  elaboration: Elaboration,
  statement: Statement,
  place: Place,
  input: Shape,
): Elaborated {
  const { label, steps, assertion } = statement;
  const elaborated = label
    ? elaborateLabelled(elaboration, label, steps, statement.span, place, input)
    : elaborateSteps(elaboration, steps, place, input);
  if (!assertion) return elaborated;
  const result = new OpenResult(elaboration, place);
  const { nodes, output } = result.add(elaborated);
  const pattern = toShapePattern(assertion, place.scope, result.onStatic);
  if (!pattern) return result.give(nodes, output);
  const node: SequenceNode = {
    kind: "sequence",
    name: "",
    span: statement.span,
    steps: nodes,
    assertion: pattern,
  };
  return result.give([node], output);
}

/** A label names a scope; a single call or repeat takes the label as its own name. */
function elaborateLabelled(
  elaboration: Elaboration,
  label: Label,
  steps: readonly Step[],
  span: Span,
  place: Place,
  input: Shape,
): Elaborated {
  const result = new OpenResult(elaboration, place);
  const name = claimLabel(result, label, place);
  const [only] = steps;
  const isMerged = steps.length === 1 && (only?.kind === "call" || only?.kind === "repeat");
  if (only && isMerged) {
    // An edit to the name is one to the statement, and not only to the step.
    result.addName(name, place.site);
    const merged = result.add(elaboration.elaborateStep(elaboration, only, place, input, name));
    const nodes = merged.nodes.map((node) => withFormerName(node, label));
    return result.give(nodes, merged.output);
  }
  const { nodes, output } = result.add(
    elaborateSteps(elaboration, steps, insideScope(name, place), input),
    { name, site: place.site },
  );
  return result.give([withFormerName(sequence(name, span, nodes), label)], output);
}

function elaborateSteps(
  elaboration: Elaboration,
  steps: readonly Step[],
  place: Place,
  input: Shape,
): Elaborated {
  return inOrder(elaboration, steps, place, input, (step, around, shape) => {
    const site = siteOf(place.site, step);
    return withEdits(elaboration, site, around, shape, (content, now, before) => {
      if (!content) return elaboration.elaborateStep(elaboration, step, now, before);
      return elaborateContent(elaboration, content, { ...now, site }, before);
    });
  });
}
