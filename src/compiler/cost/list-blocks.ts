/** Divides a network into the named blocks that reports list and that budgets refer to. */

import type { Node } from "../ir/architecture.ts";
import { isJoin } from "../ir/architecture.ts";
import type { ShapedNode } from "../ir/shaped.ts";
import { childPath, walk } from "../ir/walk.ts";

/** A named part of a network. */
export interface Block {
  readonly path: string;
  readonly shaped: ShapedNode;
  /** How many blocks of the same list it lies in. */
  readonly level: number;
}

/**
 * The steps of the network itself, and in them every module, repeat, instance of a repeat and auxiliary head, and every
 * labelled statement that is not part of a branch or a residual. A block comes before the blocks in it.
 */
export function listBlocks(root: ShapedNode): readonly Block[] {
  const blocks: Block[] = [];
  const enter = (parent: Block, path: string, isInJoin: boolean): void => {
    const { node, children } = parent.shaped;
    const childrenAreInJoin = isInJoin || joins(node);
    children.forEach((shaped, index) => {
      const below = childPath(node, path, shaped.node, index);
      const isStep = parent.level < 0 && shaped.node.name !== "";
      const isBlock = isStep || node.kind === "repeat" || standsOut(shaped.node, childrenAreInJoin);
      // A call in a labelled branch or repeat has the path of the branch or repeat.
      if (!isBlock || below === parent.path) {
        enter({ ...parent, shaped }, below, childrenAreInJoin);
        return;
      }
      const block = { path: below, shaped, level: parent.level + 1 };
      blocks.push(block);
      enter(block, below, childrenAreInJoin);
    });
  };
  enter({ path: root.node.name, shaped: root, level: -1 }, root.node.name, false);
  return blocks;
}

/** All nodes by path; if several have the same path, the outermost. */
export function indexBlocks(root: ShapedNode): ReadonlyMap<string, ShapedNode> {
  const byPath = new Map<string, ShapedNode>();
  walk(root, (shaped, path) => {
    if (!byPath.has(path)) byPath.set(path, shaped);
    return true;
  });
  return byPath;
}

/** A named part, and where it lies. */
export type Part = Omit<Block, "level">;

/** The parts that a block falls into; where it is one thing only, the parts of that. */
export function listParts(shaped: ShapedNode, path: string): readonly Part[] {
  const parts = namedParts(shaped, path);
  const [only] = parts;
  if (!only || parts.length > 1 || only.shaped.children.length === 0) return parts;
  return listParts(only.shaped, only.path);
}

/** The nearest nodes below that have a name of their own. */
function namedParts({ node, children }: ShapedNode, path: string): readonly Part[] {
  return children.flatMap((child, index) => {
    const below = childPath(node, path, child.node, index);
    const isNamed = child.node.name !== "" || node.kind === "repeat";
    return isNamed ? [{ path: below, shaped: child }] : namedParts(child, below);
  });
}

function standsOut(node: Node, isInJoin: boolean): boolean {
  if (node.kind === "sequence") return node.name !== "" && !isInJoin;
  return node.kind === "call" || node.kind === "repeat" || node.kind === "aux";
}

function joins(node: Node): boolean {
  return isJoin(node) || node.kind === "residual" || node.kind === "scale_by";
}
