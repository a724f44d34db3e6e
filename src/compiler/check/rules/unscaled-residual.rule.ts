/**
 * Lints wide residuals without a scale: with more than 1000 filters, networks whose residual ends in a linear layer
 * without a norm "died" early in training, and scaling by 0.1 to 0.3 helped (arXiv 1602.07261, section 3.3).
 *
 * Bodies that end in a norm, as in ResNet-50, are exempt: their scale is trained.
 */
import { isJoin } from "../../ir/architecture.ts";
import { channelsOf, isKnown } from "../../ir/dimension.ts";
import type { ShapedNode } from "../../ir/shaped.ts";
import { operatorNamed } from "../../ops/registry.ts";
import { headSpan } from "../head-span.ts";
import { stepsFromEnd } from "./neighbours.ts";
import type { LintRule } from "./rule.ts";

/** "If the number of filters exceeded 1000". */
const MOST_CHANNELS = 1000;

export const unscaledResidual: LintRule = {
  code: "lint/unscaled-residual",
  check: ({ node, output, children }, { report, uses }) => {
    if (node.kind !== "residual" || node.scale !== 1) return;
    const channels = channelsOf(output);
    const [body] = children;
    if (!body || !isKnown(channels) || channels <= MOST_CHANNELS || endsInNorm(body)) return;
    const span = node.scaleSpan ?? headSpan(node.span);
    report("lint/unscaled-residual", span, { channels }, { related: uses });
  },
};

/** Whether every path to the end of the body contains a norm after its last weights. */
function endsInNorm(body: ShapedNode): boolean {
  for (const { node, children } of stepsFromEnd(body)) {
    if (isJoin(node)) return children.every(endsInNorm);
    // A gate keeps what it multiplies within bounds.
    if (node.kind === "scale_by") continue;
    if (node.kind !== "operator") return false;
    const { family } = operatorNamed(node.operator);
    if (family === "normalization" || node.attributes.norm) return true;
    if (family === "convolution" || family === "dense") return false;
  }
  return false;
}
