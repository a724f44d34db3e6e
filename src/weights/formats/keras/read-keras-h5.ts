/**
 * Reads HDF5 files of Keras: those that Keras 2 wrote for models and weights, and Keras 3's `.weights.h5`.
 *
 * Source: keras/src/legacy/saving/legacy_h5_format.py and keras/src/saving/saving_lib.py.
 */
import type { ByteSource } from "../../byte-source.ts";
import type { Checkpoint, StoredTensor } from "../../checkpoint.ts";
import { CheckpointError } from "../../checkpoint-error.ts";
import { type Hdf5File, type Hdf5Object, openHdf5 } from "../../hdf5/open-hdf5.ts";
import { legacyNames } from "./keras-names.ts";
import { readKeras3 } from "./read-keras-3.ts";

/** Attributes that a model has beside its weights, as metadata. */
const METADATA = ["backend", "keras_version"];

/** Most layers and weights of a file: their names are in attributes that could mention one text many times. */
const MAX_NAMES = 200_000;

export async function readKerasH5(source: ByteSource): Promise<Checkpoint> {
  const file = await openHdf5(source);
  const weights = (await file.find(file.root, "model_weights")) ?? file.root;
  const attributes = await file.texts(weights);
  const layers = textsOf(attributes, "layer_names");
  if (layers === undefined) return readKeras3(source.name, file);
  const tensors: StoredTensor[] = [];
  const used = new Set<string>();
  for (const layer of [...layers, "top_level_model_weights"]) {
    for (const [name, object] of await weightsOf(source.name, file, weights, layer)) {
      if (used.has(name) || used.size > MAX_NAMES) {
        throw new CheckpointError({ file: source.name, tensor: name }, "is there twice");
      }
      used.add(name);
      tensors.push(await file.tensor(name, object));
    }
  }
  const metadata = Object.fromEntries(
    METADATA.flatMap((key) => (attributes.get(key) ?? []).map((text) => [key, text] as const)),
  );
  return { format: "keras-h5", name: source.name, tensors, metadata };
}

/** The weights of a layer, by the names that tensors get. Paths are those in its attributes, which are not always its own. */
async function weightsOf(
  name: string,
  file: Hdf5File,
  weights: Hdf5Object,
  layer: string,
): Promise<readonly (readonly [name: string, object: Hdf5Object])[]> {
  const group = await file.find(weights, layer);
  // Files of Keras 2 have no group for weights of the model itself.
  if (group === undefined && layer === "top_level_model_weights") return [];
  const paths = group && textsOf(await file.texts(group), "weight_names");
  if (group === undefined || paths === undefined) {
    throw new CheckpointError({ file: name }, `has no weights of its layer \`${layer}\``);
  }
  const names = legacyNames(layer, paths);
  const objects: (readonly [string, Hdf5Object])[] = [];
  for (const [index, path] of paths.entries()) {
    const object = await file.find(group, path);
    const tensor = names[index] ?? path;
    if (object === undefined) {
      throw new CheckpointError({ file: name, tensor }, "is named by its layer, and is not there");
    }
    objects.push([tensor, object]);
  }
  return objects;
}

/** The texts of an attribute. Keras splits one that is too long for HDF5 into `name0`, `name1` and so on. */
function textsOf(
  attributes: ReadonlyMap<string, readonly string[]>,
  name: string,
): readonly string[] | undefined {
  const whole = attributes.get(name);
  if (whole !== undefined) return whole;
  const parts: string[] = [];
  for (let part = 0; ; part += 1) {
    const texts = attributes.get(`${name}${part}`);
    if (texts === undefined) return part === 0 ? undefined : parts;
    parts.push(...texts);
  }
}
