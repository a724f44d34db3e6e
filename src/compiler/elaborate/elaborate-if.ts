/** Elaborates `if … { … } else { … }`: the block of the first condition that holds, as if it stood there alone. */
import type { Shape } from "../ir/dimension.ts";
import type { Block, IfStep } from "../syntax/ast.ts";
import { elaborateBlock } from "./elaborate-statement.ts";
import { hole, sequence } from "./elaborated.ts";
import { evaluate } from "./evaluate.ts";
import { type Elaborated, type Elaboration, fixParameters, type Place } from "./place.ts";
import { describeValue } from "./value.ts";

export function elaborateIf(
  elaboration: Elaboration,
  step: IfStep,
  place: Place,
  input: Shape,
): Elaborated {
  const chosen = chooseBlock(elaboration, step, place);
  if (chosen === "failed") return hole(step.span, input);
  if (!chosen) return { nodes: [sequence("", step.span, [])], output: input };
  const body = elaborateBlock(elaboration, chosen, place, input);
  return { nodes: [sequence("", step.span, body.nodes)], output: body.output };
}

/** The block to elaborate, if any; the conditions after the first that holds are not evaluated. */
function chooseBlock(
  elaboration: Elaboration,
  { choices, otherwise }: IfStep,
  place: Place,
): Block | "failed" | undefined {
  const { report } = elaboration;
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
    fixParameters(elaboration, value);
    if (value.value) return block;
  }
  return otherwise;
}
