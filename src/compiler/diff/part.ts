/**
 * The tree that is compared: a shaped tree with every path and a content number for each part, without unnamed
 * wrappers.
 */
import type { Node } from "../ir/architecture.ts";
import { nodeWord } from "../ir/node-word.ts";
import type { ShapedNode } from "../ir/shaped.ts";
import { childPath, joinPath } from "../ir/walk.ts";
import { type ContentIndex, createContentIndex, type Keyed } from "./content-index.ts";

/** A part of a network in its place. Branches and instances of repeats are parts even where they have no name. */
export interface Part extends Keyed {
  readonly shaped: ShapedNode;
  readonly node: Node;
  /** Dotted path; a branch without a label has that of the scope around it. */
  readonly path: string;
  /** The path with `*` for every instance of a repeat: what equal parts of all instances share. */
  readonly pattern: string;
  /** The name that the author gave; empty for one that is counted (`conv`, `conv_1`). */
  readonly label: string;
  readonly parent: Part | undefined;
  /** In the parent's order: steps, branches, instances; of a residual its body, then its shortcut. */
  readonly children: readonly Part[];
  /** Operators in it. */
  readonly leafCount: number;
}

/** One side of a comparison. */
export interface PartTree {
  readonly root: Part;
  /** All operators in the order in which they are written. */
  readonly leaves: readonly Part[];
}

/** Both sides of a comparison; contents of one are comparable with contents of the other. */
export function buildPartTrees(
  base: ShapedNode,
  head: ShapedNode,
): { readonly base: PartTree; readonly head: PartTree } {
  const contents = createContentIndex();
  return { base: buildPartTree(base, contents), head: buildPartTree(head, contents) };
}

/** A part before its children, its size and its contents are known. */
type OpenPart = {
  -readonly [Key in keyof Part]: Part[Key];
};

function buildPartTree(shaped: ShapedNode, contents: ContentIndex): PartTree {
  const leaves: Part[] = [];
  const open = (
    inner: ShapedNode,
    path: string,
    pattern: string,
    parent: Part | undefined,
  ): Part => {
    const { node } = inner;
    const label = labelOf(node);
    const part: OpenPart = {
      shaped: inner,
      node,
      path,
      pattern,
      label,
      parent,
      children: [],
      leafCount: 1,
      hasWeights: false,
      exact: 0,
      content: 0,
      bare: 0,
    };
    part.children = gather(inner, path, pattern, part);
    if (node.kind === "operator") leaves.push(part);
    else part.leafCount = part.children.reduce((all, child) => all + child.leafCount, 0);
    return Object.assign(part, contents.keysOf(inner, label, part.children));
  };
  /** The parts below a node, through unnamed wrappers. */
  const gather = (
    { node, children }: ShapedNode,
    path: string,
    pattern: string,
    parent: Part,
  ): readonly Part[] =>
    children.flatMap((child, index) => {
      const below = childPath(node, path, child.node, index);
      const belowPattern = childPattern(node, pattern, child.node, index);
      if (leavesNoTrace(node, child.node)) return gather(child, below, belowPattern, parent);
      return [open(child, below, belowPattern, parent)];
    });
  const root = open(shaped, shaped.node.name, shaped.node.name, undefined);
  return { root, leaves };
}

/** A block in braces, or the body of what is around it. */
function leavesNoTrace(parent: Node, child: Node): boolean {
  if (child.kind !== "sequence" || child.name !== "") return false;
  // Here it stands for one of several things side by side.
  return !["concat", "sum", "split", "repeat", "residual"].includes(parent.kind);
}

function childPattern(parent: Node, pattern: string, child: Node, index: number): string {
  return parent.kind === "repeat"
    ? joinPath(joinPath(pattern, "*"), child.name)
    : childPath(parent, pattern, child, index);
}

/** The name that an author gave: one that is not the node's own word, counted or not. */
function labelOf(node: Node): string {
  const word = nodeWord(node);
  // A sequence or a second output has a name only if the author gives one.
  const isCounted = node.kind !== "sequence" && node.kind !== "aux" && node.name.startsWith(word);
  return isCounted && /^(?:_\d+)?$/.test(node.name.slice(word.length)) ? "" : node.name;
}

/** The part and everything below it, parents first; parts below one for which `visit` returns `false` are skipped. */
export function walkParts(part: Part, visit: (part: Part) => boolean | undefined): void {
  if (visit(part) === false) return;
  for (const child of part.children) walkParts(child, visit);
}

/** Parts by path; if several have the same path, the outermost. */
export function indexByPath(root: Part): ReadonlyMap<string, Part> {
  const byPath = new Map<string, Part>();
  walkParts(root, (part) => {
    if (!byPath.has(part.path)) byPath.set(part.path, part);
    return true;
  });
  return byPath;
}
