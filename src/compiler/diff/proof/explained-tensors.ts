/** Finds the tensors of which a collected change says that they are made differently. */
import type { LayerGraph } from "../../ir/layer-graph.ts";
import type { Change } from "../change.ts";
import { type DiffRuleId, tellsOfFunction } from "../rules.ts";
import { isWeighted } from "./indexed-side.ts";

/** What they say is said of the block's own layers, and not of what it is around. */
export const RULES_OF_BLOCKS: ReadonlySet<DiffRuleId> = new Set<DiffRuleId>([
  "scope-added",
  "scope-removed",
  "join-changed",
  "residual-scale-changed",
]);

/**
 * For each layer, whether a change tells of it, or of what lies between it and the layers with weights that it is made of, these
 * among them.
 */
export function explainedTensors(
  { layers }: LayerGraph,
  changes: readonly Change[],
  side: "base" | "head",
): readonly boolean[] {
  const blocks = new Set<string>();
  const scopes = new Set<string>();
  for (const { rule, [side]: place } of changes) {
    // What another order of branches changes is followed channel by channel, and so is no reason by itself.
    if (!place || !tellsOfFunction(rule) || rule === "branch-order-changed") continue;
    (RULES_OF_BLOCKS.has(rule) ? blocks : scopes).add(place.path);
  }
  const explained: boolean[] = [];
  for (const layer of layers) {
    explained.push(
      blocks.has(layer.block) ||
        pathsAround(layer.block).some((path) => scopes.has(path)) ||
        (!isWeighted(layer) && layer.inputs.some((input) => explained[input])),
    );
  }
  return explained;
}

/** `a.b`, `a` for `a.b`; not the network itself. */
export function pathsAround(block: string): readonly string[] {
  const paths: string[] = [];
  for (let path = block; path !== ""; path = path.slice(0, Math.max(0, path.lastIndexOf(".")))) {
    paths.push(path);
  }
  return paths;
}
