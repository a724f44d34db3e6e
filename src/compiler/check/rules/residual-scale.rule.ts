/** Advises on residual scales: values "between 0.1 and 0.3" stabilized the training (arXiv 1602.07261, section 3.3). */
import type { LintRule } from "./rule.ts";

const LEAST = 0.1;
const MOST = 0.3;

export const residualScale: LintRule = {
  code: "lint/residual-scale",
  check: ({ node }, { report, uses }) => {
    if (node.kind !== "residual" || !node.scaleSpan) return;
    const { scale, scaleSpan } = node;
    // A scale of 1 means no scale; a different lint decides whether one is needed.
    if (scale === 1 || (scale >= LEAST && scale <= MOST)) return;
    report("lint/residual-scale", scaleSpan, { scale }, { related: uses });
  },
};
