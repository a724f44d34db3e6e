/** Every file in generated/, on a real backend: shapes, counts, saving, and for one network of each kind training. */
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { GENERATED_NETWORKS } from "../../scripts/generated-networks.ts";
import { report } from "../../src/compiler/index.ts";
import { createNodeHost } from "../../src/node/node-host.ts";
import {
  countWeights,
  factoryOf,
  type GeneratedModule,
  predict,
  randomInput,
  saveAndLoad,
  startBackend,
  train,
} from "./run-model.ts";

const ROOT = join(import.meta.dirname, "../..");
const host = createNodeHost({ cwd: ROOT, root: ROOT });

/**
 * One of each kind: auxiliary outputs and no gamma, an embedding with residuals, groups, depthwise and separable
 * convolutions, no batch normalization. The others have no layer that these have not.
 */
const TRAINED: ReadonlySet<string> = new Set([
  "Starter",
  "InceptionV3SlimAux",
  "InceptionResNetV1Facenet",
  "SmallInceptionResNet",
  "ResNeXt50",
  "MobileNetV2",
  "SqueezeNet",
]);

beforeAll(startBackend);

describe.each(GENERATED_NETWORKS)("$network", ({ path, network, fileName }) => {
  it("builds, counts, predicts, saves and loads as its report says", {
    timeout: 300_000,
  }, async () => {
    const expected = report({ path, host }, { network }).report;
    const generated: GeneratedModule = await import(
      /* @vite-ignore */ `../../generated/${fileName}`
    );
    const before = tf.memory().numTensors;
    const model = factoryOf(generated)();

    expect(generated.INPUT_SHAPE).toEqual(expected?.input);
    expect(model.inputs[0]?.shape.slice(1)).toEqual(expected?.input);
    expect(model.outputs.map(({ shape }) => shape.slice(1))).toEqual(
      expected?.outputs.map(({ shape }) => shape),
    );
    expect(model.outputNames).toEqual(generated.OUTPUT_NAMES);
    expect(countWeights(model.trainableWeights)).toBe(expected?.params.trainable);
    expect(countWeights(model.nonTrainableWeights)).toBe(expected?.params.nonTrainable);

    const built = tf.memory().numTensors;
    const x = randomInput(generated.INPUT_SHAPE);
    const outputs = await predict(model, x);
    for (const output of outputs) expect(output.every(Number.isFinite)).toBe(true);
    const loaded = await saveAndLoad(model);
    expect(await predict(loaded, x)).toEqual(outputs);
    loaded.dispose();
    expect(tf.memory().numTensors).toBe(built + 1);

    if (TRAINED.has(network)) {
      const { losses, leaked } = await train(model, x, 1);
      expect(losses.every(Number.isFinite)).toBe(true);
      expect(leaked).toBe(0);
      // One that moved the weights: what it predicts is no longer what it did.
      expect(await predict(model, x)).not.toEqual(outputs);
    }
    x.dispose();
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
