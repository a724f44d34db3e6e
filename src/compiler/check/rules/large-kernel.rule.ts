/**
 * Advises to split large kernels: a chain of (k − 1) / 2 convolutions of 3×3 has the receptive field of a k×k
 * convolution, for odd k of at least 5, and is cheaper where the number of filters is close to the number of channels
 * (arXiv 1512.00567, section 3.1).
 */
import type { OperatorNode } from "../../ir/architecture.ts";
import type { Shape } from "../../ir/dimension.ts";
import type { ConvAttributes } from "../../ops/conv.ts";
import { isUseOf } from "../../ops/operator.ts";
import { factorPart } from "../../ops/registry.ts";
import { pair } from "../../ops/window.ts";
import type { LintRule } from "./rule.ts";

const LEAST_SIDE = 5;

export const largeKernel: LintRule = {
  code: "lint/large-kernel",
  check: (shaped, { report, uses, macsOf }) => {
    const { node, input } = shaped;
    if (node.kind !== "operator" || !isUseOf(node, factorPart) || !macsOf) return;
    const { attributes } = node;
    const [rows, columns] = pair(attributes.kernel);
    const isPlain = attributes.groups === 1 && Math.max(...pair(attributes.dilation)) === 1;
    if (rows !== columns || rows % 2 === 0 || rows < LEAST_SIDE || !isPlain) return;
    const macs = macsOf(shaped);
    const factoredMacs = measureChain(chainOf(attributes), input);
    if (factoredMacs >= macs) return;
    const parameters = {
      kernel: `${rows}×${columns}`,
      factor: factorText(node),
      macs,
      factoredMacs,
    };
    const span = node.attributeSpans.kernel ?? node.span;
    report("lint/large-kernel", span, parameters, { related: uses });
  },
};

/** Convolutions of 3×3 with as many filters each; the last has the stride, as `factor` wants it to compose. */
function chainOf(attributes: ConvAttributes): readonly ConvAttributes[] {
  const [side] = pair(attributes.kernel);
  const part = { ...attributes, kernel: [3, 3] };
  const before = Array.from({ length: (side - 3) / 2 }, () => ({ ...part, stride: [1, 1] }));
  return [...before, part];
}

function measureChain(parts: readonly ConvAttributes[], input: Shape): number {
  let shape = input;
  let macs = 0;
  for (const part of parts) {
    const output = factorPart.inferShape(part, shape, () => {});
    macs += factorPart.measure(part, shape, output).convMacs ?? 0;
    shape = output;
  }
  return macs;
}

/** `factor 5x5 (3x3 64, 3x3 64 /2 valid)`, without what has no bearing on the window. */
function factorText({
  attributes,
}: OperatorNode & { readonly attributes: ConvAttributes }): string {
  const { filters, pad } = attributes;
  const parts = chainOf(attributes).map((part) => {
    const [rows, columns] = pair(part.stride);
    const step = rows === columns ? `${rows}` : `${rows}x${columns}`;
    return [`3x3 ${filters}`, step === "1" ? "" : `/${step}`, pad === "valid" ? "valid" : ""]
      .filter((word) => word !== "")
      .join(" ");
  });
  const [rows, columns] = pair(attributes.kernel);
  return `factor ${rows}x${columns} (${parts.join(", ")})`;
}
