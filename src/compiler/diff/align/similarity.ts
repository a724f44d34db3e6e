/** Owns how alike two parts are, judged by the operators in them. */
import type { OperatorNode } from "../../ir/architecture.ts";
import { type Part, walkParts } from "../part.ts";

/** From 0, nothing in common, to 1: twice the operators that are in both, by all operators in either (Dice). */
export type Similarity = (base: Part, head: Part) => number;

/** Remembers which operators a part has. */
export function createSimilarity(): Similarity {
  const known = new Map<Part, ReadonlyMap<string, number>>();
  const countsOf = (part: Part): ReadonlyMap<string, number> => {
    const before = known.get(part);
    if (before) return before;
    const counts = new Map<string, number>();
    walkParts(part, ({ node }) => {
      if (node.kind !== "operator") return true;
      const signature = signatureOf(node);
      counts.set(signature, (counts.get(signature) ?? 0) + 1);
      return true;
    });
    known.set(part, counts);
    return counts;
  };
  return (base, head) => {
    const all = base.leafCount + head.leafCount;
    if (all === 0) return 1;
    const inHead = countsOf(head);
    let common = 0;
    for (const [signature, count] of countsOf(base)) {
      common += Math.min(count, inHead.get(signature) ?? 0);
    }
    return (2 * common) / all;
  };
}

/** Operator, window and width: what one recognises an operator by. */
export function signatureOf(node: OperatorNode): string {
  return `${node.operator} ${windowOf(node)} ${widthOf(node)}`;
}

export function windowOf({ attributes }: OperatorNode): string {
  return JSON.stringify(attributes.kernel ?? null);
}

export function widthOf({ attributes }: OperatorNode): string {
  return JSON.stringify(attributes.filters ?? attributes.units ?? null);
}
