/**
 * Matches the parts of two networks: as their block trees say, and where these leave a layer alone, by what it reads. The result is the
 * same in both directions: where several matchings are as good, it would otherwise depend on which network comes first.
 */
import type { LayerGraph } from "../ir/layer-graph.ts";
import { align } from "./align/align.ts";
import { type Alignment, type AlignOptions, mirrorAlignment } from "./align/alignment.ts";
import { findHints, type Hints } from "./align/find-hints.ts";
import { describePart } from "./describe-part.ts";
import { type Part, type PartTree, walkParts } from "./part.ts";
import { matchByReads } from "./proof/match-by-reads.ts";
import { traceBothWays } from "./weights/trace-both-ways.ts";

/** One network as blocks, and as layers. */
export interface MatchedSide {
  readonly tree: PartTree;
  readonly graph: LayerGraph;
}

export function matchParts(
  base: MatchedSide,
  head: MatchedSide,
  options: AlignOptions = {},
): Alignment {
  const hints = findHints(base.tree, head.tree, options);
  if (!comesFirst(head.tree, base.tree)) return match(base, head, hints, options);
  const turned = hints.pairs.map(([one, other]) => [other, one] as const);
  return mirrorAlignment(match(head, base, { ...hints, pairs: turned }, options));
}

function match(
  base: MatchedSide,
  head: MatchedSide,
  hints: Hints,
  { mapOnly = false }: AlignOptions,
): Alignment {
  const guess = align(base.tree, head.tree, hints, mapOnly);
  // Where names and contents are equal throughout, there is nothing to find.
  if (mapOnly || base.tree.root.exact === head.tree.root.exact) return guess;
  const sides = [base, head].map(({ tree, graph }) => ({ root: tree.root, graph }));
  const [one, other] = sides;
  return one && other ? matchByReads(one, other, guess, traceBothWays(one, other, guess)) : guess;
}

/** Whether one network comes before the other, whichever is the base: the smaller one, or the one whose text does. */
function comesFirst(one: PartTree, other: PartTree): boolean {
  const sizes = one.leaves.length - other.leaves.length;
  return sizes === 0 ? writeTree(one.root) < writeTree(other.root) : sizes < 0;
}

function writeTree(root: Part): string {
  const lines: string[] = [];
  walkParts(root, (part) => {
    lines.push(`${part.path} ${describePart(part)}`);
    return true;
  });
  return lines.join("\n");
}
