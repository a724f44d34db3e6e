/**
 * Finds renamed and moved parts among those without a partner.
 *
 * Blocks of several layers are recognized by their contents; a single layer only where its neighbours are the same too,
 * since one 1x1 convolution looks like another.
 */
import { groupBy } from "../../core/group-by.ts";
import { isJoin } from "../../ir/architecture.ts";
import type { Part, PartTree } from "../part.ts";
import { walkParts } from "../part.ts";
import { mayPair } from "./align-steps.ts";
import type { Alignment } from "./alignment.ts";
import type { Similarity } from "./similarity.ts";

export interface Remainder extends Pick<Alignment, "pairOfBase" | "pairOfHead"> {
  readonly similarity: Similarity;
}

/** The number of operators from which on equal contents are not a coincidence. */
const DISTINCT_LEAVES = 3;
/** The most comparisons of blocks that are only similar. */
const MAX_COMPARISONS = 2500;

/** Pairs one by one; each may rely on the caller having matched those before it, with their insides. */
export function* findRenames(
  base: PartTree,
  head: PartTree,
  { pairOfBase, pairOfHead, similarity }: Remainder,
): Generator<{ readonly base: Part; readonly head: Part }> {
  const isLeftBase = (part: Part): boolean => !pairOfBase.has(part);
  const isLeftHead = (part: Part): boolean => !pairOfHead.has(part);

  // Equal contents, the largest block first: a walk from above does not enter what it has matched.
  const leftOfBase: Part[] = [];
  walkParts(base.root, (part) => {
    if (isLeftBase(part) && isDistinct(part, pairOfBase)) leftOfBase.push(part);
    return true;
  });
  const byContents = groupBy(leftOfBase, ({ bare }) => bare);
  const found: { readonly base: Part; readonly head: Part }[] = [];
  const claimed = new Set<Part>();
  walkParts(head.root, (part) => {
    if (!isLeftHead(part) || !isDistinct(part, pairOfHead)) return true;
    if (part.parent?.node.kind === "repeat" && isLeftHead(part.parent)) return true;
    const candidates = byContents.get(part.bare) ?? [];
    const one = candidates.find(
      (candidate) => isLeftBase(candidate) && !isInside(candidate, claimed),
    );
    if (!one) return true;
    claimed.add(one);
    found.push({ base: one, head: part });
    return false;
  });
  yield* found;

  // Similar blocks of one matched parent.
  const ones = outermost(base.root, isLeftBase);
  const others = outermost(head.root, isLeftHead);
  if (ones.length * others.length <= MAX_COMPARISONS) {
    for (const other of others) {
      const partner = other.parent && pairOfHead.get(other.parent);
      const candidates = ones.filter(
        (one) =>
          isLeftBase(one) &&
          one.parent === partner?.base &&
          one.leafCount > 1 &&
          mayPair(one, other, similarity),
      );
      const [best] = candidates.toSorted((a, b) => similarity(b, other) - similarity(a, other));
      if (best && other.leafCount > 1) yield { base: best, head: other };
    }
  }

  yield* sameNeighbours(base, head, { pairOfBase, pairOfHead });
}

/**
 * Single layers with tensors that follow one and the same layer with tensors, or come before one. Each may be found by the
 * one found before it, so that a row of layers which moved into a block is followed to its end.
 */
function* sameNeighbours(
  base: PartTree,
  head: PartTree,
  { pairOfBase, pairOfHead }: Pick<Alignment, "pairOfBase" | "pairOfHead">,
): Generator<{ readonly base: Part; readonly head: Part }> {
  const isLayer = ({ hasWeights }: Part): boolean => hasWeights;
  for (const backwards of [false, true]) {
    const bases = base.leaves.filter(isLayer);
    const heads = head.leaves.filter(isLayer);
    if (backwards) {
      bases.reverse();
      heads.reverse();
    }
    const placeOf = new Map(bases.map((leaf, index) => [leaf, index]));
    for (const [index, leaf] of heads.entries()) {
      if (pairOfHead.has(leaf) || isSurplus(leaf, pairOfHead)) continue;
      const neighbour = heads[index - 1];
      const partner = neighbour && pairOfHead.get(neighbour)?.base;
      if (neighbour && !partner) continue;
      const one = bases[partner ? (placeOf.get(partner) ?? -1) + 1 : 0];
      if (!one || one.bare !== leaf.bare) continue;
      if (!pairOfBase.has(one) && !isSurplus(one, pairOfBase)) yield { base: one, head: leaf };
    }
  }
}

/** Whether equal contents are no coincidence: several layers with a name of their own, and no branch of another join. */
function isDistinct(
  { leafCount, hasWeights, parent }: Part,
  pairs: ReadonlyMap<Part, unknown>,
): boolean {
  const isBranch = parent !== undefined && isJoin(parent.node);
  return hasWeights && leafCount >= DISTINCT_LEAVES && (!isBranch || pairs.has(parent));
}

/** In an instance that a matched repeat has on one side only: what is gone with it is not renamed. */
function isSurplus(leaf: Part, pairs: ReadonlyMap<Part, unknown>): boolean {
  for (let part: Part | undefined = leaf; part?.parent; part = part.parent) {
    if (part.parent.node.kind === "repeat" && !pairs.has(part) && pairs.has(part.parent))
      return true;
  }
  return false;
}

/** Parts without a partner whose parents have one. */
function outermost(root: Part, isLeft: (part: Part) => boolean): readonly Part[] {
  const parts: Part[] = [];
  walkParts(root, (part) => {
    if (!isLeft(part)) return true;
    parts.push(part);
    return false;
  });
  return parts;
}

function isInside(part: Part, claimed: ReadonlySet<Part>): boolean {
  for (let at: Part | undefined = part; at; at = at.parent) if (claimed.has(at)) return true;
  return false;
}
