/** Walks a shaped tree from the root down and computes paths on the way. */
import { isJoin, type Node } from "./architecture.ts";
import type { ShapedNode } from "./shaped.ts";

/** `a` and `b` joined by a dot; empty segments are skipped. */
export function joinPath(parent: string, name: string): string {
  return parent === "" ? name : name === "" ? parent : `${parent}.${name}`;
}

/** A child's path inside its parent, which lies at `parentPath`. */
export function childPath(parent: Node, parentPath: string, child: Node, index: number): string {
  if (parent.kind === "repeat") return joinPath(joinPath(parentPath, String(index)), child.name);
  // A join's name is only that of the joining layer: its branches are in the enclosing scope.
  if (isJoin(parent)) {
    return joinPath(
      parentPath.slice(0, Math.max(0, parentPath.length - parent.name.length - 1)),
      child.name,
    );
  }
  return joinPath(parentPath, child.name);
}

/** Calls `visit` for every node, parents first; the walk does not enter the children of a node for which it gives `false`. */
export function walk(
  root: ShapedNode,
  visit: (
    shaped: ShapedNode,
    path: string,
    ancestors: readonly ShapedNode[],
  ) => boolean | undefined,
): void {
  const ancestors: ShapedNode[] = [];
  const enter = (shaped: ShapedNode, path: string): void => {
    if (visit(shaped, path, ancestors) === false) return;
    ancestors.push(shaped);
    shaped.children.forEach((child, index) => {
      enter(child, childPath(shaped.node, path, child.node, index));
    });
    ancestors.pop();
  };
  enter(root, root.node.name);
}
