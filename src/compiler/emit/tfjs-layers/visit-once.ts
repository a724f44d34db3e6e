/** Visits every block of a tree once, however often it is used; paths are not available during the walk. */
import type { ShapedNode } from "../../ir/shaped.ts";

/** Calls `visit` for every shaped node, parents first, in the order of their first use. */
export function visitOnce(root: ShapedNode, visit: (shaped: ShapedNode) => void): void {
  const seen = new Set<ShapedNode>();
  const enter = (shaped: ShapedNode): void => {
    if (seen.has(shaped)) return;
    seen.add(shaped);
    visit(shaped);
    shaped.children.forEach(enter);
  };
  enter(root);
}
