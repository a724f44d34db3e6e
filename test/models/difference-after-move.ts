/** Moves weights from one network to another as a comparison says, and measures how far their outputs then differ. */
import { expect } from "vitest";
import type { WeightReport } from "../../src/compiler/index.ts";
import { compileModel } from "./compile-model.ts";
import { moveWeights, scatterWeights } from "./move-weights.ts";
import { factoryOf, predict, randomInput } from "./run-model.ts";

let made = 0;

/** The largest difference of any output, relative to the largest output; `name` tells the files of tests apart. */
export async function differenceAfterMove(
  name: string,
  base: string,
  head: string,
  report: WeightReport,
): Promise<number> {
  made++;
  const [one, other] = await Promise.all([
    compileModel(`${name}-base-${made}`, base),
    compileModel(`${name}-head-${made}`, head),
  ]);
  const from = factoryOf(one)();
  const to = factoryOf(other)();
  try {
    scatterWeights(from, 100);
    scatterWeights(to, 9000);
    moveWeights(from, to, report);
    const x = randomInput(one.INPUT_SHAPE);
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
  } finally {
    from.dispose();
    to.dispose();
  }
}
