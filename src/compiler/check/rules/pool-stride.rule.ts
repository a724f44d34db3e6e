/**
 * Lints an even window of a pool that moves by one: Keras, PyTorch and Caffe take the window as the stride of a pool that
 * states none, and this language takes 1.
 */
import { writeSize } from "../../core/format-shape.ts";
import { operatorNamed } from "../../ops/registry.ts";
import { pair } from "../../ops/window.ts";
import type { LintRule } from "./rule.ts";

export const poolStride: LintRule = {
  code: "lint/pool-stride",
  check: ({ node }, { report, uses }) => {
    if (node.kind !== "operator" || operatorNamed(node.operator).family !== "pooling") return;
    const { kernel, stride } = node.attributes;
    if (!isSides(kernel) || !isSides(stride) || node.attributeSpans.stride) return;
    const sides = pair(kernel);
    // Odd windows of stride 1 are usual beside convolutions, as in every Inception.
    if (sides.every((side) => side % 2 === 1) || Math.max(...pair(stride)) > 1) return;
    const written = `/${sides[0] === sides[1] ? sides[0] : writeSize(sides)}`;
    const end = (node.attributeSpans.kernel ?? node.span).end;
    const edits = [{ span: { ...node.span, start: end, end }, text: ` ${written}` }];
    const fixes = [{ title: `write \`${written}\``, applicability: "suggested", edits }] as const;
    const parameters = { operator: node.operator, kernel: writeSize(sides), stride: written };
    report("lint/pool-stride", node.span, parameters, { related: uses, fixes });
  },
};

function isSides(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((side) => typeof side === "number");
}
