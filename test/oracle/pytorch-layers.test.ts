/** Holds steps against the layers of PyTorch that they stand for, with the same weights (made by scripts/reference/measure_layers.py). */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, it } from "vitest";
import { analyze, compile } from "../../src/compiler/index.ts";
import { loadGenerated } from "../models/compile-model.ts";
import { referencePicture, setReferenceWeights } from "../models/reference-weights.ts";
import { factoryOf, predict, saveAndLoad, startBackend } from "../models/run-model.ts";
import reference from "./pytorch-layers.json" with { type: "json" };

beforeAll(startBackend);

it.each(Object.entries(reference.layers))("%s", async (step, { shape, values }) => {
  const text = `network Line { input ${reference.input.join("x")} ${step} }`;
  const [architecture] = analyze(text).checked();
  const [file] = (await compile(text)).files;
  if (!architecture || !file) throw new Error(`${step} has errors`);
  expect(architecture.root.output).toEqual(shape);
  const name = `pytorch-${step.replace(/\W+/g, "-")}`;
  const model = factoryOf(await loadGenerated(name, String(file.content)))();
  setReferenceWeights(model, architecture, false);
  const picture = referencePicture(reference.input);
  const loaded = await saveAndLoad(model);
  for (const one of [model, loaded]) {
    const [output = new Float32Array()] = await predict(one, picture);
    expect(output.length).toBe(values.length);
    const errors = values.map((value, index) => Math.abs(value - (output[index] ?? Number.NaN)));
    expect(Math.max(...errors)).toBeLessThan(1e-4);
    one.dispose();
  }
  tf.dispose(picture);
});
