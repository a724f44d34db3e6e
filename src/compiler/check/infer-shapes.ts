/**
 * Infers the shape of the tensor before and after every node, and reports what does not fit.
 *
 * A mistake is reported once, where it is made; the sizes that depend on it become unknown and cause no further
 * reports. A module is inferred once for each input shape, so a mistake inside it names the first place of use.
 */

import { unreachable } from "../core/assert.ts";
import { formatShape, writeSize } from "../core/format-shape.ts";
import type { Span } from "../core/span.ts";
import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import type { Report } from "../diagnostics/outcome.ts";
import type {
  Architecture,
  CallNode,
  FactorNode,
  GateNode,
  JoinNode,
  ModuleInstance,
  Node,
  OperatorNode,
  ResidualNode,
  SequenceNode,
} from "../ir/architecture.ts";
import {
  channelsOf,
  compareShapes,
  isKnown,
  isUnknownShape,
  type Shape,
  shareOf,
  UNKNOWN,
} from "../ir/dimension.ts";
import type { ShapedNode } from "../ir/shaped.ts";
import { operatorNamed } from "../ops/registry.ts";
import { composeFactor } from "./compose-factor.ts";
import { endSpan, headSpan } from "./head-span.ts";
import { joinShapes } from "./join-shapes.ts";
import { type Bindings, describePattern, matchShape, repairPattern } from "./match-shape.ts";
import { repairJoin } from "./repair-join.ts";
import { repairOperator } from "./repair-operator.ts";
import { repairFilters, repairResidual } from "./repair-residual.ts";

/** Module instances without findings by the shape that goes in: the same for every network that holds them. */
export type SharedShapes = WeakMap<ModuleInstance, Map<string, ShapedNode>>;

/** Infers the shapes of a whole network, from its declared input or from another. */
export function inferShapes(
  architecture: Architecture,
  report: Report,
  { input = architecture.input, shared = new WeakMap() }: InferOptions = {},
): ShapedNode {
  const inference = startInference(report, shared);
  return inferNode(inference, openSurroundings([]), architecture.body, input);
}

/** Infers the shapes of a module on its own, from the input shape declared in its signature. */
export function inferModule(
  instance: ModuleInstance,
  input: Shape,
  report: Report,
  shared: SharedShapes = new WeakMap(),
): ShapedNode {
  const inference = startInference(report, shared);
  return inferInstance(inference, instance, instance.module.span, input, []);
}

export interface InferOptions {
  /** Without it, what the network declares. */
  readonly input?: Shape;
  readonly shared?: SharedShapes;
}

interface Inference {
  readonly report: Report;
  /** Results for modules by input shape. */
  readonly instances: Map<ModuleInstance, Map<string, ShapedNode>>;
  readonly shared: SharedShapes;
  /** Findings so far. */
  findings: number;
}

function startInference(report: Report, shared: SharedShapes): Inference {
  const inference: Inference = {
    report: (...finding) => {
      inference.findings++;
      report(...finding);
    },
    instances: new Map(),
    shared,
    findings: 0,
  };
  return inference;
}

/** One use of a module (or the network itself). */
interface Surroundings {
  readonly bindings: Bindings;
  /** Results for nodes by input shape: equal repeats are inferred once. */
  readonly known: Map<Node, Map<string, ShapedNode>>;
  /** The calls that lead here, innermost first. */
  readonly uses: readonly RelatedPlace[];
}

function openSurroundings(uses: readonly RelatedPlace[]): Surroundings {
  return { bindings: new Map(), known: new Map(), uses };
}

function inferNode(
  inference: Inference,
  around: Surroundings,
  node: Node,
  input: Shape,
): ShapedNode {
  const key = input.join();
  const known = around.known.get(node) ?? new Map<string, ShapedNode>();
  const before = known.get(key);
  if (before) return before;
  const shaped = inferKind(inference, around, node, input);
  known.set(key, shaped);
  around.known.set(node, known);
  return shaped;
}

function inferKind(
  inference: Inference,
  around: Surroundings,
  node: Node,
  input: Shape,
): ShapedNode {
  switch (node.kind) {
    case "sequence":
      return inferSequence(inference, around, node, input);
    case "operator":
      return inferOperator(inference, around, node, input);
    case "concat":
    case "sum":
    case "split":
      return inferJoin(inference, around, node, input);
    case "residual":
      return inferResidual(inference, around, node, input);
    case "scale_by":
      return inferGate(inference, around, node, input);
    case "factor":
      return inferFactor(inference, around, node, input);
    case "repeat":
      return inferChain(inference, around, node, node.instances, input);
    case "call":
      return inferCall(inference, around, node, input);
    case "aux": {
      const body = inferNode(inference, around, node.body, input);
      return { node, input, output: input, children: [body] };
    }
    case "hole":
      return { node, input, output: input.map(() => UNKNOWN), children: [] };
    default:
      return unreachable(node);
  }
}

