/** Elaborates one step: operators and factors here, combinators and calls through files of their own. */
import { unreachable } from "../core/assert.ts";
import type { Node } from "../ir/architecture.ts";
import { isKnown, type Shape, UNKNOWN } from "../ir/dimension.ts";
import { joinPath } from "../ir/walk.ts";
import { factorPart, findOperator } from "../ops/registry.ts";
import type { AuxStep, FactorStep, OperatorStep, Step } from "../syntax/ast.ts";
import { convertValue } from "./convert-value.ts";
import { siteOf } from "./edit-plan.ts";
import { elaborateIf } from "./elaborate-if.ts";
import { elaborateJoin } from "./elaborate-join.ts";
import { elaborateRepeat } from "./elaborate-repeat.ts";
import { elaborateResidual } from "./elaborate-residual.ts";
import { elaborateBlock } from "./elaborate-statement.ts";
import {
  claimLabel,
  countExtent,
  hole,
  inOrder,
  openScope,
  recordPath,
  sequence,
} from "./elaborated.ts";
import { evaluate } from "./evaluate.ts";
import { elaborateCall } from "./instantiate.ts";
import { createNamer } from "./namer.ts";
import {
  channelShape,
  type Elaborated,
  type Elaboration,
  fixParameters,
  type Place,
} from "./place.ts";
import { type OperatorSyntax, resolveOperator } from "./resolve-operator.ts";

/** One step; `name` is given when a label or a repeat already named it. */
export function elaborateStep(
  elaboration: Elaboration,
  step: Step,
  place: Place,
  input: Shape,
  name?: string,
): Elaborated {
  if (!countExtent(elaboration, { layers: 0, steps: 1 }, step.span)) return hole(step.span, input);
  const { depth } = elaboration.limits;
  if (place.depth >= depth) {
    elaboration.isFull = true;
    elaboration.report("type/too-deep", step.span, { limit: depth });
    return hole(step.span, input);
  }
  const own: Place = { ...place, site: siteOf(place.site, step), depth: place.depth + 1 };
  elaboration.deepest = Math.max(elaboration.deepest, own.depth);
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
    case "if":
      return elaborateIf(elaboration, step, own, input);
    case "repeat":
      return elaborateRepeat(elaboration, step, own, input, name);
    default:
      return unreachable(step);
  }
}

function elaborateOperator(
  elaboration: Elaboration,
  step: OperatorStep,
  place: Place,
  input: Shape,
): Elaborated {
  if (readsTrunk(step.operator.text) && place.scope.trunk === undefined) {
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
  if (!countExtent(elaboration, { layers: 1, steps: 0 }, syntax.span)) return undefined;
  const operator = syntax.operator.text;
  const isOfTrunk = readsTrunk(operator);
  // What the trunk is may be unknown after an error elsewhere; that error was reported there.
  if (isOfTrunk && !isKnown(place.scope.trunk ?? UNKNOWN)) return undefined;
  const name = place.namer.next(operator, syntax.span);
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
    },
    isOfTrunk && typeof place.scope.trunk === "number" ? place.scope.trunk : undefined,
  );
  if (!node) return undefined;
  const output = findOperator(operator)?.inferShape(node.attributes, input, () => {}) ?? input;
  return { nodes: [node], output: elaboration.hasSizes ? output : channelShape(output) };
}

/** Whether the surrounding residual decides an attribute of the operator, as the filters of `project`. */
function readsTrunk(operator: string): boolean {
  const attributes = Object.values(findOperator(operator)?.attributes ?? {});
  return attributes.some(({ derived }) => derived === true);
}

function elaborateFactor(
  elaboration: Elaboration,
  step: FactorStep,
  place: Place,
  input: Shape,
): Elaborated {
  const definition = factorPart.attributes.kernel;
  const value = evaluate(step.kernel, place.scope, elaboration.report);
  if (!value) return hole(step.span, input);
  fixParameters(elaboration, value);
  const what = "the kernel of `factor`";
  const kernel = convertValue(definition, value, what, step.kernel.span, elaboration.report);
  const scoped = openScope(elaboration, "factor", place);
  const body = inOrder(step.parts, input, (part, shape) => {
    const operator = { text: factorPart.name, span: part.span };
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
