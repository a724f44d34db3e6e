/**
 * Matches branches of two joins: by name, then contents, then similarity, then form, since their order is no evidence.
 */

import { groupBy } from "../../core/group-by.ts";
import { isJoin } from "../../ir/architecture.ts";
import type { Part } from "../part.ts";
import { type Similarity, windowOf } from "./similarity.ts";

/** The similarity required of branches that have nothing else in common. */
const ALIKE = 0.5;
/** Comparisons for one join; of branches beyond, only those with a name or equal contents are matched. */
const MAX_COMPARISONS = 10_000;

/** Pairs in the order of base. */
export function matchBranches(
  base: readonly Part[],
  head: readonly Part[],
  similarity: Similarity,
): readonly (readonly [base: Part, head: Part])[] {
  const matched = new Map<Part, Part>();
  const taken = new Set<Part>();
  const take = (one: Part, other: Part): void => {
    matched.set(one, other);
    taken.add(other);
  };
  const leftBase = (): readonly Part[] => base.filter((branch) => !matched.has(branch));
  const leftHead = (): readonly Part[] => head.filter((branch) => !taken.has(branch));
  const byKey = (keyOf: (branch: Part) => string | number | undefined): void => {
    // Reversed, so that the first of a key is at the end: there may be tens of thousands of one key.
    const waiting = groupBy(leftHead().toReversed(), keyOf);
    for (const branch of leftBase()) {
      const key = keyOf(branch);
      const other = key === undefined ? undefined : waiting.get(key)?.pop();
      if (other) take(branch, other);
    }
  };

  byKey(({ label }) => (label === "" ? undefined : label));
  byKey(({ content }) => content);
  byKey(({ bare }) => bare);
  const [ones, others] = [leftBase(), leftHead()];
  if (ones.length * others.length <= MAX_COMPARISONS) {
    const candidates = ones.flatMap((one) =>
      others.map((other) => ({ one, other, score: similarity(one, other) })),
    );
    // Sorting keeps the order of equals, so that ties fall to what is written first.
    candidates.sort((a, b) => b.score - a.score);
    for (const { one, other, score } of candidates) {
      if (score >= ALIKE && !matched.has(one) && !taken.has(other)) take(one, other);
    }
  }
  byKey(formOf);
  // One branch left on either side, of one operator each of a kind: the same branch, edited.
  const [one, ...restOfBase] = leftBase();
  const [other, ...restOfHead] = leftHead();
  if (one && other && restOfBase.length === 0 && restOfHead.length === 0) {
    if (operatorsOf(one) === operatorsOf(other)) take(one, other);
  }
  return base.flatMap((branch) => {
    const partner = matched.get(branch);
    return partner ? [[branch, partner] as const] : [];
  });
}

/** The operators of a branch and their windows in the order of its tree: which are the same if only widths differ. */
function formOf({ node, children }: Part): string {
  if (node.kind === "operator") return `${node.operator} ${windowOf(node)}`;
  const word = isJoin(node) ? node.kind : "";
  return `${word}(${children.map(formOf).join()})`;
}

/** The operators of a branch's own steps by name. */
function operatorsOf({ children }: Part): string {
  return children.map(({ node }) => (node.kind === "operator" ? node.operator : node.kind)).join();
}
