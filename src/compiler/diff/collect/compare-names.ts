/** Compares the names and paths of corresponding parts, since weights are looked up by name. */
import { isJoin } from "../../ir/architecture.ts";
import type { Alignment, Pair } from "../align/alignment.ts";
import { type AddChange, placeOf } from "../change.ts";
import type { Part } from "../part.ts";

export function compareNames(
  { base, head, reason }: Pair,
  alignment: Alignment,
  add: AddChange,
): void {
  const sides = { base: placeOf(base), head: placeOf(head) };
  const around = pairAround(base, head, alignment);
  // A difference that follows from the name of an enclosing block is reported for that block.
  const [before, after] = around
    ? [below(base, around.base), below(head, around.head)]
    : [base.path, head.path];
  if (before !== after && isNamed(base, head)) {
    const isWeighted = base.hasWeights && head.hasWeights;
    const weighted = base.node.kind === "operator" ? "layer-renamed" : "block-renamed";
    const rule = isWeighted ? weighted : "step-renamed";
    // Patterns, so that a finding about all instances is reported once; but an instance is identified by its number.
    const isFolded =
      base.pattern !== head.pattern && countStars(base.pattern) === countStars(head.pattern);
    add({
      rule,
      ...sides,
      before: isFolded ? base.pattern : base.path,
      after: isFolded ? head.pattern : head.path,
    });
  }
  if (reason === "moved") {
    add({ rule: "step-moved", ...sides, before: neighbourOf(base), after: neighbourOf(head) });
  }
}

/** Joins name one layer without weights; branches without a label have no name at all. */
function isNamed(base: Part, head: Part): boolean {
  return base.node.name !== "" || head.node.name !== "" || base.parent?.node.kind === "repeat";
}

/** The nearest pair that encloses both. */
function pairAround(base: Part, head: Part, { pairOfHead }: Alignment): Pair | undefined {
  for (let part = head.parent; part; part = part.parent) {
    // The path of a join is that of its layer, and not around its branches.
    if (isJoin(part.node)) continue;
    const pair = pairOfHead.get(part);
    if (pair && isAround(pair.base, base)) return pair;
  }
  return undefined;
}

function isAround(outer: Part, inner: Part): boolean {
  for (let part = inner.parent; part; part = part.parent) if (part === outer) return true;
  return false;
}

function below({ path }: Part, outer: Part): string {
  return outer.path === "" || path.length <= outer.path.length
    ? path.slice(outer.path === "" ? 0 : outer.path.length)
    : path.slice(outer.path.length + 1);
}

/** `after a.conv`, `first`: a place among steps in words that stay when others are inserted elsewhere. */
function neighbourOf(part: Part): string {
  const siblings = part.parent?.children ?? [];
  const before = siblings[siblings.indexOf(part) - 1];
  return before ? `after ${before.pattern}` : "first";
}

function countStars(pattern: string): number {
  return pattern.split("*").length;
}
