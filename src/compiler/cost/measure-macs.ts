/** Counts only multiply-adds, which takes a fraction of the time of measuring every cost. */
import type { ShapedNode } from "../ir/shaped.ts";
import { foldOnce } from "../ir/visit-once.ts";
import { operatorNamed } from "../ops/registry.ts";

/** Multiply-adds of convolutions and dense layers by node; equal uses are one node, and are counted once. */
export type MacMeter = (shaped: ShapedNode) => number;

/** Remembers what it measured. Every shape in the tree must be known. */
export function createMacMeter(): MacMeter {
  return foldOnce<ShapedNode, number>((shaped, measureBelow) =>
    shaped.children.reduce((all, child) => all + measureBelow(child), ownMacs(shaped)),
  );
}

function ownMacs({ node, input, output }: ShapedNode): number {
  if (node.kind !== "operator") return 0;
  const { convMacs = 0, denseMacs = 0 } = operatorNamed(node.operator).measure(
    node.attributes,
    input,
    output,
  );
  return convMacs + denseMacs;
}
