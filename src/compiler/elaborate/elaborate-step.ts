/** Elaborates one step: operators and factors here, combinators and calls through files of their own. */
import { unreachable } from "../core/assert.ts";
import type { Node } from "../ir/architecture.ts";
import { isKnown, type Shape, UNKNOWN } from "../ir/dimension.ts";
import { factorPart, findOperator } from "../ops/registry.ts";
import type { AuxStep, FactorStep, GateStep, OperatorStep, Step } from "../syntax/ast.ts";
import { convertValue } from "./convert-value.ts";
import { siteOf } from "./edit-plan.ts";
import { elaborateIf } from "./elaborate-if.ts";
import { elaborateJoin } from "./elaborate-join.ts";
import { elaborateRepeat } from "./elaborate-repeat.ts";
import { elaborateResidual } from "./elaborate-residual.ts";
import { elaborateBlock } from "./elaborate-statement.ts";
import { type Elaborated, sequence, withNodes } from "./elaborated.ts";
import { evaluate } from "./evaluate.ts";
import { elaborateCall } from "./instantiate.ts";
import { claimLabel, inOrder, insideScope, OpenResult } from "./open-result.ts";
import { channelShape, type Elaboration, type Place } from "./place.ts";
import { type OperatorSyntax, resolveOperator } from "./resolve-operator.ts";

/** One step; `name` is given when a label or a repeat already named it. */
export function elaborateStep(
  elaboration: Elaboration,
  step: Step,
  place: Place,
  input: Shape,
  name?: string,
): Elaborated {
  const { depth, room } = place;
  const isTooDeep = depth >= elaboration.limits.depth;
  if (!room || room.steps < 1 || isTooDeep) return stopAt(elaboration, step, place, input);
  const own: Place = {
    ...place,
    site: siteOf(place.site, step),
    depth: depth + 1,
    room: { layers: room.layers, steps: room.steps - 1 },
  };
  const elaborated = elaborateKind(elaboration, step, own, input, name);
  const { layers, steps } = elaborated.extent;
  return { ...elaborated, extent: { layers, steps: steps + 1 }, height: elaborated.height + 1 };
}

/** Reports the limit that the step exceeds, unless one was exceeded before. */
function stopAt(elaboration: Elaboration, step: Step, place: Place, input: Shape): Elaborated {
  const result = new OpenResult(elaboration, place);
  if (result.count({ layers: 0, steps: 1 }, step.span)) {
    result.stop();
    result.report("type/too-deep", step.span, { limit: elaboration.limits.depth });
  }
  return result.hole(step.span, input);
}

function elaborateKind(
  elaboration: Elaboration,
  step: Step,
  place: Place,
  input: Shape,
  name: string | undefined,
): Elaborated {
  switch (step.kind) {
    case "operator":
      return elaborateOperator(elaboration, step, place, input);
    case "call":
      return elaborateCall(elaboration, step, place, input, name);
    case "factor":
      return elaborateFactor(elaboration, step, place, input);
    case "join":
      return elaborateJoin(elaboration, step, place, input);
    case "residual":
      return elaborateResidual(elaboration, step, place, input);
    case "scale_by":
      return elaborateScaleBy(elaboration, step, place, input);
    case "aux":
      return elaborateAux(elaboration, step, place, input);
    case "block": {
      const body = elaborateBlock(elaboration, step.block, place, input);
      return withNodes(body, [sequence("", step.span, body.nodes)]);
    }
    case "if":
      return elaborateIf(elaboration, step, place, input);
    case "repeat":
      return elaborateRepeat(elaboration, step, place, input, name);
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
    const result = new OpenResult(elaboration, place);
    result.report("type/project-outside-residual", step.span, {});
    return result.hole(step.span, input);
  }
  return addOperator(elaboration, step, place, input);
}

/** A hole if something is wrong with the operator. */
function addOperator(
  elaboration: Elaboration,
  syntax: OperatorSyntax,
  place: Place,
  input: Shape,
): Elaborated {
  const result = new OpenResult(elaboration, place);
  const { scope, defaults, widths, namer, site } = place;
  const { report, onStatic } = result;
  const hole = (): Elaborated => result.hole(syntax.span, input);
  if (!result.count({ layers: 1, steps: 0 }, syntax.span)) return hole();
  const operator = syntax.operator.text;
  const trunk = readsTrunk(operator) ? (scope.trunk ?? UNKNOWN) : undefined;
  // What the trunk is may be unknown after an error elsewhere; that error was reported there.
  if (trunk !== undefined && !isKnown(trunk)) return hole();
  const name = namer.next(operator, syntax.span);
  result.addName(name, site);
  const around = { scope, defaults, widths, report, onStatic };
  const node = resolveOperator(syntax, name, around, trunk);
  if (!node) return hole();
  const output = findOperator(operator)?.inferShape(node.attributes, input, () => {}) ?? input;
  return result.give([node], elaboration.hasSizes ? output : channelShape(output));
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
  const result = new OpenResult(elaboration, place);
  const { report, onStatic } = result;
  const value = evaluate(step.kernel, place.scope, report);
  if (!value) return result.hole(step.span, input);
  value.dependsOn.forEach(onStatic);
  const what = "the kernel of `factor`";
  const definition = factorPart.attributes.kernel;
  const kernel = convertValue(definition, value, what, step.kernel.span, report);
  const name = place.namer.next("factor");
  const inside = insideScope(name, place);
  const body = inOrder(elaboration, step.parts, inside, input, (part, now, shape) => {
    const { operands, modifiers, span } = part;
    const operator = { text: factorPart.name, span };
    return addOperator(elaboration, { operator, operands, modifiers, span }, now, shape);
  });
  result.add(body, { name, site: place.site });
  const parts = body.nodes.filter((node) => node.kind === "operator");
  const [height, width] = Array.isArray(kernel) ? (kernel as readonly number[]) : [];
  if (height === undefined || width === undefined || parts.length < body.nodes.length) {
    return result.hole(step.span, input);
  }
  const node: Node = {
    kind: "factor",
    name,
    span: step.span,
    kernel: [height, width],
    kernelSpan: step.kernel.span,
    parts,
  };
  return result.give([node], body.output);
}

function elaborateScaleBy(
  elaboration: Elaboration,
  step: GateStep,
  place: Place,
  input: Shape,
): Elaborated {
  const result = new OpenResult(elaboration, place);
  const name = place.namer.next("scale_by");
  const { nodes } = result.add(
    elaborateBlock(elaboration, step.body, insideScope(name, place), input),
    { name, site: place.site },
  );
  const body = sequence("", step.body.span, nodes);
  return result.give([{ kind: "scale_by", name, span: step.span, body }], input);
}

function elaborateAux(
  elaboration: Elaboration,
  step: AuxStep,
  place: Place,
  input: Shape,
): Elaborated {
  const result = new OpenResult(elaboration, place);
  const name = claimLabel(result, step.name, place);
  const { nodes } = result.add(
    elaborateBlock(elaboration, step.body, insideScope(name, place), input),
    { name, site: place.site },
  );
  const body = sequence("", step.body.span, nodes);
  return result.give([{ kind: "aux", name, span: step.span, body }], input);
}
