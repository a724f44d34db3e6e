/** Finds cycles in a graph of references by depth-first search, without recursion. */

/** Nodes that refer to one another in a cycle; `closing` is the reference from the last to the first. */
export interface Cycle<Node, Reference> {
  readonly nodes: readonly Node[];
  readonly closing: Reference;
}

/**
 * Cycles that can be reached from `starts`, each at the reference that closes it in a depth-first search. It uses an
 * explicit stack, since chains may be longer than the engine's call stack allows.
 */
export function* findCycles<Node, Reference>(
  starts: Iterable<Node>,
  referencesOf: (node: Node) => Iterable<Reference>,
  follow: (node: Node, reference: Reference) => Node | undefined,
): Generator<Cycle<Node, Reference>, undefined> {
  const finished = new Set<Node>();
  const depths = new Map<Node, number>();
  const stack: { readonly node: Node; readonly references: Iterator<Reference> }[] = [];
  const enter = (node: Node): void => {
    if (finished.has(node)) return;
    depths.set(node, stack.length);
    stack.push({ node, references: referencesOf(node)[Symbol.iterator]() });
  };
  for (const start of starts) {
    enter(start);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const reference = top.references.next();
      if (reference.done) {
        stack.pop();
        depths.delete(top.node);
        finished.add(top.node);
        continue;
      }
      const target = follow(top.node, reference.value);
      if (target === undefined) continue;
      const depth = depths.get(target);
      if (depth === undefined) enter(target);
      else yield { nodes: stack.slice(depth).map(({ node }) => node), closing: reference.value };
    }
  }
}
