/** Writes weights as Keras 2 did, which Keras 3 loads too: a group for each layer, by name. */
import { GroupToWrite, writeHdf5 } from "../../hdf5/write-hdf5.ts";
import type { WrittenType } from "../../stored-type.ts";
import type { TensorToWrite } from "../../tensor-to-write.ts";
import { groupByLayer } from "./group-by-layer.ts";

/** Keras' own limit of an attribute: HDF5 has headers of 64 KiB. */
const MAX_ATTRIBUTE_BYTES = 64_512;

/**
 * The bytes of a file with these tensors, all of one type. Names are `layer/weight`. Keras loads a file by the order of
 * layers that have weights, and of the weights in them, not by name: they must be in the order of its `model.layers`.
 */
export function writeKerasH5(
  tensors: readonly TensorToWrite[],
  metadata: Readonly<Record<string, string>>,
  type: WrittenType = "float32",
): AsyncGenerator<Uint8Array, undefined> {
  const root = new GroupToWrite();
  const layers = groupByLayer(tensors);
  setTexts(root, "layer_names", [...layers.keys()]);
  for (const [key, value] of Object.entries({ ...DEFAULTS, ...metadata })) {
    if (Object.hasOwn(DEFAULTS, key)) root.attributes.set(key, value);
  }
  for (const [layer, weights] of layers) {
    const group = root.group(layer);
    setTexts(
      group,
      "weight_names",
      weights.map(({ name }) => name),
    );
    for (const tensor of weights) group.add(tensor.name, tensor);
  }
  return writeHdf5(root, type);
}

/** Loaders convert weights of Keras 1 and of other backends where a file does not say that it has none. */
const DEFAULTS = { backend: "tensorflow", keras_version: "2.15.0" };

function setTexts(group: GroupToWrite, name: string, texts: readonly string[]): void {
  const lengths = texts.map((text) => new TextEncoder().encode(text).length);
  const perAttribute = Math.max(1, Math.floor(MAX_ATTRIBUTE_BYTES / Math.max(1, ...lengths)));
  if (texts.length <= perAttribute) {
    group.attributes.set(name, texts);
    return;
  }
  for (let part = 0; part * perAttribute < texts.length; part += 1) {
    const from = part * perAttribute;
    group.attributes.set(`${name}${part}`, texts.slice(from, from + perAttribute));
  }
}
