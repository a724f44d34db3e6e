/** Lints a stride that looks like a division: `groups=32/2` means 32 groups and a stride of 2. */
import { spanText } from "../../core/span.ts";
import type { LintRule } from "./rule.ts";

export const tightStride: LintRule = {
  code: "lint/tight-stride",
  check: ({ node }, { report, uses }) => {
    if (node.kind !== "operator") return;
    const { stride, ...others } = node.attributeSpans;
    if (!stride || !spanText(stride).startsWith("/")) return;
    for (const [attribute, span] of Object.entries(others)) {
      const [, value] = /^\w+\s*=\s*(.*)$/s.exec(spanText(span)) ?? [];
      if (value === undefined || span.file !== stride.file || span.end !== stride.start) continue;
      const parameters = { attribute, value, stride: spanText(stride) };
      const fixes = [
        {
          title: "write a space before the stride",
          // The author may have meant a division.
          applicability: "suggested" as const,
          edits: [{ span: { ...stride, end: stride.start }, text: " " }],
        },
      ];
      report("lint/tight-stride", stride, parameters, { related: uses, fixes });
    }
  },
};
