/** Trains networks whose batch normalisation has no gamma or no beta, which tf.layers by itself cannot. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../../src/runtime/load-backend.ts";
import { makeBatchNormTrainable } from "../../src/runtime/trainable-batch-norm.ts";

beforeAll(() => loadBackend({ prefer: ["wasm"], training: true }));

describe("makeBatchNormTrainable", () => {
  it.each([
    { scale: false, center: true },
    { scale: true, center: false },
    { scale: false, center: false },
  ])("trains with scale: $scale, center: $center, and the loss falls", async (parts) => {
    const model = makeBatchNormTrainable(network(parts));
    const { first, last } = await train(model);
    expect(last).toBeLessThan(first / 2);
  });

  it("is needed: tfjs cannot train such a network without it", async () => {
    await expect(train(network({ scale: false, center: true }))).rejects.toThrow(/read/);
  });

  it("changes neither the weights, in name, order and count, nor the outputs", () => {
    const model = network({ scale: false, center: true });
    const names = model.weights.map((weight) => weight.originalName);
    const count = model.countParams();
    const before = outputOf(model);
    makeBatchNormTrainable(makeBatchNormTrainable(model));
    expect(model.weights.map((weight) => weight.originalName)).toEqual(names);
    expect(model.countParams()).toBe(count);
    expect(outputOf(model)).toEqual(before);
    expect(names.filter((name) => name.includes("norm"))).toEqual([
      "norm/beta",
      "norm/moving_mean",
      "norm/moving_variance",
    ]);
  });

  it("leaves nothing behind in what is saved, and works on what is loaded", async () => {
    const model = makeBatchNormTrainable(network({ scale: false, center: true }));
    await train(model);
    let saved: tf.io.ModelArtifacts | undefined;
    await model.save(
      tf.io.withSaveHandler(async (artifacts) => {
        saved = artifacts;
        return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
      }),
    );
    if (saved === undefined) throw new Error("save hands over the artifacts");
    expect(saved.weightSpecs?.map(({ name }) => name)).not.toContain("norm/gamma");
    const loaded = await tf.loadLayersModel(tf.io.fromMemory(saved));
    expect(outputOf(loaded)).toEqual(outputOf(model));
    const { first, last } = await train(makeBatchNormTrainable(loaded));
    expect(last).toBeLessThan(first);
  });

  it("reaches networks inside networks", async () => {
    const inner = network({ scale: false, center: true });
    const outer = tf.sequential();
    outer.add(inner);
    outer.add(tf.layers.dense({ units: 1 }));
    makeBatchNormTrainable(outer);
    const { first, last } = await train(outer);
    expect(last).toBeLessThan(first);
  });

  it("keeps no tensor from step to step", async () => {
    const model = makeBatchNormTrainable(network({ scale: false, center: false }));
    await train(model);
    const { numTensors } = tf.memory();
    await train(model);
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});

function network(parts: { readonly scale: boolean; readonly center: boolean }): tf.LayersModel {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        filters: 4,
        kernelSize: 3,
        useBias: false,
        inputShape: [6, 6, 1],
        kernelInitializer: tf.initializers.glorotUniform({ seed: 7 }),
      }),
      tf.layers.batchNormalization({ ...parts, momentum: 0.5, name: "norm" }),
      tf.layers.reLU(),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dense({ units: 1, kernelInitializer: tf.initializers.glorotUniform({ seed: 7 }) }),
    ],
  });
  return model;
}

/** Twenty steps towards the mean of each picture times three; the first and the last loss. */
async function train(model: tf.LayersModel): Promise<{ first: number; last: number }> {
  const x = tf.randomUniform([16, 6, 6, 1], -1, 1, "float32", 3);
  const y = tf.tidy(() => x.mean([1, 2]).mul(3));
  const optimizer = tf.train.adam(0.05);
  try {
    model.compile({ optimizer, loss: "meanSquaredError" });
    const { history } = await model.fit(x, y, {
      epochs: 20,
      batchSize: 16,
      verbose: 0,
      shuffle: false,
    });
    const losses = (history.loss ?? []).map(Number);
    return { first: losses[0] ?? Number.NaN, last: losses.at(-1) ?? Number.NaN };
  } finally {
    tf.dispose([x, y]);
    optimizer.dispose();
  }
}

function outputOf(model: tf.LayersModel): readonly number[] {
  return tf.tidy(() => {
    const output = model.predict(tf.linspace(-1, 1, 36).reshape([1, 6, 6, 1]));
    if (!(output instanceof tf.Tensor)) throw new Error("the model has one output");
    return [...output.dataSync()];
  });
}
