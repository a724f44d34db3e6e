/** Batch normalization as a layer and as counts, whether it is a step of its own or the norm of another operator. */
import { channelsOf, type Shape } from "../ir/dimension.ts";
import type { LayerAttributes } from "../ir/layer-graph.ts";
import { channelTensor, type LayerBuilder } from "./layer-builder.ts";
import type { Primitives } from "./primitives.ts";

/** Adds the layer; its tensors in the order in which Keras lists them, trainable first. */
export function addBatchNorm(
  { eps, momentum, gamma, beta }: LayerAttributes["batch_norm"],
  shape: Shape,
  layers: LayerBuilder,
  name = "",
): void {
  const channels = Number(channelsOf(shape));
  layers.add("batch_norm", {
    name,
    attributes: { eps, momentum, gamma, beta },
    shape,
    tensors: [
      ...(gamma ? [channelTensor("gamma", channels, "ones")] : []),
      ...(beta ? [channelTensor("beta", channels, "zeros")] : []),
      channelTensor("moving_mean", channels, "zeros", false),
      channelTensor("moving_variance", channels, "ones", false),
    ],
  });
}

export function batchNormCounts(elements: number, channels: number): Partial<Primitives> {
  return { batchNormElements: elements, batchNormChannels: channels };
}
