/** Whether a tree is whole: errors, here or elsewhere, leave holes in it and sizes that are not known. */
import { elementCount } from "./dimension.ts";
import type { ShapedNode } from "./shaped.ts";
import { foldOnce } from "./visit-once.ts";

/** Whether no node stands for an error and every size is a number. */
export function isComplete(root: ShapedNode): boolean {
  const isWhole = foldOnce<ShapedNode, boolean>(
    ({ node, output, children }, isWholeBelow) =>
      node.kind !== "hole" && elementCount(output) !== undefined && children.every(isWholeBelow),
  );
  return isWhole(root);
}
