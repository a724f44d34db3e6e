/** Layer normalization as a layer and as counts, whether it is a step of its own or the norm of another operator. */
import { channelsOf, type Shape } from "../ir/dimension.ts";
import type { LayerAttributes } from "../ir/layer-graph.ts";
import { channelTensor, type LayerBuilder } from "./layer-builder.ts";
import type { Primitives } from "./primitives.ts";

/** Adds the layer; its tensors in the order in which Keras lists them. */
export function addLayerNorm(
  { eps, gamma, beta }: LayerAttributes["layer_norm"],
  shape: Shape,
  layers: LayerBuilder,
  name = "",
): void {
  const channels = Number(channelsOf(shape));
  layers.add("layer_norm", {
    name,
    attributes: { eps, gamma, beta },
    shape,
    tensors: [
      ...(gamma ? [channelTensor("gamma", channels, "ones")] : []),
      ...(beta ? [channelTensor("beta", channels, "zeros")] : []),
    ],
  });
}

export function layerNormCounts(elements: number, channels: number): Partial<Primitives> {
  return { layerNormElements: elements, layerNormChannels: channels };
}
