/** Elaborates `concat`, `sum` and `split`: branches, their labels, and edits that replace or remove a branch. */
import type { SequenceNode } from "../ir/architecture.ts";
import { addDimensions, channelsOf, type Shape, shareOf } from "../ir/dimension.ts";
import type { Branch, JoinStep } from "../syntax/ast.ts";
import { siteOf } from "./edit-plan.ts";
import { elaborateContent, elaborateStatements, withEdits } from "./elaborate-statement.ts";
import { type Elaborated, sequence, withFormerName } from "./elaborated.ts";
import { claimLabel, insideScope, OpenResult } from "./open-result.ts";
import type { Elaboration, Place } from "./place.ts";

export function elaborateJoin(
  elaboration: Elaboration,
  step: JoinStep,
  place: Place,
  input: Shape,
): Elaborated {
  const result = new OpenResult(elaboration, place);
  const name = place.namer.next(step.join);
  result.addName(name, place.site);
  const branches: SequenceNode[] = [];
  const outputs: Shape[] = [];
  const kept = step.branches.filter((branch) => !isRemoved(elaboration, branch, place));
  const given = step.join === "split" ? shareOf(input, kept.length) : input;
  for (const branch of kept) {
    const elaborated = elaborateBranch(elaboration, branch, place, given, result);
    branches.push(elaborated.node);
    outputs.push(elaborated.output);
  }
  const [first = input] = outputs;
  if (branches.length === 0) {
    result.report("type/empty-join", step.span, { join: step.join });
    return result.hole(step.span, input);
  }
  const output =
    step.join === "sum"
      ? first
      : [...first.slice(0, -1), outputs.map(channelsOf).reduce(addDimensions)];
  return result.give([{ kind: step.join, name, span: step.span, branches }], output);
}

function isRemoved({ plan }: Elaboration, branch: Branch, place: Place): boolean {
  return plan.at.get(siteOf(place.site, branch))?.content?.steps.length === 0;
}

function elaborateBranch(
  elaboration: Elaboration,
  branch: Branch,
  place: Place,
  input: Shape,
  result: OpenResult,
): { readonly node: SequenceNode; readonly output: Shape } {
  const { label, span } = branch;
  const site = siteOf(place.site, branch);
  const name = label ? claimLabel(result, label, place) : "";
  const around = result.next({ ...place, site });
  const inner = label ? insideScope(name, around) : around;
  const elaborated = withEdits(elaboration, site, inner, input, (content, now, shape) => {
    if (!content) return elaborateBranchContent(elaboration, branch, now, shape);
    return elaborateContent(elaboration, content, now, shape);
  });
  result.add(elaborated, label && { name, site });
  const node = withFormerName(sequence(name, span, elaborated.nodes), label);
  return { node, output: elaborated.output };
}

function elaborateBranchContent(
  elaboration: Elaboration,
  branch: Branch,
  place: Place,
  input: Shape,
): Elaborated {
  const [only, second] = branch.statements;
  const [step] = only?.steps ?? [];
  const isSingleCall =
    branch.label !== undefined &&
    second === undefined &&
    only?.steps.length === 1 &&
    only.assertion === undefined &&
    (step?.kind === "call" || step?.kind === "repeat");
  // The branch's label is the name of a single call in it, as a statement's label is.
  if (only && step && isSingleCall) {
    const inner = { ...place, site: siteOf(place.site, only) };
    return elaboration.elaborateStep(elaboration, step, inner, input, "");
  }
  return elaborateStatements(elaboration, branch.statements, place, input);
}
