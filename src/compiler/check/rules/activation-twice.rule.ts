/**
 * Lints an activation right after a step that ends with one: `conv` has `relu` by default, where Keras and PyTorch have
 * none.
 */
import type { ShapedNode } from "../../ir/shaped.ts";
import { operatorNamed } from "../../ops/registry.ts";
import { headSpan } from "../head-span.ts";
import { neighboursIn, stepsFromEnd } from "./neighbours.ts";
import type { LintRule } from "./rule.ts";

export const activationTwice: LintRule = {
  code: "lint/activation-twice",
  check: (shaped, { report, uses }) => {
    for (const [before, { node }] of neighboursIn(shaped)) {
      if (node.kind !== "operator" || operatorNamed(node.operator).family !== "activation")
        continue;
      const first = lastActivation(before);
      if (first === undefined) continue;
      const { kind, span } = before.node;
      const step = before.node.kind === "operator" ? before.node.operator : kind;
      const isDefault = before.node.kind === "operator" && !before.node.attributeSpans.act;
      const hasLinear = isDefault && "act" in operatorNamed(step).attributes;
      const end = { ...span, start: span.end };
      const fixes = hasLinear
        ? [
            {
              title: `write \`linear\` at the \`${step}\``,
              applicability: "suggested",
              edits: [{ span: end, text: " linear" }],
            } as const,
          ]
        : [];
      const parameters = { activation: node.operator, step, first, isDefault: hasLinear };
      const related = [{ span: headSpan(span), message: `this ends with \`${first}\`` }, ...uses];
      report("lint/activation-twice", node.span, parameters, { related, fixes });
    }
  },
};

/** The activation that a step ends with; of branches stacked by `concat`, that of the first if all end with one. */
function lastActivation({ node, children }: ShapedNode): string | undefined {
  if (node.kind === "concat" || node.kind === "split") {
    const all = children.map((branch) => {
      const [last] = stepsFromEnd(branch);
      return last ? lastActivation(last) : undefined;
    });
    return all.every((one) => one !== undefined) ? all[0] : undefined;
  }
  if (node.kind !== "operator") return undefined;
  if (operatorNamed(node.operator).family === "activation") return node.operator;
  const { act } = node.attributes;
  return typeof act === "string" ? act : undefined;
}
