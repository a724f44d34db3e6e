/** Weights and operation counts of batch normalization, both for `batchnorm` and for `norm=batch` on a layer. */
import type { BatchNorm } from "../ir/attributes.ts";
import type { WeightDefinition } from "./operator.ts";
import type { Primitives } from "./primitives.ts";

/** In the order in which Keras lists them: trainable first. */
export function batchNormWeights(
  norm: BatchNorm,
  channels: number,
  layer: WeightDefinition["layer"],
): readonly WeightDefinition[] {
  const tensor = (name: string, trainable: boolean): WeightDefinition => ({
    layer,
    name,
    shape: [channels],
    trainable,
  });
  return [
    ...(norm.gamma ? [tensor("gamma", true)] : []),
    ...(norm.beta ? [tensor("beta", true)] : []),
    tensor("moving_mean", false),
    tensor("moving_variance", false),
  ];
}

export function batchNormCounts(elements: number, channels: number): Partial<Primitives> {
  return { batchNormElements: elements, batchNormChannels: channels };
}
