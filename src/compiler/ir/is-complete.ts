/** Tests whether a tree is complete, that is, whether no error left a node or a size out of it. */
import { elementCount } from "./dimension.ts";
import type { ShapedNode } from "./shaped.ts";

/** Whether no node stands for an error and every size is a number. */
export function isComplete(root: ShapedNode): boolean {
  const seen = new Set<ShapedNode>();
  const visit = (shaped: ShapedNode): boolean => {
    if (seen.has(shaped)) return true;
    seen.add(shaped);
    return (
      shaped.node.kind !== "hole" &&
      elementCount(shaped.output) !== undefined &&
      shaped.children.every(visit)
    );
  };
  return visit(root);
}
