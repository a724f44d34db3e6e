/**
 * Lints a bias that batch normalization cancels, since the mean it subtracts contains the bias (arXiv 1502.03167,
 * section 3.2).
 */
import type { QuickFix } from "../../diagnostics/diagnostic.ts";
import type { OperatorNode } from "../../ir/architecture.ts";
import { channelsOf, isKnown } from "../../ir/dimension.ts";
import type { ShapedNode } from "../../ir/shaped.ts";
import { operatorNamed } from "../../ops/registry.ts";
import { neighboursIn } from "./neighbours.ts";
import type { LintRule, RulePlace } from "./rule.ts";

export const biasBeforeNorm: LintRule = {
  code: "lint/bias-before-norm",
  check: (shaped, place) => {
    const { node } = shaped;
    if (node.kind === "operator" && isBatchNorm(node)) reportBias(node, shaped, place);
    for (const [before, after] of neighboursIn(shaped)) {
      const layer = before.node;
      const isNorm =
        after.node.kind === "operator" && operatorNamed(after.node.operator).norm === "batch";
      // After an activation the bias is in use already.
      if (!isNorm || layer.kind !== "operator" || layer.attributes.act !== null) continue;
      reportBias(layer, before, place);
    }
  },
};

/** The mean over channels, as in layer normalization, does not contain the bias of each. */
function isBatchNorm({ attributes: { norm } }: OperatorNode): boolean {
  return typeof norm === "object" && norm !== null && "kind" in norm && norm.kind === "batch";
}

function reportBias(node: OperatorNode, { output }: ShapedNode, { report, uses }: RulePlace): void {
  if (node.attributes.bias !== true) return;
  const span = node.attributeSpans.bias ?? node.span;
  const channels = channelsOf(output);
  const parameters = {
    operator: node.operator,
    channels: isKnown(channels) ? channels : undefined,
  };
  report("lint/bias-before-norm", span, parameters, { related: uses, fixes: [withoutBias(node)] });
}

function withoutBias({ span, attributeSpans }: OperatorNode): QuickFix {
  const written = attributeSpans.bias;
  const end = { ...span, start: span.end };
  return {
    title: "write `bias=false`",
    // Published weights may have this tensor.
    applicability: "suggested",
    edits: [written ? { span: written, text: "bias=false" } : { span: end, text: " bias=false" }],
  };
}
