/** Owns syntax → IR for statements and steps: names, repeats, branches, residuals, edits of variants. */
import { unreachable } from "../core/assert.ts";
import type { Span } from "../core/span.ts";
import type { Node, SequenceNode } from "../ir/architecture.ts";
import { addDimensions, channelsOf, isKnown, type Shape, UNKNOWN } from "../ir/dimension.ts";
import { joinPath } from "../ir/walk.ts";
import { findOperator } from "../ops/registry.ts";
import type {
  AuxStep,
  Block,
  Branch,
  FactorStep,
  Identifier,
  JoinStep,
  OperatorStep,
  RepeatStep,
  ResidualStep,
  Statement,
  Step,
} from "../syntax/ast.ts";
import { checkInteger, convertValue } from "./convert-value.ts";
import { evaluateDefaults, layDefaults } from "./defaults.ts";
import { type EditSurroundings, instanceSite, siteOf } from "./edit-plan.ts";
import { evaluate } from "./evaluate.ts";
import { elaborateCall } from "./instantiate.ts";
import { createNamer } from "./namer.ts";
import {
  channelShape,
  type Elaboration,
  fixParameters,
  type Place,
  withDefaults,
} from "./place.ts";
import { type OperatorSyntax, resolveOperator } from "./resolve-operator.ts";
import { letScope, valueScope } from "./scope.ts";
import { toShapePattern } from "./shape-pattern.ts";
import { describeValue, numberValue, type Value } from "./value.ts";
import { TRUNK } from "./words.ts";

/** Nodes in order, and what is known of the shape after them: rank and channels. */
export interface Elaborated {
  readonly nodes: readonly Node[];
  readonly output: Shape;
}

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
export function enterBlock(elaboration: Elaboration, block: Block, place: Place): Place {
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

function inOrder<Part>(
  parts: readonly Part[],
  input: Shape,
  elaborate: (part: Part, shape: Shape) => Elaborated,
): Elaborated {
  const nodes: Node[] = [];
  let shape = input;
  for (const part of parts) {
    const { nodes: more, output } = elaborate(part, shape);
    nodes.push(...more);
    shape = output;
  }
  return { nodes, output: shape };
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
    return elaborateWhole(elaboration, { ...statement, steps }, { ...inner, site }, shape);
  });
}

