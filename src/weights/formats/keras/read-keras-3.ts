/** Reads the weights of Keras 3, in `.weights.h5` and in the archives `.keras`. */
import type { ByteSource } from "../../byte-source.ts";
import type { Checkpoint, StoredTensor } from "../../checkpoint.ts";
import { CheckpointError } from "../../checkpoint-error.ts";
import { type Hdf5File, type Hdf5Object, openHdf5 } from "../../hdf5/open-hdf5.ts";
import type { ZippedFile } from "../../zip/read-zip.ts";
import { keras3WeightNames } from "./keras-names.ts";

const WEIGHTS = "model.weights.h5";

/** Groups of what is trained with, and of random numbers: no weights of a network. */
const STATE = new Set([
  "optimizer",
  "metrics",
  "compile_metrics",
  "loss_tracker",
  "seed_generator",
]);

/** Groups can contain one another; models in models are a few levels. */
const MAX_DEPTH = 32;
const MAX_GROUPS = 100_000;

/** Whether an archive is one of Keras 3. */
export function isKerasArchive(files: readonly ZippedFile[]): boolean {
  return files.some(({ name }) => name === WEIGHTS);
}

export async function readKerasArchive(
  source: ByteSource,
  files: readonly ZippedFile[],
): Promise<Checkpoint> {
  const weights = files.find(({ name }) => name === WEIGHTS);
  if (weights === undefined || weights.isCompressed) {
    throw new CheckpointError(
      { file: source.name },
      `has \`${WEIGHTS}\` compressed, which Keras does not write`,
      "unzip it, and use that file",
    );
  }
  const { start, end } = weights;
  const inner: ByteSource = {
    name: `${source.name}/${WEIGHTS}`,
    size: end - start,
    async read(from, to) {
      if (to > end - start) {
        throw new CheckpointError(
          { file: source.name, bytes: [start + from, start + to] },
          "are not in its weights",
        );
      }
      return source.read(start + from, start + to);
    },
  };
  return { ...(await readKeras3(inner.name, await openHdf5(inner))), name: source.name };
}

export async function readKeras3(name: string, file: Hdf5File): Promise<Checkpoint> {
  const tensors: StoredTensor[] = [];
  const used = new Set<string>();
  const seen = new Set<number>();
  const visit = async (group: Hdf5Object, key: string, scope: string, depth: number) => {
    if (depth > MAX_DEPTH || seen.has(group.address) || seen.size > MAX_GROUPS) {
      throw new CheckpointError({ file: name }, "has groups that contain one another, or too many");
    }
    seen.add(group.address);
    const links = await file.links(group);
    const vars = links.get("vars");
    let path = scope;
    if (vars !== undefined) {
      const object = await file.object(vars);
      const own = (await file.texts(object)).get("name")?.[0] ?? key;
      // The model itself is no part of its layers' names.
      path = depth === 0 ? "" : `${scope}${own}/`;
      for (const [tensor, address] of await variablesOf(file, object, key, path)) {
        if (used.has(tensor)) {
          throw new CheckpointError({ file: name, tensor }, "is there twice");
        }
        used.add(tensor);
        tensors.push(await file.tensor(tensor, await file.object(address)));
      }
    }
    for (const [child, address] of links) {
      if (child === "vars" || STATE.has(child)) continue;
      const object = await file.object(address);
      if (!file.isDataset(object)) await visit(object, child, path, depth + 1);
    }
  };
  await visit(file.root, "", "", 0);
  if (tensors.length === 0) {
    throw new CheckpointError(
      { file: name },
      "is HDF5, but has neither names of layers, as Keras 2 writes them, nor weights of Keras 3",
    );
  }
  return { format: "keras-3", name, tensors, metadata: {} };
}

/** The weights of a layer by the names that tensors get, and where they are. Their own names are 0, 1 and so on. */
async function variablesOf(
  file: Hdf5File,
  group: Hdf5Object,
  key: string,
  path: string,
): Promise<readonly (readonly [name: string, address: number])[]> {
  const links = [...(await file.links(group))].sort(([a], [b]) =>
    a.localeCompare(b, "en", { numeric: true }),
  );
  const names = keras3WeightNames(key, links.length);
  const areNumbered = links.every(([name], index) => name === String(index));
  return links.map(([name, address], index) => [
    `${path}${areNumbered ? (names[index] ?? name) : name}`,
    address,
  ]);
}
