/** Runs a network of one line on a random picture, and compares what it gives. */
import * as tf from "@tensorflow/tfjs";
import { expect } from "vitest";
import { compileModel } from "./compile-model.ts";
import type { Picture } from "./reference-layers.ts";
import { factoryOf, predict, randomInput, saveAndLoad } from "./run-model.ts";

/** Runs a network of one line, with `given` weights if there are any, on a random 7x6 picture; the same after saving and loading. */
export async function runLine(
  name: string,
  body: string,
  channels = 4,
  given: readonly (readonly number[])[] = [],
) {
  const text = `network Line { input 7x6x${channels} ${body} }`;
  const model = factoryOf(await compileModel(name, text))();
  if (given.length > 0) {
    const shapes = model.getWeights().map(({ shape }) => shape);
    tf.tidy(() => model.setWeights(given.map((one, i) => tf.tensor([...one], shapes[i]))));
  }
  const x = randomInput([7, 6, channels]);
  const [output = new Float32Array()] = await predict(model, x);
  const loaded = await saveAndLoad(model);
  expect(await predict(loaded, x)).toEqual([output]);
  const weights = await Promise.all(model.getWeights().map((weight) => weight.data<"float32">()));
  const picture: Picture = { height: 7, width: 6, channels, values: await x.data<"float32">() };
  tf.dispose(x);
  loaded.dispose();
  model.dispose();
  return { output, weights, picture };
}

export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  const worst = Array.from(actual, (value, index) => Math.abs(value - (expected[index] ?? 0)));
  expect(Math.max(...worst)).toBeLessThan(1e-5);
}