function withEdits(
  elaboration: Elaboration,
  site: string,
  place: Place,
  input: Shape,
  elaborate: (
    content:
      | { readonly steps: readonly Step[]; readonly surroundings: EditSurroundings }
      | undefined,
    shape: Shape,
  ) => Elaborated,
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

/** What a variant writes stands in the base network, but names mean what they mean in the variant's file. */
function foreignPlace(
  elaboration: Elaboration,
  place: Place,
  surroundings: EditSurroundings,
): Place {
  const { file, widths } = surroundings;
  const fileScope = elaboration.fileScope(file);
  const scope = {
    lookup: (name: string) => place.scope.lookup(name) ?? fileScope.lookup(name),
  };
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
  label: Identifier,
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
  if (only && isMerged) return elaborateStep(elaboration, only, place, input, name);
  const inner = { ...place, path, namer: createNamer() };
  const { nodes, output } = elaborateSteps(elaboration, steps, inner, input);
  return { nodes: [{ kind: "sequence", name, span, steps: nodes }], output };
}

function claimLabel(elaboration: Elaboration, label: Identifier, place: Place): string {
  if (!place.namer.claim(label.text)) {
    elaboration.report("name/duplicate-label", label.span, { name: label.text, scope: place.path });
    return place.namer.next(label.text);
  }
  return label.text;
}

function recordPath(elaboration: Elaboration, path: string, site: string): void {
  const found = elaboration.search?.found;
  if (found && !found.has(path)) found.set(path, site);
}

function elaborateSteps(
  elaboration: Elaboration,
  steps: readonly Step[],
  place: Place,
  input: Shape,
): Elaborated {
  return inOrder(steps, input, (step, shape) => {
    const site = siteOf(place.site, step);
    return withEdits(elaboration, site, place, shape, (content, before) => {
      if (!content) return elaborateStep(elaboration, step, place, before);
      const inner = foreignPlace(elaboration, place, content.surroundings);
      return elaborateSteps(elaboration, content.steps, { ...inner, site }, before);
    });
  });
}

/** One step; `name` is given when a label or a repeat already named it. */
export function elaborateStep(
  elaboration: Elaboration,
  step: Step,
  place: Place,
  input: Shape,
  name?: string,
): Elaborated {
  if (elaboration.isFull) return hole(step.span, input);
  const own: Place = { ...place, site: siteOf(place.site, step) };
  switch (step.kind) {
    case "operator":
      return elaborateOperator(elaboration, step, own, input);
    case "call":
      return elaborateCall(elaboration, step, own, input, name);
    case "factor":
      return elaborateFactor(elaboration, step, own, input);
    case "join":
      return elaborateJoin(elaboration, step, own, input);
    case "residual":
      return elaborateResidual(elaboration, step, own, input);
    case "scale_by": {
      const scoped = openScope(elaboration, "scale_by", own);
      const body = elaborateBlock(elaboration, step.body, scoped.place, input);
      const node: Node = {
        kind: "scale_by",
        name: scoped.name,
        span: step.span,
        body: sequence("", step.body.span, body.nodes),
      };
      return { nodes: [node], output: input };
    }
    case "aux":
      return elaborateAux(elaboration, step, own, input);
    case "block": {
      const body = elaborateBlock(elaboration, step.block, own, input);
      return { nodes: [sequence("", step.span, body.nodes)], output: body.output };
    }
    case "repeat":
      return elaborateRepeat(elaboration, step, own, input, name);
    default:
      return unreachable(step);
  }
}

export function hole(span: Span, input: Shape): Elaborated {
  const output = input.length === 1 ? [UNKNOWN] : [UNKNOWN, UNKNOWN, UNKNOWN];
  return { nodes: [{ kind: "hole", name: "", span }], output };
}

function sequence(name: string, span: Span, steps: readonly Node[]): SequenceNode {
  return { kind: "sequence", name, span, steps };
}

/** A named scope inside the one of `place`. */
function openScope(
  elaboration: Elaboration,
  base: string,
  place: Place,
): { readonly name: string; readonly place: Place } {
  const name = place.namer.next(base);
  const path = joinPath(place.path, name);
  recordPath(elaboration, path, place.site);
  return { name, place: { ...place, path, namer: createNamer() } };
}

function elaborateOperator(
  elaboration: Elaboration,
  step: OperatorStep,
  place: Place,
  input: Shape,
): Elaborated {
  if (step.operator.text === "project" && place.trunk === undefined) {
    elaboration.report("type/project-outside-residual", step.span, {});
    return hole(step.span, input);
  }
  return addOperator(elaboration, step, place, input) ?? hole(step.span, input);
}

function addOperator(
  elaboration: Elaboration,
  syntax: OperatorSyntax,
  place: Place,
  input: Shape,
): Elaborated | undefined {
  if (!countLayers(elaboration, 1, syntax.span)) return undefined;
  const operator = syntax.operator.text;
  const isProject = operator === "project";
  // What the trunk is may be unknown after an error elsewhere; that error was reported there.
  if (isProject && !isKnown(place.trunk ?? UNKNOWN)) return undefined;
  const name = place.namer.next(operator);
  recordPath(elaboration, joinPath(place.path, name), place.site);
  const node = resolveOperator(
    syntax,
    name,
    {
      scope: place.scope,
      defaults: place.defaults,
      widths: place.widths,
      report: elaboration.report,
      onStatic: (parameter) => elaboration.staticParameters.add(parameter),
      onChannels: (parameter) => elaboration.channelParameters.add(parameter),
    },
    isProject && typeof place.trunk === "number" ? place.trunk : undefined,
  );
  if (!node) return undefined;
  const output = findOperator(operator)?.inferShape(node.attributes, input, () => {}) ?? input;
  return { nodes: [node], output: channelShape(output) };
}

/** Counts layers against the limit; past it, reports once and gives `false` from then on. */
export function countLayers(elaboration: Elaboration, count: number, span: Span): boolean {
  if (elaboration.isFull) return false;
  elaboration.layers += count;
  if (elaboration.layers <= elaboration.limits.layers) return true;
  elaboration.isFull = true;
  elaboration.report("type/too-many-layers", span, { limit: elaboration.limits.layers });
  return false;
}

function elaborateFactor(
  elaboration: Elaboration,
  step: FactorStep,
  place: Place,
  input: Shape,
): Elaborated {
  const definition = findOperator("conv")?.attributes.kernel;
  const value = evaluate(step.kernel, place.scope, elaboration.report);
  if (!definition || !value) return hole(step.span, input);
  fixParameters(elaboration, value);
  const what = "the kernel of `factor`";
  const kernel = convertValue(definition, value, what, step.kernel.span, elaboration.report);
  const scoped = openScope(elaboration, "factor", place);
  const body = inOrder(step.parts, input, (part, shape) => {
    const operator = { text: "conv", span: part.span };
    const syntax = {
      operator,
      operands: part.operands,
      modifiers: part.modifiers,
      span: part.span,
    };
    return addOperator(elaboration, syntax, scoped.place, shape) ?? hole(part.span, shape);
  });
  const parts = body.nodes.filter((node) => node.kind === "operator");
  const [height, width] = Array.isArray(kernel) ? (kernel as readonly number[]) : [];
  if (height === undefined || width === undefined || parts.length < body.nodes.length) {
    return hole(step.span, input);
  }
  const node: Node = {
    kind: "factor",
    name: scoped.name,
    span: step.span,
    kernel: [height, width],
    kernelSpan: step.kernel.span,
    parts,
  };
  return { nodes: [node], output: body.output };
}

function elaborateJoin(
  elaboration: Elaboration,
  step: JoinStep,
  place: Place,
  input: Shape,
): Elaborated {
  const name = place.namer.next(step.join);
  recordPath(elaboration, joinPath(place.path, name), place.site);
  const branches: SequenceNode[] = [];
  const outputs: Shape[] = [];
  for (const branch of step.branches) {
    const elaborated = elaborateBranch(elaboration, branch, place, input);
    if (!elaborated) continue;
    branches.push(elaborated.node);
    outputs.push(elaborated.output);
  }
  const [first = input] = outputs;
  if (branches.length === 0) {
    elaboration.report("type/empty-join", step.span, { join: step.join });
    return hole(step.span, input);
  }
  const output =
    step.join === "sum"
      ? first
      : [...first.slice(0, -1), outputs.map(channelsOf).reduce(addDimensions)];
  return { nodes: [{ kind: step.join, name, span: step.span, branches }], output };
}

/** A branch; nothing when an edit removed it. */
function elaborateBranch(
  elaboration: Elaboration,
  branch: Branch,
  place: Place,
  input: Shape,
): { readonly node: SequenceNode; readonly output: Shape } | undefined {
  const site = siteOf(place.site, branch);
  const edits = elaboration.plan.at.get(site);
  if (edits?.content?.steps.length === 0) return undefined;
  let name = "";
  let inner: Place = { ...place, site };
  if (branch.label) {
    name = claimLabel(elaboration, branch.label, place);
    const path = joinPath(place.path, name);
    recordPath(elaboration, path, site);
    inner = { ...inner, path, namer: createNamer() };
  }
  const { nodes, output } = withEdits(elaboration, site, inner, input, (content, shape) => {
    if (!content) return elaborateBranchContent(elaboration, branch, inner, shape);
    const foreign = foreignPlace(elaboration, inner, content.surroundings);
    return elaborateSteps(elaboration, content.steps, foreign, shape);
  });
  return { node: sequence(name, branch.span, nodes), output };
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
    return elaborateStep(elaboration, step, inner, input, "");
  }
  return elaborateStatements(elaboration, branch.statements, place, input);
}

