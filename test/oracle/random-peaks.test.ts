/** Attacks the predicted peak of memory: random networks must take what their report says, on a real backend. */
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { arbitrarySpec } from "../fuzz/arbitrary-spec.ts";
import { fuzz } from "../fuzz/fuzz.ts";
import { measurePeaks, startCpuBackend } from "./measure-peaks.ts";

beforeAll(startCpuBackend);

/** Bytes of the single numbers that layers compute with, such as the 6 of relu6. */
const FEW_NUMBERS = 256;

let made = 0;

test("a random network takes the memory that its report says, within 5 %", async () => {
  const spec = arbitrarySpec({ maxSide: 10, depth: 1, maxStatements: 3, maxEdits: 0 });
  const property = fc.asyncProperty(spec, async ({ text }) => {
    const { reported, real } = await measurePeaks(`random-peaks-${made++}`, text);
    expect(Math.abs(real - reported)).toBeLessThan(Math.max(FEW_NUMBERS, 0.05 * real));
  });
  await fuzz(property, { runs: 20, longRuns: 1000 });
});
