/** Collects all differences between two aligned networks, in the order of head. */
import type { Alignment } from "../align/alignment.ts";
import type { Change } from "../change.ts";
import { type Part, walkParts } from "../part.ts";
import { collectLoneParts } from "./collect-lone-parts.ts";
import { compareBlocks } from "./compare-blocks.ts";
import { compareInterface, type InterfaceSide } from "./compare-interface.ts";
import { compareKernelOrder } from "./compare-kernel-order.ts";
import { compareNames } from "./compare-names.ts";
import { compareOperators } from "./compare-operators.ts";

export function collectChanges(
  base: InterfaceSide,
  head: InterfaceSide,
  alignment: Alignment,
): readonly Change[] {
  const changes: Change[] = [];
  const add = (change: Change): void => {
    changes.push(change);
  };
  const reordered = new Set<Part>();
  compareInterface(base, head, alignment, add);
  walkParts(head.tree.root, (part) => {
    const pair = alignment.pairOfHead.get(part);
    if (!pair) return true;
    compareNames(pair, alignment, add);
    compareBlocks(pair, alignment, add);
    // Its layers come after it in the walk.
    for (const layer of compareKernelOrder(pair, alignment, add)) reordered.add(layer);
    compareOperators(pair, reordered.has(part), add);
    return true;
  });
  collectLoneParts(base.tree.root, "base", alignment.pairOfBase, add);
  collectLoneParts(head.tree.root, "head", alignment.pairOfHead, add);
  return changes;
}
