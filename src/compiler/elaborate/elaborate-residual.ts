/** Elaborates `residual`: the trunk's channels inside it, the scale, the probability of leaving the body out, and the shortcut. */
import type { Span } from "../core/span.ts";
import type { Node } from "../ir/architecture.ts";
import { channelsOf, type Shape } from "../ir/dimension.ts";
import type { OptionExpression } from "../ir/option-expression.ts";
import { RESIDUAL_ATTRIBUTES } from "../ops/residual-attributes.ts";
import type { ResidualStep } from "../syntax/ast.ts";
import { convertValue } from "./convert-value.ts";
import { elaborateBlock } from "./elaborate-statement.ts";
import { type Elaborated, sequence } from "./elaborated.ts";
import { evaluate } from "./evaluate.ts";
import { insideScope, OpenResult } from "./open-result.ts";
import type { Elaboration, Place } from "./place.ts";

export function elaborateResidual(
  elaboration: Elaboration,
  step: ResidualStep,
  place: Place,
  input: Shape,
): Elaborated {
  const result = new OpenResult(elaboration, place);
  const name = place.namer.next("residual");
  const scope = { ...place.scope, trunk: channelsOf(input) };
  const inside = { ...insideScope(name, place), scope };
  const sides = new OpenResult(elaboration, place);
  const body = sides.add(elaborateBlock(elaboration, step.body, sides.next(inside), input));
  const aside = insideScope("shortcut", inside);
  const shortcut =
    step.shortcut &&
    sides.add(elaborateBlock(elaboration, step.shortcut, sides.next(aside), input), {
      name: "shortcut",
      site: undefined,
    });
  result.add(sides.facts(), { name, site: place.site });
  const scale = elaborateNumber(step, "scale", place, result);
  const drop = elaborateNumber(step, "drop", place, result);
  if (scale === undefined || drop === undefined) return result.hole(step.span, input);
  const node: Node = {
    kind: "residual",
    name,
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
  return result.give([node], shortcut?.output ?? input);
}

/** A number as it was written; empty where it was not. */
interface WrittenNumber {
  readonly value?: number;
  readonly option?: OptionExpression;
  readonly span?: Span;
}

/** Gives nothing after reporting an error. */
function elaborateNumber(
  step: ResidualStep,
  name: keyof typeof RESIDUAL_ATTRIBUTES,
  place: Place,
  { report, onStatic }: OpenResult,
): WrittenNumber | undefined {
  const attribute = step.attributes.find((one) => one.name.text === name);
  if (!attribute) return {};
  const value = evaluate(attribute.value, place.scope, report);
  if (!value) return undefined;
  const what = `\`${name}\` of \`residual\``;
  const number = convertValue(RESIDUAL_ATTRIBUTES[name], value, what, attribute.value.span, report);
  if (typeof number !== "number") return undefined;
  const option = value.kind === "number" ? value.option : undefined;
  if (!option) value.dependsOn.forEach(onStatic);
  return { value: number, span: attribute.span, ...(option ? { option } : {}) };
}