function elaborateResidual(
  elaboration: Elaboration,
  step: ResidualStep,
  place: Place,
  input: Shape,
): Elaborated {
  const scoped = openScope(elaboration, "residual", place);
  const trunk = channelsOf(input);
  const values = new Map<string, Value | "failed">([
    [TRUNK, isKnown(trunk) ? numberValue(trunk) : "failed"],
  ]);
  const named = valueScope(values, place.scope);
  const scope = {
    lookup: (name: string) => {
      if (name === TRUNK) elaboration.usesTrunk = true;
      return named.lookup(name);
    },
  };
  const inside: Place = { ...scoped.place, scope, trunk };
  const body = elaborateBlock(elaboration, step.body, inside, input);
  const shortcutPlace = {
    ...inside,
    path: joinPath(inside.path, "shortcut"),
    namer: createNamer(),
  };
  const shortcut = step.shortcut
    ? elaborateBlock(elaboration, step.shortcut, shortcutPlace, input)
    : undefined;
  const scale = elaborateScale(elaboration, step, place);
  if (scale === undefined) return hole(step.span, input);
  const node: Node = {
    kind: "residual",
    name: scoped.name,
    span: step.span,
    ...scale,
    body: sequence("", step.body.span, body.nodes),
    ...(step.shortcut && shortcut
      ? { shortcut: sequence("shortcut", step.shortcut.span, shortcut.nodes) }
      : {}),
  };
  return { nodes: [node], output: shortcut?.output ?? input };
}

const SCALE = { type: "float", doc: "Factor of the body before the addition." } as const;

function elaborateScale(elaboration: Elaboration, step: ResidualStep, place: Place) {
  const attribute = step.attributes.find(({ name }) => name.text === "scale");
  if (!attribute) return { scale: 1 };
  const value = evaluate(attribute.value, place.scope, elaboration.report);
  if (!value) return undefined;
  const what = "`scale` of `residual`";
  const scale = convertValue(SCALE, value, what, attribute.value.span, elaboration.report);
  if (typeof scale !== "number") return undefined;
  const option = value.kind === "number" ? value.option : undefined;
  if (!option) fixParameters(elaboration, value);
  return { scale, scaleSpan: attribute.span, ...(option ? { scaleOption: option } : {}) };
}

