/**
 * Advises against batch normalization of sums: Inception-ResNet normalizes "only on top of the traditional layers, but
 * not on top of the summations", to save memory (arXiv 1602.07261, section 3.2).
 */
import { elementCount } from "../../ir/dimension.ts";
import { operatorNamed } from "../../ops/registry.ts";
import { headSpan } from "../head-span.ts";
import { neighboursIn } from "./neighbours.ts";
import type { LintRule } from "./rule.ts";

const BYTES_PER_FLOAT = 4;

export const normAfterSum: LintRule = {
  code: "lint/norm-after-sum",
  check: (shaped, { report, uses }) => {
    for (const [before, { node, output }] of neighboursIn(shaped)) {
      const join = before.node.kind;
      if (join !== "residual" && join !== "sum") continue;
      if (node.kind !== "operator" || operatorNamed(node.operator).norm !== "batch") continue;
      const elements = elementCount(output);
      if (elements === undefined) continue;
      const bytes = formatBytes(elements * BYTES_PER_FLOAT);
      const sum = { span: headSpan(before.node.span), message: "this is the sum" };
      report("lint/norm-after-sum", node.span, { join, bytes }, { related: [sum, ...uses] });
    }
  },
};

function formatBytes(count: number): string {
  return count < 1e6 ? `${Math.ceil(count / 1e3)} kB` : `${(count / 1e6).toPrecision(2)} MB`;
}
