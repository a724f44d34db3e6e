/** The tensors of one operator as a checkpoint has them: names, shapes, bytes, and what their axes count. */
import { BYTES_PER_ELEMENT } from "../cost/live-memory.ts";
import { type LayerTensor, tensorSize } from "../ir/layer-graph.ts";
import { ownLayers } from "../lower/own-layers.ts";
import type { Part } from "./part.ts";

export interface CheckpointTensor extends Pick<LayerTensor, "shape" | "axes"> {
  /** `stem.conv.batchnorm/beta`: the layer of generated code, then the tensor's name in it. */
  readonly fullName: string;
  /** The name without the operator's own path: what equal operators share. */
  readonly key: string;
  /** In float32, as checkpoints are. */
  readonly bytes: number;
}

/** In Keras' order; none for a part that is no operator. */
export function checkpointTensors({ node, shaped, path }: Part): readonly CheckpointTensor[] {
  if (node.kind !== "operator") return [];
  return ownLayers(shaped).flatMap((layer) =>
    layer.tensors.map((tensor) => {
      const { name, shape, axes } = tensor;
      const key = layer.name === "" ? `/${name}` : `.${layer.name}/${name}`;
      const bytes = tensorSize(tensor) * BYTES_PER_ELEMENT.float32;
      return { fullName: path + key, key, shape, axes, bytes };
    }),
  );
}