function elaborateAux(
  elaboration: Elaboration,
  step: AuxStep,
  place: Place,
  input: Shape,
): Elaborated {
  const name = claimLabel(elaboration, step.name, place);
  const path = joinPath(place.path, name);
  recordPath(elaboration, path, place.site);
  const inner = { ...place, path, namer: createNamer() };
  const body = elaborateBlock(elaboration, step.body, inner, input);
  const node: Node = {
    kind: "aux",
    name,
    span: step.span,
    body: sequence("", step.body.span, body.nodes),
  };
  return { nodes: [node], output: input };
}

function elaborateRepeat(
  elaboration: Elaboration,
  step: RepeatStep,
  place: Place,
  input: Shape,
  given?: string,
): Elaborated {
  const count = repeatCount(elaboration, step, place);
  if (count === undefined) return hole(step.span, input);
  const name = given ?? place.namer.next("repeat");
  const path = joinPath(place.path, name);
  recordPath(elaboration, path, place.site);
  const instances: Node[] = [];
  let shape = input;
  let previous: { readonly node: Node; readonly input: Shape; readonly layers: number } | undefined;
  for (let index = 0; index < count && !elaboration.isFull; index++) {
    const instancePath = joinPath(path, String(index));
    const site = instanceSite(place.site, index);
    const isShared = !elaboration.plan.touches(site) && !isSearched(elaboration, instancePath);
    // The output of a repeat is the input of the next; from the second on they are usually the same.
    if (previous && isShared && String(previous.input) === String(shape)) {
      const left = count - index;
      if (!countLayers(elaboration, previous.layers * left, step.span)) break;
      instances.push(
        ...Array.from({ length: left }, () => previous?.node ?? sequence("", step.span, [])),
      );
      break;
    }
    const before = elaboration.layers;
    const inner = { ...place, path: instancePath, site, namer: createNamer() };
    recordPath(elaboration, instancePath, site);
    const result = elaborateInstance(elaboration, step, inner, shape);
    if (!result) continue;
    if (isShared)
      previous = { node: result.node, input: shape, layers: elaboration.layers - before };
    else previous = undefined;
    // A step that keeps its input's channels makes the next instance the same.
    shape = result.output;
    instances.push(result.node);
  }
  return { nodes: [{ kind: "repeat", name, span: step.span, instances }], output: shape };
}

function isSearched(elaboration: Elaboration, path: string): boolean {
  const wanted = elaboration.search?.path;
  return wanted !== undefined && (wanted === path || wanted.startsWith(`${path}.`));
}

/** One instance; nothing when an edit removed it. */
function elaborateInstance(
  elaboration: Elaboration,
  step: RepeatStep,
  place: Place,
  input: Shape,
): { readonly node: Node; readonly output: Shape } | undefined {
  const edits = elaboration.plan.at.get(place.site);
  if (!edits) {
    const { nodes, output } = elaborateStep(elaboration, step.step, place, input, "");
    const [only] = nodes;
    const isSingle = nodes.length === 1 && only?.kind !== "operator";
    return { node: only && isSingle ? only : sequence("", step.span, nodes), output };
  }
  if (edits.content?.steps.length === 0 && edits.before.length + edits.after.length === 0) {
    return undefined;
  }
  const { nodes, output } = withEdits(elaboration, place.site, place, input, (content, shape) => {
    if (!content) return elaborateStep(elaboration, step.step, place, shape, "");
    const foreign = foreignPlace(elaboration, place, content.surroundings);
    return elaborateSteps(elaboration, content.steps, foreign, shape);
  });
  return { node: sequence("", step.span, nodes), output };
}

function repeatCount(elaboration: Elaboration, step: RepeatStep, place: Place): number | undefined {
  const { report } = elaboration;
  const value = evaluate(step.count, place.scope, report);
  if (!value) return undefined;
  fixParameters(elaboration, value);
  const what = "a repeat count";
  const { span } = step.count;
  if (value.kind !== "number") {
    report("type/mismatch", span, {
      what,
      expected: "a whole number",
      found: describeValue(value),
    });
    return undefined;
  }
  if (!checkInteger(value.value, what, span, report)) return undefined;
  if (value.value < 1) {
    report("type/out-of-range", span, { what, range: "at least 1", found: value.value });
    return undefined;
  }
  if (value.value > elaboration.limits.layers) {
    elaboration.isFull = true;
    report("type/too-many-layers", span, { limit: elaboration.limits.layers });
    return undefined;
  }
  return value.value;
}