/** Nodes one after another. */
function inferChain(
  inference: Inference,
  around: Surroundings,
  node: Node,
  steps: readonly Node[],
  input: Shape,
): ShapedNode {
  const children: ShapedNode[] = [];
  let shape = input;
  for (const step of steps) {
    const child = inferNode(inference, around, step, shape);
    children.push(child);
    shape = child.output;
  }
  return { node, input, output: shape, children };
}

function inferSequence(
  inference: Inference,
  around: Surroundings,
  node: SequenceNode,
  input: Shape,
): ShapedNode {
  const shaped = inferChain(inference, around, node, node.steps, input);
  const { assertion } = node;
  if (assertion) {
    const { bindings, uses } = around;
    const expected = describePattern(assertion, bindings);
    if (matchShape(assertion, shaped.output, bindings) === "different") {
      const [only] = node.steps;
      inference.report(
        "shape/assertion-mismatch",
        assertion.span,
        {
          expected,
          found: formatShape(shaped.output),
          step: node.steps.length === 1 && only ? only.name : "",
        },
        { related: uses },
      );
    }
  }
  return shaped;
}

function inferOperator(
  inference: Inference,
  around: Surroundings,
  node: OperatorNode,
  input: Shape,
): ShapedNode {
  const definition = operatorNamed(node.operator);
  // Where nothing is known any more, not even the rank can be wrong.
  const isSilent = isUnknownShape(input);
  const output = definition.inferShape(node.attributes, input, (code, parameters, attribute) => {
    if (isSilent) return;
    const span = (attribute && node.attributeSpans[attribute]) || node.span;
    const repair = repairOperator(code, node);
    inference.report(code, span, parameters, { related: around.uses, ...repair });
  });
  return { node, input, output, children: [] };
}

function inferJoin(
  inference: Inference,
  around: Surroundings,
  node: JoinNode,
  input: Shape,
): ShapedNode {
  const parts = node.branches.length;
  const channels = channelsOf(input);
  if (node.kind === "split" && isKnown(channels) && channels % parts !== 0) {
    const facts = { channels, parts };
    inference.report("shape/split-does-not-divide", headSpan(node.span), facts, {
      related: around.uses,
    });
  }
  const given = node.kind === "split" ? shareOf(input, parts) : input;
  const children = node.branches.map((branch) => inferNode(inference, around, branch, given));
  const { output, differ } = joinShapes(
    node.kind,
    children.map((child) => child.output),
  );
  if (differ !== undefined) {
    const branches = children.map((child) => ({
      label: child.node.name,
      shape: formatShape(child.output),
    }));
    const related = children.map((child) => ({
      span: child.node.span,
      message: `this branch gives ${formatShape(child.output)}`,
    }));
    const extras = {
      related: [...related, ...around.uses],
      fixes: repairJoin(node.kind, children),
    };
    const span = headSpan(node.span);
    if (node.kind === "sum") {
      inference.report("shape/sum-mismatch", span, { branches, differ }, extras);
    } else {
      const facts = { join: node.kind, branches, differ };
      inference.report("shape/concat-mismatch", span, facts, extras);
    }
  }
  return { node, input, output, children };
}

function inferResidual(
  inference: Inference,
  around: Surroundings,
  node: ResidualNode,
  input: Shape,
): ShapedNode {
  const body = inferNode(inference, around, node.body, input);
  const shortcut = node.shortcut && inferNode(inference, around, node.shortcut, input);
  const other = shortcut?.output ?? input;
  if (compareShapes(body.output, other) === "different") {
    const { help, fixes } = repairResidual(body, other, shortcut);
    const sides = [
      { span: endSpan(node.body), message: `the body gives ${formatShape(body.output)}` },
      ...(node.shortcut
        ? [{ span: endSpan(node.shortcut), message: `the shortcut gives ${formatShape(other)}` }]
        : []),
    ];
    inference.report(
      "shape/residual-mismatch",
      headSpan(node.span),
      {
        body: formatShape(body.output),
        trunk: formatShape(other),
        shortcut: shortcut !== undefined,
        ...(help === undefined ? {} : { repair: help }),
      },
      { related: [...sides, ...around.uses], fixes },
    );
  }
  return { node, input, output: other, children: shortcut ? [body, shortcut] : [body] };
}

