/**
 * Settings of property tests: few runs in `npm test`, more in `npm run test:long` (`FUZZ=more`), many in
 * `npm run fuzz` (`FUZZ=long`). `FUZZ_RUNS` is the number of cases for all properties, and `FUZZ_SEED` repeats a run.
 */
import fc from "fast-check";
import { expect } from "vitest";

/** How many cases a property is tried with. */
export interface FuzzRuns {
  readonly runs: number;
  /** By `npm run fuzz`. */
  readonly longRuns: number;
}

/** Tries the property. A failure shows the seed and the smallest case that was found; a long run says what ran. */
export async function fuzz<Case>(
  property: fc.IProperty<Case> | fc.IAsyncProperty<Case>,
  { runs, longRuns }: FuzzRuns,
): Promise<void> {
  const { FUZZ, FUZZ_RUNS, FUZZ_SEED } = process.env;
  const isLong = FUZZ === "long";
  const usual = FUZZ === "more" ? 5 * runs : runs;
  const numRuns = Number(FUZZ_RUNS ?? (isLong ? longRuns : usual));
  const seed = Number(FUZZ_SEED ?? Date.now() % 2 ** 31);
  const start = performance.now();
  await fc.assert(property, { numRuns, seed });
  if (!isLong) return;
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  const name = expect.getState().currentTestName;
  console.log(`${name}: ${numRuns.toLocaleString("en")} cases of seed ${seed} in ${seconds} s`);
}
