/** Measures how similar two parts are by the operators that they contain. */
import type { OperatorNode } from "../../ir/architecture.ts";
import { type Part, walkParts } from "../part.ts";

/** From 0, nothing in common, to 1: twice the operators that are in both, by all operators in either (Dice). */
export type Similarity = (base: Part, head: Part) => number;

/** What an operator with tensors counts for; those without are in every block. */
const WEIGHTED = 3;

/** Remembers which operators a part has. */
export function createSimilarity(): Similarity {
  const known = new Map<Part, Contents>();
  const contentsOf = (part: Part): Contents => {
    const before = known.get(part) ?? gatherContents(part);
    known.set(part, before);
    return before;
  };
  return (base, head) => {
    const [one, other] = [contentsOf(base), contentsOf(head)];
    if (one.total + other.total === 0) return 1;
    let common = 0;
    for (const [bare, sum] of one.sums) common += Math.min(sum, other.sums.get(bare) ?? 0);
    return (2 * common) / (one.total + other.total);
  };
}

interface Contents {
  /** By what each operator is, without its name. */
  readonly sums: ReadonlyMap<number, number>;
  readonly total: number;
}

function gatherContents(part: Part): Contents {
  const sums = new Map<number, number>();
  let total = 0;
  walkParts(part, ({ node, bare, hasWeights }) => {
    if (node.kind !== "operator") return true;
    const count = hasWeights ? WEIGHTED : 1;
    sums.set(bare, (sums.get(bare) ?? 0) + count);
    total += count;
    return true;
  });
  return { sums, total };
}

/** Operator, window and width, which identify an operator for similarity. */
export function signatureOf(node: OperatorNode): string {
  return `${node.operator} ${windowOf(node)} ${widthOf(node)}`;
}

export function windowOf({ attributes }: OperatorNode): string {
  return JSON.stringify(attributes.kernel ?? null);
}

export function widthOf({ attributes }: OperatorNode): string {
  return JSON.stringify(attributes.filters ?? attributes.units ?? null);
}
