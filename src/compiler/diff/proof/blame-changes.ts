/** Tells changes that alter the function from those that the graphs show to make no difference. */
import type { LayerGraph } from "../../ir/layer-graph.ts";
import type { Alignment } from "../align/alignment.ts";
import type { Change } from "../change.ts";
import { DIFF_RULES, type DiffRuleId } from "../rules.ts";
import { pathsAround, RULES_OF_BLOCKS } from "./explained-tensors.ts";
import type { Mismatch } from "./follow-graphs.ts";
import { type IndexedSide, isWeighted, partnerOf } from "./indexed-side.ts";

/** Where the graphs differ: paths of layers, and of all that is around them. */
interface Suspects {
  readonly blocks: Set<string>;
  readonly scopes: Set<string>;
}

export interface Blame {
  readonly base: Suspects;
  readonly head: Suspects;
  /** Puts the blame on the two layers, and on everything without weights that makes what they read. */
  add(mismatch: Pick<Mismatch, "base" | "head" | "kind">): void;
}

/** To begin with, on what makes the tensors that layers of one side alone read. */
export function createBlame(
  base: IndexedSide,
  head: IndexedSide,
  pairOfHead: Alignment["pairOfHead"],
): Blame {
  const suspects = { base: createSuspects(base.graph), head: createSuspects(head.graph) };
  const matched = new Set<number>();
  for (const layer of head.graph.layers) {
    if (!isWeighted(layer)) continue;
    const partner = partnerOf(layer, base, head, pairOfHead);
    if (partner) matched.add(partner.id);
    else suspects.head.add(layer.id, true);
  }
  for (const layer of base.graph.layers) {
    if (isWeighted(layer) && !matched.has(layer.id)) suspects.base.add(layer.id, true);
  }
  return {
    ...suspects,
    add: ({ base: one, head: other, kind }) => {
      suspects.base.add(one.id, kind !== "function");
      suspects.head.add(other.id, kind !== "function");
    },
  };
}

function createSuspects({ layers }: LayerGraph): Suspects & {
  readonly add: (id: number, withInputs: boolean) => void;
} {
  const blocks = new Set<string>();
  const scopes = new Set<string>([""]);
  const seen = new Set<number>();
  return {
    blocks,
    scopes,
    add: (start, withInputs) => {
      const waiting = [start];
      for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
        const layer = layers[id];
        if (!layer) continue;
        blocks.add(layer.block);
        for (const path of pathsAround(layer.block)) scopes.add(path);
        const goesOn = withInputs && (id === start || !isWeighted(layer)) && !seen.has(id);
        if (!goesOn) continue;
        seen.add(id);
        waiting.push(...layer.inputs);
      }
    },
  };
}

/** Rules of class numerics that no graph can judge. */
const UNJUDGED: ReadonlySet<DiffRuleId> = new Set<DiffRuleId>(["input-crop-changed"]);

/** Changes that nothing is blamed on are harmless; what they say of weights is said of the weights themselves if all is the same. */
export function blameChanges(
  changes: readonly Change[],
  { base, head }: Blame,
  isSame: boolean,
): readonly Change[] {
  return changes.map((change) => {
    const { rule } = change;
    const isJudged =
      (DIFF_RULES[rule].class === "numerics" && !UNJUDGED.has(rule)) ||
      (rule === "repeat-count-changed" && isSame);
    if (!isJudged) return change;
    const isBlamed = (place: Change["base"], suspects: Suspects): boolean =>
      place !== undefined &&
      (RULES_OF_BLOCKS.has(rule) ? suspects.blocks : suspects.scopes).has(place.path);
    if (!isSame && (isBlamed(change.base, base) || isBlamed(change.head, head))) return change;
    return { ...change, isHarmless: true };
  });
}
