/**
 * Matches layers with weights by what they read: where the matching of block trees left a layer without a partner, or with one that
 * reads something else, the layer of base that is alike and reads the same is its partner. Layers that a label names stay matched.
 */
import type { Alignment, Pair } from "../align/alignment.ts";
import { type Part, walkParts } from "../part.ts";
import type { ChannelTrace } from "../weights/trace-channels.ts";
import { orderBetween, type Runs, sortRuns, writeRuns } from "./channel-runs.ts";
import { followGraphs } from "./follow-graphs.ts";
import { indexSide, type ProofSide } from "./indexed-side.ts";

/** A new partner may leave the layers before it with another one; more rounds than these change nothing in practice. */
const MOST_ROUNDS = 4;

export function matchByReads(
  base: ProofSide,
  head: ProofSide,
  alignment: Alignment,
  trace: ChannelTrace,
): Alignment {
  const sides = { base: indexSide(base), head: indexSide(head) };
  const baseLeaves = firstReads(sides.base);
  const headLeaves = firstReads(sides.head);
  const pairOfBase = new Map(alignment.pairOfBase);
  const pairOfHead = new Map(alignment.pairOfHead);
  const isNamed = createNaming(alignment.pairOfHead);
  let hasChanged = false;
  const part = ({ base: one, head: other }: Pair): void => {
    pairOfBase.delete(one);
    pairOfHead.delete(other);
  };
  const pair = (one: Part, other: Part): void => {
    for (const former of [pairOfBase.get(one), pairOfHead.get(other)]) if (former) part(former);
    const made: Pair = { base: one, head: other, reason: "renamed" };
    pairOfBase.set(one, made);
    pairOfHead.set(other, made);
    hasChanged = true;
  };

  /** One walk through head; layers whose partner reads what they read are settled. */
  const walk = (): void => {
    const settled = new Set<Part>();
    let byKey: ReadonlyMap<string, readonly Part[]> | undefined;
    followGraphs(sides.base, sides.head, {
      pairOfHead,
      trace,
      onLayer: (layer, baseValues, headValues) => {
        const leaf = sides.head.parts.get(layer.block);
        const read = leaf && headLeaves.get(leaf);
        if (!leaf?.hasWeights || read === undefined || layer.inputs[0] !== read) return;
        const input = headValues[read] ?? [];
        const current = pairOfHead.get(leaf);
        const formerRead = current && baseLeaves.get(current.base);
        const isRight =
          formerRead !== undefined &&
          orderBetween(baseValues[formerRead] ?? [], input) !== undefined;
        if (current && (isRight || isNamed(current))) {
          settled.add(current.base);
          return;
        }
        byKey ??= groupByReads(baseLeaves, baseValues);
        const found = byKey.get(keyOf(leaf, input))?.filter((one) => {
          if (settled.has(one) || one === current?.base) return false;
          const rival = pairOfBase.get(one);
          if (!rival) return true;
          // One that reads the same in head is as good a partner.
          return !isNamed(rival) && headLeaves.get(rival.head) !== read;
        });
        const [best] = (found ?? []).toSorted((a, b) => rank(b, leaf) - rank(a, leaf));
        if (!best) return;
        pair(best, leaf);
        settled.add(best);
      },
    });
  };
  for (let round = 0; round < MOST_ROUNDS; round++) {
    hasChanged = false;
    walk();
    if (!hasChanged) break;
  }
  return { pairOfBase, pairOfHead, notes: alignment.notes };
}

/** The layer that each operator with weights reads. */
function firstReads({ graph, parts }: ReturnType<typeof indexSide>): ReadonlyMap<Part, number> {
  const reads = new Map<Part, number>();
  for (const { block, inputs } of graph.layers) {
    const part = parts.get(block);
    const [read] = inputs;
    if (
      part?.node.kind === "operator" &&
      part.hasWeights &&
      read !== undefined &&
      !reads.has(part)
    ) {
      reads.set(part, read);
    }
  }
  return reads;
}

function groupByReads(
  leaves: ReadonlyMap<Part, number>,
  values: readonly Runs[],
): ReadonlyMap<string, readonly Part[]> {
  const groups = new Map<string, Part[]>();
  for (const [leaf, read] of leaves) {
    const key = keyOf(leaf, values[read] ?? []);
    const group = groups.get(key);
    if (group) group.push(leaf);
    else groups.set(key, [leaf]);
  }
  return groups;
}

/** Alike, and reading the same channels in whatever order. */
function keyOf({ bare }: Part, input: Runs): string {
  return `${bare} ${writeRuns(sortRuns(input))}`;
}

/** Of several layers, the one with the same name is meant. */
function rank(base: Part, head: Part): number {
  if (base.path === head.path) return 2;
  return labelAround(base)?.label === labelAround(head)?.label ? 1 : 0;
}

/**
 * Whether a hint or a label says which layer it is: a label around one layer with weights, the same on both sides, in the same
 * instances of repeats.
 */
function createNaming(pairOfHead: Alignment["pairOfHead"]): (pair: Pair) => boolean {
  const counts = new Map<Part, number>();
  const countIn = (part: Part): number => {
    const known = counts.get(part);
    if (known !== undefined) return known;
    let count = 0;
    walkParts(part, ({ node, hasWeights }) => {
      if (node.kind === "operator" && hasWeights) count++;
      return hasWeights;
    });
    counts.set(part, count);
    return count;
  };
  const isHinted = ({ base, head }: Pair): boolean => {
    for (let at: Part | undefined = head; at; at = at.parent) {
      const around = pairOfHead.get(at);
      if (around?.reason === "hint" && isIn(base, around.base)) return true;
    }
    return false;
  };
  return (pair) => {
    if (isHinted(pair)) return true;
    const { base, head } = pair;
    const [one, other] = [labelAround(base), labelAround(head)];
    if (!one || !other || one.label !== other.label) return false;
    return countIn(one) === 1 && countIn(other) === 1 && instancesOf(base) === instancesOf(head);
  };
}

/** The nearest part around a layer, or itself, that an author gave a name. */
function labelAround(part: Part): Part | undefined {
  for (let at: Part | undefined = part; at?.parent; at = at.parent) if (at.label !== "") return at;
  return undefined;
}

function isIn(inner: Part, outer: Part): boolean {
  for (let at: Part | undefined = inner; at; at = at.parent) if (at === outer) return true;
  return false;
}

/** The numbers of the instances that a part is in, of repeats that have several. */
function instancesOf(part: Part): string {
  const numbers: number[] = [];
  for (let at = part; at.parent; at = at.parent) {
    const { node, children } = at.parent;
    if (node.kind === "repeat" && children.length > 1) numbers.push(children.indexOf(at));
  }
  return numbers.join();
}
