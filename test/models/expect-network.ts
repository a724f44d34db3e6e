/** Runs a generated network on a real backend and compares it with its report and with the names its layers must have. */
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { expect } from "vitest";
import type { GeneratedNetwork } from "../../scripts/generated-networks.ts";
import { report } from "../../src/compiler/index.ts";
import { lower } from "../../src/compiler/lower/lower.ts";
import { legalizeForTfLayers } from "../../src/compiler/lower/tf-layers/legalize.ts";
import { verifyLayerGraph } from "../../src/compiler/lower/verify-layer-graph.ts";
import { createNodeHost } from "../../src/node/node-host.ts";
import { checkedSpec } from "../support/checked-networks.ts";
import {
  countWeights,
  factoryOf,
  type GeneratedModule,
  predict,
  randomInput,
  saveAndLoad,
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

/** The names of all layers by the specification, which reports, comparisons and checkpoints speak of. */
function namesOf({ path, network }: GeneratedNetwork): readonly string[] {
  const graph = legalizeForTfLayers(lower(checkedSpec(path, network).root));
  verifyLayerGraph(graph);
  return graph.layers.map((layer) => layer.path);
}

/** Builds, counts, predicts, saves and loads, and trains if it is one that is trained. */
export async function expectNetworkRuns(generatedNetwork: GeneratedNetwork): Promise<void> {
  const { path, network, fileName } = generatedNetwork;
  const expected = report({ path, host }, { network }).report;
  const generated: GeneratedModule = await import(/* @vite-ignore */ `../../generated/${fileName}`);
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

  expect(model.layers.map(({ name }) => name).toSorted()).toEqual(
    namesOf(generatedNetwork).toSorted(),
  );

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
}
