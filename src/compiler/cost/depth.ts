/**
 * The depth of a network: convolutions and dense layers on the longest way through it, or to the output of an auxiliary head.
 * A separable convolution is two; normalization, although it has weights, is none.
 */
import { isKernel, type LayerGraph } from "../ir/layer-graph.ts";

export function measureDepth({ layers, outputs }: LayerGraph): number {
  const depths: number[] = [];
  for (const { inputs, tensors } of layers) {
    const before = inputs.reduce((most, input) => Math.max(most, depths[input] ?? 0), 0);
    depths.push(before + tensors.filter(isKernel).length);
  }
  return outputs.reduce((most, output) => Math.max(most, depths[output] ?? 0), 0);
}
