/** Compares the outputs of two networks whose channels were followed through both graphs. */
import type { Layer, LayerGraph } from "../../ir/layer-graph.ts";
import type { Part } from "../part.ts";
import { orderBetween } from "./channel-runs.ts";
import type { GraphComparison } from "./graph-comparison.ts";
import { partnerOf } from "./indexed-side.ts";

export interface ComparedOutputs {
  /** Whether callers get the same tensors, in the same list. */
  readonly areSame: boolean;
  /** Outputs whose channels come in another order: the root of head, and auxiliary heads. */
  readonly permuted: readonly Part[];
  /** Outputs that are another tensor. */
  readonly others: readonly {
    readonly base: Layer;
    readonly head: Layer;
    readonly former: Part;
    readonly part: Part;
  }[];
}

/** `traced` are the outputs that were traced to come in another order, which counts where the graphs differ. */
export function compareOutputs(
  { base, head, pairOfHead, followed }: GraphComparison,
  traced: readonly Part[],
): ComparedOutputs {
  const [main, ...heads] = outputsOf(head.graph);
  const [formerMain, ...formerHeads] = outputsOf(base.graph);
  const permuted = new Set(traced);
  const others: ComparedOutputs["others"][number][] = [];
  let areSame = heads.length === formerHeads.length;
  const compare = (before: Layer, after: Layer, former: Part, part: Part): void => {
    const order = orderBetween(followed.base[before.id] ?? [], followed.head[after.id] ?? []);
    if (order?.kind === "same") permuted.delete(part);
    else {
      areSame = false;
      if (order) permuted.add(part);
      else others.push({ base: before, head: after, former, part });
    }
  };
  if (main && formerMain) compare(formerMain, main, base.root, head.root);
  for (const [index, output] of heads.entries()) {
    const partner = partnerOf(output, base, head, pairOfHead);
    if (partner !== formerHeads[index]) areSame = false;
    const part = head.parts.get(output.block);
    const former = part && pairOfHead.get(part)?.base;
    if (partner && part && former) compare(partner, output, former, part);
  }
  return { areSame, permuted: [...permuted], others };
}

function outputsOf({ layers, outputs }: LayerGraph): readonly Layer[] {
  return outputs.flatMap((id) => layers[id] ?? []);
}
