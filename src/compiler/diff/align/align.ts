/**
 * Finds which part of base corresponds to which part of head: first by the user's hints, then by equal contents, within
 * matched blocks by equal names and the longest common subsequence of steps, and last by similarity elsewhere.
 *
 * A part has at most one partner. Ties go to what is written first, so the same networks always align in the same way.
 */
import { groupBy } from "../../core/group-by.ts";
import type { Part, PartTree } from "../part.ts";
import { matchBranches } from "./align-branches.ts";
import { groupOf, matchSteps, mayPair } from "./align-steps.ts";
import type { Alignment, AlignmentNote, Pair, Reason } from "./alignment.ts";
import type { Hints } from "./find-hints.ts";
import { findRenames } from "./find-renames.ts";
import { createSimilarity } from "./similarity.ts";

/** With `hintsOnly` nothing else is matched than what the hints name, and what lies in it. */
export function align(base: PartTree, head: PartTree, hints: Hints, hintsOnly: boolean): Alignment {
  const pairOfBase = new Map<Part, Pair>();
  const pairOfHead = new Map<Part, Pair>();
  const notes: AlignmentNote[] = [...hints.notes];
  const similarity = createSimilarity();

  const put = (one: Part, other: Part, reason: Reason): boolean => {
    if (pairOfBase.has(one) || pairOfHead.has(other)) return false;
    const pair = { base: one, head: other, reason };
    pairOfBase.set(one, pair);
    pairOfHead.set(other, pair);
    return true;
  };
  const match = (one: Part, other: Part, reason: Reason): void => {
    if (put(one, other, reason)) matchContents(one, other);
  };
  const matchContents = (one: Part, other: Part): void => {
    // Equal contents have equal insides, part by part.
    if (one.content === other.content) {
      one.children.forEach((child, index) => {
        const partner = other.children[index];
        if (partner) match(child, partner, "place");
      });
    } else matchInside(one, other);
  };
  const matchInside = (one: Part, other: Part): void => {
    const ones = one.children.filter((child) => !pairOfBase.has(child));
    const others = other.children.filter((child) => !pairOfHead.has(child));
    switch (groupOf(one.node)) {
      case "join":
        for (const [b, h] of matchBranches(ones, others, similarity)) match(b, h, "place");
        break;
      case "residual":
        // The body, then the shortcut: they are identified by their position.
        ones.forEach((child) => {
          const role = one.children.indexOf(child);
          const partner = other.children[role];
          if (partner && others.includes(partner)) match(child, partner, "place");
        });
        break;
      default:
        matchChains(one, other, ones, others);
    }
  };
  const matchChains = (
    one: Part,
    other: Part,
    ones: readonly Part[],
    others: readonly Part[],
  ): void => {
    const [firstOfBase] = one.children;
    const [firstOfHead] = other.children;
    const repeats = one.node.kind === "repeat";
    if (repeats !== (other.node.kind === "repeat")) {
      // A block that became a repeat of itself is the repeat's first instance.
      if (repeats && firstOfBase) matchInside(firstOfBase, other);
      else if (firstOfHead) matchInside(one, firstOfHead);
      return;
    }
    if (repeats && matchInstances(ones, others)) return;
    const [baseSteps, headSteps] = withEqualFactors(ones, others);
    const { pairs, isBest } = matchSteps(baseSteps, headSteps, similarity);
    if (!isBest) {
      notes.push({
        kind: "not-best",
        path: one.path,
        baseSteps: ones.length,
        headSteps: others.length,
      });
    }
    for (const [b, h] of pairs) match(b, h, "place");
    matchMoved(ones, others);
  };
  /** Instances that are all alike are matched from the first on; the count is what differs. */
  const matchInstances = (ones: readonly Part[], others: readonly Part[]): boolean => {
    if (!isUniform(ones) || !isUniform(others)) return false;
    ones.forEach((instance, index) => {
      const partner = others[index];
      if (partner && mayPair(instance, partner, () => 1)) match(instance, partner, "place");
    });
    return true;
  };
  /** Steps of the same block that stand in another order. */
  const matchMoved = (ones: readonly Part[], others: readonly Part[]): void => {
    const keyOf = (part: Part): string | number =>
      part.label === "" ? part.content : `${groupOf(part.node)} ${part.label}`;
    const isLeft = (part: Part): boolean => part.label !== "" || part.hasWeights;
    // Reversed, so that the first of a key is at the end.
    const waiting = groupBy(
      others.filter((part) => !pairOfHead.has(part) && isLeft(part)).reverse(),
      keyOf,
    );
    for (const part of ones) {
      if (pairOfBase.has(part) || !isLeft(part)) continue;
      const partner = waiting.get(keyOf(part))?.pop();
      if (partner) match(part, partner, "moved");
    }
  };

  // Hints about inner parts apply before outer parts are matched.
  const hinted = hints.pairs.filter(([one, other]) => put(one, other, "hint"));
  for (const [one, other] of hinted) matchContents(one, other);
  if (hintsOnly) put(base.root, head.root, "place");
  else {
    match(base.root, head.root, "place");
    for (const { base: one, head: other } of findRenames(base, head, {
      pairOfBase,
      pairOfHead,
      similarity,
    })) {
      match(one, other, "renamed");
    }
  }
  return { pairOfBase, pairOfHead, notes };
}

/**
 * A factor is a way to write the chain of its parts: if only one side has it, its parts are treated as ordinary steps.
 */
function withEqualFactors(
  ones: readonly Part[],
  others: readonly Part[],
): readonly [base: readonly Part[], head: readonly Part[]] {
  const factorsOf = (steps: readonly Part[]): number =>
    steps.filter(({ node }) => node.kind === "factor").length;
  if (factorsOf(ones) === factorsOf(others)) return [ones, others];
  const [base, head] = [ones, others].map((steps) =>
    steps.flatMap((step) => (step.node.kind === "factor" ? step.children : [step])),
  );
  return base && head && base.length === head.length ? [base, head] : [ones, others];
}

function isUniform([first, ...others]: readonly Part[]): boolean {
  return others.every(({ content }) => content === first?.content);
}
