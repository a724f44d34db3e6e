/** Elaborates `residual`: the trunk's channels inside it, the scale, the probability of leaving the body out, and the shortcut. */
import type { Span } from "../core/span.ts";
import type { Node } from "../ir/architecture.ts";
import { channelsOf, type Shape } from "../ir/dimension.ts";
import type { OptionExpression } from "../ir/option-expression.ts";
import { joinPath } from "../ir/walk.ts";
import { RESIDUAL_ATTRIBUTES } from "../ops/residual-attributes.ts";
import type { ResidualStep } from "../syntax/ast.ts";
import { convertValue } from "./convert-value.ts";
import { elaborateBlock } from "./elaborate-statement.ts";
import { hole, openScope, sequence } from "./elaborated.ts";
import { evaluate } from "./evaluate.ts";
import { createNamer } from "./namer.ts";
import { type Elaborated, type Elaboration, fixParameters, type Place } from "./place.ts";

export function elaborateResidual(
  elaboration: Elaboration,
  step: ResidualStep,
  place: Place,
  input: Shape,
): Elaborated {
  const scoped = openScope(elaboration, "residual", place);
  const scope = { ...place.scope, trunk: channelsOf(input) };
  const inside: Place = { ...scoped.place, scope };
  const body = elaborateBlock(elaboration, step.body, inside, input);
  const shortcutPlace = {
    ...inside,
    path: joinPath(inside.path, "shortcut"),
    namer: createNamer(),
  };
  const shortcut = step.shortcut
    ? elaborateBlock(elaboration, step.shortcut, shortcutPlace, input)
    : undefined;
  const scale = elaborateNumber(elaboration, step, "scale", place);
  const drop = elaborateNumber(elaboration, step, "drop", place);
  if (scale === undefined || drop === undefined) return hole(step.span, input);
  const node: Node = {
    kind: "residual",
    name: scoped.name,
    span: step.span,
    scale: scale.value ?? 1,
    ...(scale.option ? { scaleOption: scale.option } : {}),
    ...(scale.span ? { scaleSpan: scale.span } : {}),
    drop: drop.value ?? 0,
    ...(drop.option ? { dropOption: drop.option } : {}),
    ...(drop.span ? { dropSpan: drop.span } : {}),
    body: sequence("", step.body.span, body.nodes),
    ...(step.shortcut && shortcut
      ? { shortcut: sequence("shortcut", step.shortcut.span, shortcut.nodes) }
      : {}),
  };
  return { nodes: [node], output: shortcut?.output ?? input };
}

/** A number as it was written; empty where it was not. */
interface WrittenNumber {
  readonly value?: number;
  readonly option?: OptionExpression;
  readonly span?: Span;
}

/** Gives nothing after reporting an error. */
function elaborateNumber(
  elaboration: Elaboration,
  step: ResidualStep,
  name: keyof typeof RESIDUAL_ATTRIBUTES,
  place: Place,
): WrittenNumber | undefined {
  const attribute = step.attributes.find((one) => one.name.text === name);
  if (!attribute) return {};
  const value = evaluate(attribute.value, place.scope, elaboration.report);
  if (!value) return undefined;
  const what = `\`${name}\` of \`residual\``;
  const definition = RESIDUAL_ATTRIBUTES[name];
  const number = convertValue(definition, value, what, attribute.value.span, elaboration.report);
  if (typeof number !== "number") return undefined;
  const option = value.kind === "number" ? value.option : undefined;
  if (!option) fixParameters(elaboration, value);
  return { value: number, span: attribute.span, ...(option ? { option } : {}) };
}
