/** Collects layers, blocks, branches and steps that only one side has. */

import { isJoin } from "../../ir/architecture.ts";
import type { LayerTemplate } from "../../ir/layer-graph.ts";
import { ownLayers } from "../../lower/own-layers.ts";
import { groupOf } from "../align/align-steps.ts";
import type { Pair } from "../align/alignment.ts";
import { type AddChange, type ChangeValue, placeOf } from "../change.ts";
import { describePart } from "../describe-part.ts";
import { type Part, walkParts } from "../part.ts";
import type { DiffRuleId } from "../rules.ts";

export type Side = "base" | "head";

/** Reports only the outermost part, and nothing for instances that one side's repeat has more of. */
export function collectLoneParts(
  root: Part,
  side: Side,
  pairs: ReadonlyMap<Part, Pair>,
  add: AddChange,
): void {
  const holdsPairs = new Set<Part>();
  for (const part of pairs.keys()) {
    for (let at = part.parent; at && !holdsPairs.has(at); at = at.parent) holdsPairs.add(at);
  }
  const report = (rule: DiffRuleId, part: Part): void => {
    const text = describeLone(rule, part);
    add({
      rule,
      base: side === "base" ? placeOf(part) : undefined,
      head: side === "head" ? placeOf(part) : undefined,
      before: side === "base" ? text : null,
      after: side === "head" ? text : null,
    });
  };
  walkParts(root, (part) => {
    if (pairs.has(part)) return true;
    const { parent } = part;
    if (holdsPairs.has(part)) {
      const isScope = groupOf(part.node) !== "steps";
      if (isScope) report(side === "head" ? "scope-added" : "scope-removed", part);
      return true;
    }
    const isSurplus = parent?.node.kind === "repeat" && pairs.has(parent);
    if (!isSurplus && part.leafCount > 0) report(ruleOf(part, side), part);
    return false;
  });
}

/** What was added or removed; of dropout its rate, as where it is only changed. */
function describeLone(rule: DiffRuleId, part: Part): ChangeValue {
  const [only] = rule === "dropout-changed" ? leavesOf(part) : [];
  const [layer] = only ? ownLayers(only.shaped) : [];
  return layer?.kind === "dropout" ? layer.attributes.rate : describePart(part);
}

function ruleOf(part: Part, side: Side): DiffRuleId {
  const { node, parent, hasWeights } = part;
  const isAdded = side === "head";
  if (part.leafCount === 1) {
    const layers = layersIn(part);
    if (layers.length === 0 && !isBranch(part)) return "identity-changed";
    if (layers.length > 0 && layers.every(({ kind }) => kind === "dropout"))
      return "dropout-changed";
  }
  if (!hasWeights) return isAdded ? "step-added" : "step-removed";
  if (isBranch(part)) return isAdded ? "branch-added" : "branch-removed";
  if (parent?.node.kind === "residual") return isAdded ? "shortcut-added" : "shortcut-removed";
  if (node.kind === "operator" || part.leafCount === 1) {
    return isAdded ? "layer-added" : "layer-removed";
  }
  return isAdded ? "block-added" : "block-removed";
}

function isBranch({ parent }: Part): boolean {
  return parent !== undefined && isJoin(parent.node);
}

/** Layers of a part and of all that is in it: those of blocks that join something too. */
function layersIn(part: Part): readonly LayerTemplate[] {
  const layers: LayerTemplate[] = [];
  walkParts(part, ({ shaped }) => {
    layers.push(...ownLayers(shaped));
    return true;
  });
  return layers;
}

function leavesOf(part: Part): readonly Part[] {
  const leaves: Part[] = [];
  walkParts(part, (inner) => {
    if (inner.node.kind === "operator") leaves.push(inner);
    return true;
  });
  return leaves;
}
