/** Elaborates blocks and statements: labels, assertions, and the edits of a variant that apply to them. */
import type { Span } from "../core/span.ts";
import type { SequenceNode } from "../ir/architecture.ts";
import type { Shape } from "../ir/dimension.ts";
import { joinPath } from "../ir/walk.ts";
import type { Block, Label, Statement, Step } from "../syntax/ast.ts";
import { evaluateDefaults, layDefaults } from "./defaults.ts";
import { type EditContent, type EditSurroundings, siteOf } from "./edit-plan.ts";
import { claimLabel, inOrder, recordPath, sequence, withFormerName } from "./elaborated.ts";
import { letScope } from "./let-scope.ts";
import { createNamer } from "./namer.ts";
import { type Elaborated, type Elaboration, type Place, withDefaults } from "./place.ts";
import type { Scope } from "./scope.ts";
import { toShapePattern } from "./shape-pattern.ts";

/** The statements of a block, inside whatever scope `place` is; `lets` and `defaults` hold for this block. */
export function elaborateBlock(
  elaboration: Elaboration,
  block: Block,
  place: Place,
  input: Shape,
): Elaborated {
  return elaborateStatements(
    elaboration,
    block.statements,
    enterBlock(elaboration, block, place),
    input,
  );
}

/** The place inside a block: with its values and defaults. */
function enterBlock(elaboration: Elaboration, block: Block, place: Place): Place {
  const scope = letScope(block.lets, elaboration.report, place.scope);
  if (block.defaults.length === 0) return { ...place, scope };
  const own = evaluateDefaults(block.defaults, scope, elaboration.report, (parameter) =>
    elaboration.staticParameters.add(parameter),
  );
  return withDefaults(elaboration, { ...place, scope }, layDefaults(place.dynamicDefaults, own));
}

export function elaborateStatements(
  elaboration: Elaboration,
  statements: readonly Statement[],
  place: Place,
  input: Shape,
): Elaborated {
  return inOrder(statements, input, (statement, shape) =>
    elaborateStatement(elaboration, statement, place, shape),
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
  return withEdits(elaboration, site, place, input, (content, shape) => {
    const steps = content?.steps ?? statement.steps;
    const inner = content ? foreignPlace(elaboration, place, content.surroundings) : place;
    if (content && steps.length === 0) return { nodes: [], output: shape };
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
  elaborate: (content: EditContent | undefined, shape: Shape) => Elaborated,
): Elaborated {
  const edits = elaboration.plan.at.get(site);
  if (!edits) return elaborate(undefined, input);
  const inserted = (list: typeof edits.before, shape: Shape): Elaborated =>
    inOrder(list, shape, ({ statement, surroundings }, before) =>
      elaborateStatement(
        elaboration,
        statement,
        foreignPlace(elaboration, place, surroundings),
        before,
      ),
    );
  const before = inserted(edits.before, input);
  const middle = elaborate(edits.content, before.output);
  const after = inserted(edits.after, middle.output);
  return { nodes: [...before.nodes, ...middle.nodes, ...after.nodes], output: after.output };
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
export function foreignPlace(
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
  const result = label
    ? elaborateLabelled(elaboration, label, steps, statement.span, place, input)
    : elaborateSteps(elaboration, steps, place, input);
  if (!assertion) return result;
  const pattern = toShapePattern(assertion, place.scope, (name) =>
    elaboration.staticParameters.add(name),
  );
  if (!pattern) return result;
  const node: SequenceNode = {
    kind: "sequence",
    name: "",
    span: statement.span,
    steps: result.nodes,
    assertion: pattern,
  };
  return { nodes: [node], output: result.output };
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
  const name = claimLabel(elaboration, label, place);
  const path = joinPath(place.path, name);
  recordPath(elaboration, path, place.site);
  const [only] = steps;
  const isMerged = steps.length === 1 && (only?.kind === "call" || only?.kind === "repeat");
  if (only && isMerged) {
    const merged = elaboration.elaborateStep(elaboration, only, place, input, name);
    return { ...merged, nodes: merged.nodes.map((node) => withFormerName(node, label)) };
  }
  const inner = { ...place, path, namer: createNamer() };
  const { nodes, output } = elaborateSteps(elaboration, steps, inner, input);
  return { nodes: [withFormerName(sequence(name, span, nodes), label)], output };
}

export function elaborateSteps(
  elaboration: Elaboration,
  steps: readonly Step[],
  place: Place,
  input: Shape,
): Elaborated {
  return inOrder(steps, input, (step, shape) => {
    const site = siteOf(place.site, step);
    return withEdits(elaboration, site, place, shape, (content, before) => {
      if (!content) return elaboration.elaborateStep(elaboration, step, place, before);
      return elaborateContent(elaboration, content, { ...place, site }, before);
    });
  });
}
