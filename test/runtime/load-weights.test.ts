/** Tests that a model takes weights by name, all or none. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { loadWeights } from "../../src/runtime/load-weights.ts";
import { startBackend } from "../models/run-model.ts";
import { tensorOf } from "../unit/weights/tensors.ts";

beforeAll(startBackend);

function twoLayers(): tf.LayersModel {
  const input = tf.input({ shape: [2] });
  const dense = tf.layers.dense({ units: 1, name: "a.dense" }).apply(input);
  const norm = tf.layers.batchNormalization({ name: "a.batchnorm" }).apply(dense);
  const model = tf.model({ inputs: input, outputs: norm as tf.SymbolicTensor });
  onTestFinished(() => {
    model.dispose();
  });
  return model;
}

const weights = [
  tensorOf("a.dense/kernel", [2, 1], Float32Array.from([1, 2])),
  tensorOf("a.dense/bias", [1], Float32Array.from([3])),
  tensorOf("a.batchnorm/gamma", [1], Float32Array.from([4])),
  tensorOf("a.batchnorm/beta", [1], Float32Array.from([5])),
  tensorOf("a.batchnorm/moving_mean", [1], Float32Array.from([6])),
  tensorOf("a.batchnorm/moving_variance", [1], Float32Array.from([7])),
];

const valuesOf = (model: tf.LayersModel) =>
  model.layers.map((layer) => layer.getWeights().map((tensor) => [...tensor.dataSync()]));

test("sets each weight by its name, whatever the order, and leaves no tensor behind", async () => {
  // Also of a second model in one session, whose variables tfjs numbers.
  twoLayers();
  const model = twoLayers();
  const before = tf.memory().numTensors;
  await loadWeights(model, weights.toReversed());
  expect(valuesOf(model)).toEqual([[], [[1, 2], [3]], [[4], [5], [6], [7]]]);
  expect(tf.memory().numTensors).toBe(before);
});

test("changes nothing where a tensor is missing, too much, or of another shape, and names each", async () => {
  const model = twoLayers();
  const before = valuesOf(model);
  const wrong = [
    ...weights.slice(1, 5),
    tensorOf("a.dense/kernel", [1, 2], Float32Array.from([1, 2])),
    tensorOf("b.dense/kernel", [1], Float32Array.from([1])),
  ];
  await expect(loadWeights(model, wrong)).rejects.toThrow(
    "`a.dense/kernel` is 1×2 and should be 2×1; `a.batchnorm/moving_variance` is missing; the model has no `b.dense/kernel`",
  );
  expect(valuesOf(model)).toEqual(before);
});
