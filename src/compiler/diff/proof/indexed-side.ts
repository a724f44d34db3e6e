/** One network of a comparison as a graph of layers, and which layers of the other network its layers are. */
import type { Layer, LayerGraph } from "../../ir/layer-graph.ts";
import type { Alignment } from "../align/alignment.ts";
import { type Part, walkParts } from "../part.ts";

export interface ProofSide {
  readonly root: Part;
  readonly graph: LayerGraph;
}

export interface IndexedSide extends ProofSide {
  readonly byPath: ReadonlyMap<string, Layer>;
  /** What has layers of its own, by path. */
  readonly parts: ReadonlyMap<string, Part>;
}

export function indexSide({ root, graph }: ProofSide): IndexedSide {
  const blocks = new Set(graph.layers.map(({ block }) => block));
  const parts = new Map<string, Part>();
  walkParts(root, (part) => {
    // Of several things at one path, the innermost has the layer.
    if (part.node.kind !== "sequence" && blocks.has(part.path)) parts.set(part.path, part);
    return true;
  });
  return { root, graph, parts, byPath: new Map(graph.layers.map((layer) => [layer.path, layer])) };
}

/** The layer of base that a layer of head is: of the same kind, in the same place of a matched part. */
export function partnerOf(
  { path, block, kind }: Layer,
  base: IndexedSide,
  head: IndexedSide,
  pairOfHead: Alignment["pairOfHead"],
): Layer | undefined {
  const part = head.parts.get(block);
  const former = part && pairOfHead.get(part)?.base;
  const partner = former && base.byPath.get(former.path + path.slice(block.length));
  return partner?.kind === kind ? partner : undefined;
}

export function isWeighted({ tensors }: Layer): boolean {
  return tensors.length > 0;
}
