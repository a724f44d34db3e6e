/**
 * Advises against representational bottlenecks: "avoid representational bottlenecks, especially early in the network"
 * (arXiv 1512.00567, section 2).
 *
 * A step causes one if it shrinks the picture without adding channels (section 5).
 */

import { formatShape } from "../../core/format-shape.ts";
import { isJoin } from "../../ir/architecture.ts";
import { channelsOf, elementCount, isKnown } from "../../ir/dimension.ts";
import type { ShapedNode } from "../../ir/shaped.ts";
import type { LintRule } from "./rule.ts";

export const bottleneck: LintRule = {
  code: "lint/bottleneck",
  check: (shaped, { report, uses, isOnTrunk }) => {
    // Inside a branch or a body, what the join gives as a whole is what counts.
    if (!isOnTrunk || !isOneStep(shaped) || !loses(shaped)) return;
    const { node, input, output } = shaped;
    const [before, after] = [elementCount(input), elementCount(output)];
    if (before === undefined || after === undefined) return;
    const parameters = {
      input: formatShape(input),
      output: formatShape(output),
      kept: after / before,
    };
    report("lint/bottleneck", node.span, parameters, { related: uses });
  },
};

function isOneStep({ node }: ShapedNode): boolean {
  return node.kind === "operator" || isJoin(node) || node.kind === "residual";
}

/**
 * Both sides shrink to half or so, and the channels do not grow; the end of a network, 1×1, is meant to lose positions.
 */
function loses({ input, output }: ShapedNode): boolean {
  const [rows = 1, columns = 1] = output;
  if (output.length !== 3 || input.length !== 3 || (rows === 1 && columns === 1)) return false;
  const shrinks = [0, 1].every((axis) => {
    const [before, after] = [input[axis] ?? 1, output[axis] ?? 1];
    return isKnown(before) && isKnown(after) && after <= Math.ceil(before / 2);
  });
  const [before, after] = [channelsOf(input), channelsOf(output)];
  return shrinks && isKnown(before) && isKnown(after) && after <= before;
}
