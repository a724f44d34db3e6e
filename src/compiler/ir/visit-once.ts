/** Walks and folds that look at every node once, however often it is used; paths are not known on them (see `walk.ts`). */
import type { ShapedNode } from "./shaped.ts";

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

/**
 * What a tree comes to: `combine` is given a node and a function for what each of its children comes to, and is called
 * once for each object. The result may be asked of several trees; it keeps what it knows as long as it is kept itself.
 */
export function foldOnce<Tree extends object, Result>(
  combine: (tree: Tree, fold: (child: Tree) => Result) => Result,
): (root: Tree) => Result {
  const known = new Map<Tree, Result>();
  const fold = (tree: Tree): Result => {
    const before = known.get(tree);
    if (before !== undefined || known.has(tree)) return before as Result;
    const result = combine(tree, fold);
    known.set(tree, result);
    return result;
  };
  return fold;
}
