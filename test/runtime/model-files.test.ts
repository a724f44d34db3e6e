/** Saves models to files and loads them again, without tfjs-node. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { modelFiles } from "../../src/runtime/node/model-files.ts";

let folder: string;

beforeEach(async () => {
  await tf.setBackend("cpu");
  folder = mkdtempSync(join(tmpdir(), "model-files-"));
});

afterEach(() => {
  tf.disposeVariables();
  rmSync(folder, { recursive: true, force: true });
});

describe("modelFiles", () => {
  it("loads what it saved: the same weights by name, the same outputs", async () => {
    const model = smallModel();
    const saved = join(folder, "deep", "model");
    const { modelArtifactsInfo } = await model.save(modelFiles(saved));
    expect(readdirSync(saved).sort()).toEqual(["model.json", "weights.bin"]);
    expect(readFileSync(join(saved, "weights.bin"))).toHaveLength(
      modelArtifactsInfo.weightDataBytes ?? Number.NaN,
    );

    const loaded = await tf.loadLayersModel(modelFiles(saved));
    expect(loaded.weights.map((weight) => weight.originalName)).toEqual(
      model.weights.map((weight) => weight.originalName),
    );
    expect(outputOf(loaded)).toEqual(outputOf(model));
    expect(outputOf(await tf.loadLayersModel(modelFiles(join(saved, "model.json"))))).toEqual(
      outputOf(model),
    );
  });

  it("replaces a model that is there and leaves nothing else behind", async () => {
    await smallModel().save(modelFiles(folder));
    const second = smallModel();
    await second.save(modelFiles(folder));
    expect(readdirSync(folder).sort()).toEqual(["model.json", "weights.bin"]);
    expect(outputOf(await tf.loadLayersModel(modelFiles(folder)))).toEqual(outputOf(second));
  });

  it("keeps the old model whole where the new one cannot be written", async () => {
    const model = smallModel();
    await model.save(modelFiles(folder));
    rmSync(join(folder, "model.json"));
    const before = readFileSync(join(folder, "weights.bin"));
    // A folder cannot be replaced by a file; weights.bin is written before model.json.
    mkdirSync(join(folder, "model.json"));
    await expect(smallModel().save(modelFiles(folder))).rejects.toThrow(/model\.json is a folder/);
    expect(readFileSync(join(folder, "weights.bin")).equals(before)).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(["model.json", "weights.bin"]);
  });

  it("saves a model without weights", async () => {
    const model = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [2, 2] })] });
    await model.save(modelFiles(folder));
    expect((await tf.loadLayersModel(modelFiles(folder))).outputShape).toEqual([null, 4]);
  });

  it("keeps the optimizer's configuration and the author's own notes", async () => {
    const model = smallModel();
    model.compile({ optimizer: tf.train.sgd(0.5), loss: "meanSquaredError" });
    model.setUserDefinedMetadata({ classes: ["cat", "dog"] });
    await model.save(modelFiles(folder), { includeOptimizer: true });
    const artifacts = await modelFiles(folder).load();
    expect(artifacts.trainingConfig?.loss).toBe("mean_squared_error");
    expect((await tf.loadLayersModel(modelFiles(folder))).optimizer.getClassName()).toBe("SGD");
    expect(artifacts.userDefinedMetadata).toEqual({ classes: ["cat", "dog"] });
  });

  it("reads quantised weights that lie in several files", async () => {
    const model = tf.sequential({
      layers: [tf.layers.dense({ units: 2, inputShape: [3], name: "d", useBias: true })],
    });
    await model.save(modelFiles(folder));
    rewriteModel((described) => ({
      ...described,
      weightsManifest: [
        {
          paths: ["a.bin", "b.bin"],
          weights: [
            {
              name: "d/kernel",
              shape: [3, 2],
              dtype: "float32",
              quantization: { dtype: "uint8", scale: 0.5, min: -1, original_dtype: "float32" },
            },
          ],
        },
        { paths: ["c.bin"], weights: [{ name: "d/bias", shape: [2], dtype: "float32" }] },
      ],
    }));
    writeFileSync(join(folder, "a.bin"), Uint8Array.of(0, 1, 2, 3));
    writeFileSync(join(folder, "b.bin"), Uint8Array.of(4, 5));
    writeFileSync(join(folder, "c.bin"), new Uint8Array(Float32Array.of(10, 20).buffer));
    const [kernel, bias] = (await tf.loadLayersModel(modelFiles(folder))).getWeights();
    expect([...(kernel?.dataSync() ?? [])]).toEqual([-1, -0.5, 0, 0.5, 1, 1.5]);
    expect([...(bias?.dataSync() ?? [])]).toEqual([10, 20]);
  });

  it.each([
    ["weights.bin does not exist", () => rmSync(join(folder, "weights.bin"))],
    [
      "12 bytes of weights, model.json describes",
      () => writeFileSync(join(folder, "weights.bin"), new Uint8Array(12)),
    ],
    ["is larger than", () => writeFileSync(join(folder, "weights.bin"), new Uint8Array(9999))],
    ["model.json does not exist", () => rmSync(join(folder, "model.json"))],
    ["model.json is not JSON", () => writeFileSync(join(folder, "model.json"), "{")],
    ["is not a tfjs model", () => writeFileSync(join(folder, "model.json"), "[]")],
    [
      "refers to weights outside its folder: ../secret.bin",
      () =>
        rewriteModel((model) => ({
          ...model,
          weightsManifest: [{ paths: ["../secret.bin"], weights: [] }],
        })),
    ],
  ])("says what is wrong with the files: %s", async (message, damage) => {
    await smallModel().save(modelFiles(folder));
    damage();
    await expect(tf.loadLayersModel(modelFiles(folder))).rejects.toThrow(message);
  });
});

function rewriteModel(change: (model: Record<string, unknown>) => object): void {
  const path = join(folder, "model.json");
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, "utf8")))));
}

function smallModel(): tf.LayersModel {
  const input = tf.input({ shape: [6, 6, 2] });
  let x = tf.layers.conv2d({ filters: 3, kernelSize: 3, useBias: false }).apply(input);
  x = tf.layers.batchNormalization({ scale: false }).apply(x);
  x = tf.layers.globalAveragePooling2d({}).apply(x);
  const output = tf.layers.dense({ units: 2 }).apply(x);
  if (!(output instanceof tf.SymbolicTensor))
    throw new Error("a layer of one input has one output");
  return tf.model({ inputs: input, outputs: output });
}

function outputOf(model: tf.LayersModel): readonly number[] {
  return tf.tidy(() => {
    const input = tf.linspace(-1, 1, 72).reshape([1, 6, 6, 2]);
    const output = model.predict(input);
    if (!(output instanceof tf.Tensor)) throw new Error("the model has one output");
    return [...output.dataSync()];
  });
}
