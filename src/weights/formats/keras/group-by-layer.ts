/** Groups tensors by the layer that is the first part of their names. */
import type { TensorToWrite } from "../../tensor-to-write.ts";

/** Layers in the order of their first tensors: of `block/conv/kernel` it is `block/conv`. */
export function groupByLayer(
  tensors: readonly TensorToWrite[],
): ReadonlyMap<string, readonly TensorToWrite[]> {
  const layers = new Map<string, TensorToWrite[]>();
  for (const tensor of tensors) {
    const slash = tensor.name.lastIndexOf("/");
    const layer = slash < 0 ? tensor.name : tensor.name.slice(0, slash);
    const own = layers.get(layer) ?? [];
    own.push(tensor);
    layers.set(layer, own);
  }
  return layers;
}
