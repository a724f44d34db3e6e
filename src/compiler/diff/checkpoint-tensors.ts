/** The tensors of one operator as a checkpoint has them: names, shapes, bytes, and what their axes count. */
import { BYTES_PER_ELEMENT } from "../cost/live-memory.ts";
import { type LayerTensor, tensorSize } from "../ir/layer-graph.ts";
import { joinPath } from "../ir/walk.ts";
import { ownLayers } from "../lower/own-layers.ts";
import type { Part } from "./part.ts";

export interface CheckpointTensor extends LayerTensor {
  /** `stem.conv.batchnorm/beta`: the layer of generated code, then the tensor's name in it. */
  readonly fullName: string;
  /** The name without the operator's own path: what equal operators share. */
  readonly key: string;
  /** In float32, as checkpoints are. */
  readonly bytes: number;
  /** Path of the layer that owns it. */
  readonly layer: string;
}

/** In Keras' order; none for a part that is no operator. */
export function checkpointTensors({ node, shaped, path }: Part): readonly CheckpointTensor[] {
  if (node.kind !== "operator") return [];
  return ownLayers(shaped).flatMap((layer) =>
    layer.tensors.map((tensor) => {
      const key = layer.name === "" ? `/${tensor.name}` : `.${layer.name}/${tensor.name}`;
      return {
        ...tensor,
        fullName: path + key,
        key,
        bytes: tensorSize(tensor) * BYTES_PER_ELEMENT.float32,
        layer: joinPath(path, layer.name),
      };
    }),
  );
}
