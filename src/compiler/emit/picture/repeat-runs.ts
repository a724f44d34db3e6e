/** Groups similar instances of a repeat, of which a picture draws only one, and unwraps what is drawn. */
import type { Node } from "../../ir/architecture.ts";
import type { ShapedNode } from "../../ir/shaped.ts";
import { childPath, joinPath } from "../../ir/walk.ts";
import type { MarkIndex } from "./mark-index.ts";
import { argumentsOf, saidOfJoin, saidOfOperator, titleOf } from "./say-node.ts";

/** Instances of a repeat that follow one another and are alike. */
export interface Run {
  /** The first of them, which is drawn for all. */
  readonly instance: ShapedNode;
  readonly first: number;
  /** All of them. They are drawn alike but for their shapes, as where each one adds channels. */
  readonly members: readonly ShapedNode[];
}

/** From the start of the network, and from the start of the scope. */
interface InstancePlace {
  readonly path: string;
  readonly local: string;
}

/** Splits the instances of a repeat, which lies at `path`, wherever two that follow one another are not alike. */
export function runsOf(repeat: ShapedNode, path: string, marks: MarkIndex): readonly Run[] {
  const runs: (Run & { readonly members: ShapedNode[] })[] = [];
  let lastMarks = "";
  repeat.children.forEach((instance, index) => {
    const own = marks.describe(joinPath(path, String(index)));
    const last = runs.at(-1);
    if (last && isAlike(last.instance, instance) && lastMarks === own) {
      last.members.push(instance);
    } else {
      runs.push({ instance, first: index, members: [instance] });
    }
    lastMarks = own;
  });
  return runs;
}

/** Whether two parts are drawn alike, but for shapes and counts. */
function isAlike(a: ShapedNode, b: ShapedNode): boolean {
  if (a === b) return true;
  if (a.children.length !== b.children.length || describe(a.node) !== describe(b.node))
    return false;
  return a.children.every((child, index) => {
    const other = b.children[index];
    return other !== undefined && isAlike(child, other);
  });
}

/** What a picture writes of a node. */
function describe(node: Node): string {
  const { title, note, facts } = node.kind === "operator" ? saidOfOperator(node) : saidOfJoin(node);
  return JSON.stringify([
    node.kind,
    node.name,
    title,
    note,
    facts,
    titleOf([node]),
    argumentsOf(node),
  ]);
}

/** The instance without the sequences that hold one step alone, and where it lies then. */
export function peel(
  instance: ShapedNode,
  around: InstancePlace,
  index: number,
): InstancePlace & { readonly shaped: ShapedNode } {
  const { name } = instance.node;
  let shaped = instance;
  let path = joinPath(joinPath(around.path, String(index)), name);
  let local = joinPath(joinPath(around.local, String(index)), name);
  for (;;) {
    const { node, children } = shaped;
    const [only] = children;
    const isPlain = node.kind === "sequence" && children.length === 1;
    if (!only || !isPlain || !(only.node.kind === "operator" || isChain(only.node))) {
      return { shaped, path, local };
    }
    path = childPath(node, path, only.node, 0);
    local = childPath(node, local, only.node, 0);
    shaped = only;
  }
}

/** What paths inside a part at `path` begin with: that of a join is no scope. */
export function insideOf(node: Node, path: string): string {
  if (isChain(node) || node.name === "") return path;
  return path.slice(0, Math.max(0, path.length - node.name.length - 1));
}

/** Whether the parts in it follow one another, and can be drawn without it. */
export function isChain({ kind }: Node): boolean {
  return kind === "sequence" || kind === "call" || kind === "aux" || kind === "factor";
}
