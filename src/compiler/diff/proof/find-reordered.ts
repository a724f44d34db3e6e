/** Finds layers that read channels in another order where no collected change tells why. */
import type { Layer } from "../../ir/layer-graph.ts";
import type { Part } from "../part.ts";
import { DIFF_RULES, NAME_RULES } from "../rules.ts";
import { hasFilters } from "../weights/channel-use.ts";
import { pathsAround } from "./explained-tensors.ts";
import type { GraphComparison } from "./graph-comparison.ts";

/** Layers of head, one for each operator; what follows from one of them is not among them. */
export function findReordered({
  head: { graph, parts },
  followed: { operators },
  collected,
}: GraphComparison): readonly Layer[] {
  const paths = new Set(
    collected.flatMap(({ rule, head }) =>
      head && DIFF_RULES[rule].class === "weights" && !NAME_RULES.has(rule) ? [head.path] : [],
    ),
  );
  const found: Layer[] = [];
  const seen = new Set<Part>();
  /** By layer: whether it is known why its channels come in another order. */
  const known: boolean[] = [];
  for (const layer of graph.layers) {
    const part = parts.get(layer.block);
    const orders = part && operators.get(part);
    // Further layers of an operator read what the one before them puts out.
    const read = part && seen.has(part) ? orders?.output : orders?.input;
    if (part) seen.add(part);
    const isReordered = read?.kind === "permuted";
    const isKnown = layer.inputs.some((id) => known[id]);
    if (isReordered && !isKnown) found.push(layer);
    const isOwn = pathsAround(layer.block).some((path) => paths.has(path));
    known.push(isOwn || (!hasFilters(layer) && (isKnown || isReordered)));
  }
  return found;
}
