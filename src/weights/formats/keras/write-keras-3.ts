/** Writes weights as Keras 3 does in `.weights.h5`: a group for each layer, by its class and its place among those. */
import { GroupToWrite, writeHdf5 } from "../../hdf5/write-hdf5.ts";
import type { WrittenType } from "../../stored-type.ts";
import type { TensorToWrite } from "../../tensor-to-write.ts";
import { groupByLayer } from "./group-by-layer.ts";

/**
 * The bytes of a file with these tensors, all of one type. Names are `layer/weight`. `classOf` gives the class of a layer
 * as Keras writes it in names, such as `conv2d` or `batch_normalization`. Layers must be in the order of `model.layers`, and
 * the weights of each in that of its class: Keras loads them by place.
 */
export function writeKeras3(
  tensors: readonly TensorToWrite[],
  classOf: (layer: string) => string,
  type: WrittenType = "float32",
): AsyncGenerator<Uint8Array, undefined> {
  const root = new GroupToWrite();
  const layers = root.group("layers");
  const places = new Map<string, number>();
  for (const [layer, weights] of groupByLayer(tensors)) {
    const kind = classOf(layer);
    const place = places.get(kind) ?? 0;
    places.set(kind, place + 1);
    const group = layers.group(`${place === 0 ? kind : `${kind}_${place}`}/vars`);
    group.attributes.set("name", layer);
    for (const [index, tensor] of weights.entries()) group.add(String(index), tensor);
  }
  return writeHdf5(root, type);
}
