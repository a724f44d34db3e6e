/** Elaborates `if … { … } else { … }`: the block of the first condition that holds, as if it stood there alone. */
import type { Shape } from "../ir/dimension.ts";
import type { Block, IfStep } from "../syntax/ast.ts";
import { elaborateBlock } from "./elaborate-statement.ts";
import { type Elaborated, sequence } from "./elaborated.ts";
import { evaluate } from "./evaluate.ts";
import { OpenResult } from "./open-result.ts";
import type { Elaboration, Place } from "./place.ts";
import { describeValue } from "./value.ts";

export function elaborateIf(
  elaboration: Elaboration,
  step: IfStep,
  place: Place,
  input: Shape,
): Elaborated {
  const result = new OpenResult(elaboration, place);
  const chosen = chooseBlock(step, place, result);
  if (chosen === "failed") return result.hole(step.span, input);
  if (!chosen) return result.give([sequence("", step.span, [])], input);
  const body = result.add(elaborateBlock(elaboration, chosen, result.next(place), input));
  return result.give([sequence("", step.span, body.nodes)], body.output);
}

/** The block to elaborate, if any; the conditions after the first that holds are not evaluated. */
function chooseBlock(
  { choices, otherwise }: IfStep,
  place: Place,
  { report, onStatic }: OpenResult,
): Block | "failed" | undefined {
  for (const { condition, block } of choices) {
    const value = evaluate(condition, place.scope, report);
    if (!value) return "failed";
    if (value.kind !== "bool") {
      report("type/mismatch", condition.span, {
        what: "the condition of `if`",
        expected: "a comparison or a `bool`",
        found: describeValue(value),
      });
      return "failed";
    }
    value.dependsOn.forEach(onStatic);
    if (value.value) return block;
  }
  return otherwise;
}
