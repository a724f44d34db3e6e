/**
 * Lints filters that stand where the kernel does: `conv 64 3` is a kernel of 64×64 with 3 filters, and `Conv2D(64, 3)` of
 * Keras is the other way round.
 */
import { spanText } from "../../core/span.ts";
import { operatorNamed } from "../../ops/registry.ts";
import type { LintRule } from "./rule.ts";

/** Kernels of this side and more are rare, and written as sizes. */
const LARGE = 8;

export const filtersAsKernel: LintRule = {
  code: "lint/filters-as-kernel",
  check: ({ node }, { report, uses }) => {
    if (node.kind !== "operator" || operatorNamed(node.operator).operands[1] !== "filters") return;
    const { kernel, filters } = node.attributeSpans;
    if (!kernel || !filters) return;
    const [first, second] = [spanText(kernel), spanText(filters)];
    if (!/^\d+$/.test(first) || !/^\d+$/.test(second)) return;
    if (Number(first) < LARGE || Number(first) <= Number(second)) return;
    const size = `${second}x${second}`;
    const edits = [
      { span: kernel, text: size },
      { span: filters, text: first },
    ];
    const { operator } = node;
    const title = `write \`${operator} ${size} ${first}\``;
    const fixes = [{ title, applicability: "suggested", edits }] as const;
    const parameters = { operator, first, second };
    report("lint/filters-as-kernel", kernel, parameters, { related: uses, fixes });
  },
};
