/**
 * Lints zeros put around a feature map before a maximum: where all else in a window is negative they win, while
 * torch.nn.MaxPool2d pads with what never wins. After an activation that gives nothing negative both are the same.
 */
import { spanText } from "../../core/span.ts";
import { removeStep } from "../../diagnostics/removal.ts";
import type { OperatorNode } from "../../ir/architecture.ts";
import type { ShapedNode } from "../../ir/shaped.ts";
import { isUseOf } from "../../ops/operator.ts";
import { operators } from "../../ops/registry.ts";
import { pair } from "../../ops/window.ts";
import { formatValue } from "../../ops/written-form.ts";
import { neighboursIn } from "./neighbours.ts";
import type { LintRule } from "./rule.ts";

export const zerosBeforeMaxpool: LintRule = {
  code: "lint/zeros-before-maxpool",
  check: (shaped, { report, uses }) => {
    const pairs = neighboursIn(shaped);
    for (const [{ node: zeros }, { node: pool }] of pairs) {
      if (zeros.kind !== "operator" || !isUseOf(zeros, operators.pad)) continue;
      if (pool.kind !== "operator" || !isUseOf(pool, operators.maxpool)) continue;
      if (pool.attributes.global || pool.attributes.pad !== "valid") continue;
      // What comes in from outside is not known here.
      const [source] = pairs.find(([, { node }]) => node === zeros) ?? [];
      if (!source || isNeverNegative(source)) continue;
      const [rows, columns] = pair(zeros.attributes.size);
      const text = `pad=${formatValue([rows, rows, columns, columns])}`;
      const written = pool.attributeSpans.pad;
      const edits = [
        ...removeStep(zeros.span, "suggested").edits,
        ...(written ? [{ span: written, text }] : []),
      ];
      const isOneText = written && written.file === zeros.span.file;
      const fixes = isOneText
        ? [{ title: `write \`${text}\` in the pool`, applicability: "suggested" as const, edits }]
        : [];
      const pads = spanText(zeros.span);
      report("lint/zeros-before-maxpool", zeros.span, { pads, text }, { related: uses, fixes });
    }
  },
};

/** Activations whose values are all at least 0. */
const AT_LEAST_ZERO: ReadonlySet<string> = new Set([
  "relu",
  "relu6",
  "sigmoid",
  "hard_sigmoid",
  "softmax",
]);

function isNeverNegative({ node }: ShapedNode): boolean {
  return node.kind === "operator" && AT_LEAST_ZERO.has(activationOf(node));
}

function activationOf({ operator, attributes }: OperatorNode): string {
  return typeof attributes.act === "string" ? attributes.act : operator;
}
