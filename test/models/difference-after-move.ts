/** Moves weights from one network to another as a comparison says, and measures how far their outputs then differ. */
import type * as tf from "@tensorflow/tfjs";
import { expect } from "vitest";
import type { WeightReport } from "../../src/compiler/index.ts";
import { compileModel } from "./compile-model.ts";
import { moveWeights, scatterWeights } from "./move-weights.ts";
import { factoryOf, predict, randomInput } from "./run-model.ts";

let made = 0;

/**
 * The largest difference of any output, relative to the largest output; `name` tells the files of tests apart. With several `draws` of
 * weights and input, the largest of all: with one, all units that differ may be switched off.
 */
export async function differenceAfterMove(
  name: string,
  base: string,
  head: string,
  report: WeightReport,
  draws = 1,
): Promise<number> {
  made++;
  const [one, other] = await Promise.all([
    compileModel(`${name}-base-${made}`, base),
    compileModel(`${name}-head-${made}`, head),
  ]);
  const from = factoryOf(one)();
  const to = factoryOf(other)();
  try {
    let difference = 0;
    for (let draw = 0; draw < draws; draw++) {
      scatterWeights(from, 100 + 20_000 * draw);
      scatterWeights(to, 9000 + 20_000 * draw);
      moveWeights(from, to, report);
      difference = Math.max(difference, await differenceOf(from, to, one.INPUT_SHAPE, 7 + draw));
    }
    return difference;
  } finally {
    from.dispose();
    to.dispose();
  }
}

async function differenceOf(
  from: tf.LayersModel,
  to: tf.LayersModel,
  shape: readonly number[],
  seed: number,
): Promise<number> {
  const x = randomInput(shape, 1, seed);
  const before = await predict(from, x);
  const after = await predict(to, x);
  x.dispose();
  expect(after.length).toBe(before.length);
  let largest = 1e-6;
  let difference = 0;
  before.forEach((values, output) => {
    values.forEach((value, index) => {
      largest = Math.max(largest, Math.abs(value));
      difference = Math.max(difference, Math.abs(value - (after[output]?.[index] ?? Number.NaN)));
    });
  });
  return difference / largest;
}
