/** Elaborates `residual`: the trunk's channels inside it, the scale and the shortcut. */
import type { Node } from "../ir/architecture.ts";
import { channelsOf, isKnown, type Shape } from "../ir/dimension.ts";
import { joinPath } from "../ir/walk.ts";
import type { ResidualStep } from "../syntax/ast.ts";
import { convertValue } from "./convert-value.ts";
import { elaborateBlock } from "./elaborate-statement.ts";
import { hole, openScope, sequence } from "./elaborated.ts";
import { evaluate } from "./evaluate.ts";
import { createNamer } from "./namer.ts";
import { type Elaborated, type Elaboration, fixParameters, type Place } from "./place.ts";
import { valueScope } from "./scope.ts";
import { numberValue, type Value } from "./value.ts";
import { TRUNK } from "./words.ts";

export function elaborateResidual(
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
  const scope = valueScope(values, place.scope);
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
