/** Saves and loads tfjs models as files in Node, without tfjs-node. */
import { basename, dirname, join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { readFileBytes } from "../../node/file-bytes.ts";
import { isInside, realPathOf } from "../../node/root-directory.ts";
import { writeFiles } from "../../node/write-files.ts";

const MODEL_FILE = "model.json";
const WEIGHTS_FILE = "weights.bin";

/** A topology of a thousand layers is about a megabyte. */
const MAX_MODEL_BYTES = 256 * 1024 * 1024;

/** Bytes of one number in a weights file, by its type or the type it is quantised to. */
const NUMBER_BYTES: Readonly<Record<string, number>> = {
  float32: 4,
  int32: 4,
  bool: 1,
  complex64: 8,
  uint8: 1,
  uint16: 2,
  float16: 2,
};

/**
 * A place to save a model to and to load it from, as tfjs-node's `file://` is: `await model.save(modelFiles("out"))`,
 * `await tf.loadLayersModel(modelFiles("out"))`. The files are those of every tfjs model: `model.json` and `weights.bin`.
 *
 * Saving makes the folder where it is missing and replaces both files or, where that fails, neither. Loading also reads a
 * model that another tool wrote, its weights in several files or quantised.
 *
 * @param path a folder; for loading also the path of a `.json` file in it
 * @throws (from `save` and `load`) Error that names the file and says what is wrong with it
 */
export function modelFiles(path: string): Required<Pick<tf.io.IOHandler, "save" | "load">> {
  return {
    save: async (artifacts) => save(path, artifacts),
    load: async () => {
      const modelPath = path.endsWith(".json") ? path : join(path, MODEL_FILE);
      const folder = dirname(modelPath);
      return tf.io.getModelArtifactsForJSON(readModel(modelPath), async (manifest) => [
        tf.io.getWeightSpecs(manifest),
        readWeights(folder, modelPath, manifest),
      ]);
    },
  };
}

function save(folder: string, artifacts: tf.io.ModelArtifacts): tf.io.SaveResult {
  if (folder.endsWith(".json")) {
    throw new Error(`a model is saved to a folder, ${folder} looks like a file`);
  }
  if (artifacts.modelTopology instanceof ArrayBuffer) {
    throw new Error("a model without a topology in JSON cannot be saved to files");
  }
  const { weightData, weightSpecs = [], getWeightStream: _, ...described } = artifacts;
  const weights = new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData));
  const manifest: tf.io.WeightsManifestConfig = [{ paths: [WEIGHTS_FILE], weights: weightSpecs }];
  const model = JSON.stringify({ ...described, weightsManifest: manifest });
  writeFiles(folder, [
    { fileName: WEIGHTS_FILE, content: weights },
    { fileName: MODEL_FILE, content: model },
  ]);
  return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
}

function readModel(path: string): tf.io.ModelJSON {
  const text = new TextDecoder().decode(readWhole(path, MAX_MODEL_BYTES));
  let model: unknown;
  try {
    model = JSON.parse(text);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new Error(`${path} is not JSON: ${cause}`);
  }
  if (!isModel(model)) {
    throw new Error(`${path} is not a tfjs model: modelTopology or weightsManifest is missing`);
  }
  return model;
}

function isModel(value: unknown): value is tf.io.ModelJSON {
  return (
    typeof value === "object" &&
    value !== null &&
    "modelTopology" in value &&
    "weightsManifest" in value &&
    Array.isArray(value.weightsManifest)
  );
}

/** The bytes of all weights, group after group, each group of the length that its entries add up to. */
function readWeights(
  folder: string,
  modelPath: string,
  manifest: tf.io.WeightsManifestConfig,
): ArrayBuffer {
  const parts = manifest.map(({ paths, weights }) => {
    const expected = weights.reduce((sum, entry) => sum + byteLength(entry), 0);
    const files = paths.map((name) => readWhole(pathInside(folder, name, modelPath), expected));
    const length = files.reduce((sum, file) => sum + file.length, 0);
    if (length !== expected) {
      throw new Error(
        `${paths.map((name) => join(folder, name)).join(", ")}: ${length} bytes of weights, ${basename(modelPath)} describes ${expected}`,
      );
    }
    return Buffer.concat(files);
  });
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined.buffer;
}

function byteLength({ name, shape, dtype, quantization }: tf.io.WeightsManifestEntry): number {
  const bytes = NUMBER_BYTES[quantization?.dtype ?? dtype];
  if (bytes === undefined)
    throw new Error(`weight ${name} has type ${dtype}, which is not supported`);
  return tf.util.sizeFromShape(shape) * bytes;
}

function pathInside(folder: string, name: string, modelPath: string): string {
  const path = join(folder, name);
  if (!isInside(realPathOf(folder), realPathOf(path))) {
    throw new Error(`${modelPath} refers to weights outside its folder: ${name}`);
  }
  return path;
}

function readWhole(path: string, maxBytes: number): Uint8Array {
  const file = readFileBytes(path, { maxBytes, allowStreams: false });
  if ("bytes" in file) return file.bytes;
  throw new Error(`${path} ${file.problem === "not-found" ? "does not exist" : file.detail}`);
}