function inferGate(
  inference: Inference,
  around: Surroundings,
  node: GateNode,
  input: Shape,
): ShapedNode {
  const body = inferNode(inference, around, node.body, input);
  const gate = body.output;
  // A vector gates the channels.
  const spread = gate.length === 1 && input.length === 3 ? [1, 1, ...gate] : gate;
  const fits =
    spread.length === input.length &&
    spread.every((side, axis) => side === 1 || !areKnownToDiffer(side, input[axis]));
  if (!fits && !isUnknownShape(gate) && !isUnknownShape(input)) {
    const sides = [{ span: endSpan(node.body), message: `the gate is ${formatShape(gate)}` }];
    const fix = repairFilters(body, channelsOf(input));
    inference.report(
      "shape/gate-mismatch",
      headSpan(node.span),
      { gate: formatShape(gate), input: formatShape(input) },
      { related: [...sides, ...around.uses], fixes: fix ? [fix] : [] },
    );
  }
  return { node, input, output: input, children: [body] };
}

/** Whether two sides are known to differ. */
function areKnownToDiffer(a: Shape[number], b: Shape[number] | undefined): boolean {
  return compareShapes([a], [b ?? UNKNOWN]) === "different";
}

function inferFactor(
  inference: Inference,
  around: Surroundings,
  node: FactorNode,
  input: Shape,
): ShapedNode {
  const shaped = inferChain(inference, around, node, node.parts, input);
  const composed = composeFactor(node);
  if (composed[0] !== node.kernel[0] || composed[1] !== node.kernel[1]) {
    const parts = node.parts.map(({ attributes }) => sizeText(attributes.kernel)).join(", ");
    inference.report(
      "shape/factor-does-not-compose",
      node.kernelSpan,
      { declared: formatShape(node.kernel), composed: formatShape(composed), parts: `(${parts})` },
      {
        related: around.uses,
        fixes: [
          {
            title: `write ${writeSize(composed)}`,
            applicability: "suggested",
            edits: [{ span: node.kernelSpan, text: writeSize(composed) }],
          },
        ],
      },
    );
  }
  return shaped;
}

function sizeText(size: unknown): string {
  return Array.isArray(size) ? formatShape(size) : String(size);
}

function inferCall(
  inference: Inference,
  around: Surroundings,
  node: CallNode,
  input: Shape,
): ShapedNode {
  const { instance, span } = node;
  const use = { span, message: `\`${instance.module.name}\` is used here` };
  const body = inferInstance(inference, instance, span, input, [use, ...around.uses]);
  return { node, input, output: body.output, children: [body] };
}

function inferInstance(
  inference: Inference,
  instance: ModuleInstance,
  callSpan: Span,
  input: Shape,
  uses: readonly RelatedPlace[],
): ShapedNode {
  const key = input.join();
  const known = inference.instances.get(instance) ?? new Map<string, ShapedNode>();
  const shared = inference.shared.get(instance) ?? new Map<string, ShapedNode>();
  const clean = shared.get(key);
  if (clean) return clean;
  const { findings } = inference;
  const before = known.get(key);
  if (before) {
    // Its findings are not reported again, but they count for everything that contains it.
    inference.findings++;
    return before;
  }
  const { module, signature, body } = instance;
  const around = openSurroundings(uses);
  const isTaken =
    !signature ||
    keepsContract(inference, module.name, "input", signature.input, input, around, callSpan);
  const shaped = inferNode(inference, around, body, input);
  // What goes wrong with a wrong input is not the module's fault.
  if (signature && isTaken) {
    const { span } = signature.output;
    keepsContract(inference, module.name, "output", signature.output, shaped.output, around, span);
  }
  known.set(key, shaped);
  inference.instances.set(instance, known);
  if (inference.findings === findings) inference.shared.set(instance, shared.set(key, shaped));
  return shaped;
}

/** The caller is responsible for the input, the module for the output. Gives `false` after reporting. */
function keepsContract(
  inference: Inference,
  module: string,
  side: "input" | "output",
  pattern: NonNullable<ModuleInstance["signature"]>["input"],
  shape: Shape,
  { bindings, uses }: Surroundings,
  span: Span,
): boolean {
  const expected = describePattern(pattern, bindings);
  if (matchShape(pattern, shape, bindings) !== "different") return true;
  const promise = { span: pattern.span, message: "declared in the signature here" };
  inference.report(
    "shape/signature-mismatch",
    span,
    {
      module,
      side,
      expected,
      found: formatShape(shape),
      promise: repairPattern(pattern, shape, bindings),
    },
    { related: side === "input" ? [promise, ...uses.slice(1)] : uses },
  );
  return false;
}
