/** Owns how long the fuzz tests run: briefly by default, `FUZZ_RUNS=20000` for a long look, `FUZZ_SEED` to repeat one. */
import type { Parameters } from "fast-check";

/** A failing run prints its seed and path; `FUZZ_SEED=…` brings it back. */
export function fuzzParameters<T>(defaultRuns: number): Parameters<T> {
  const runs = process.env.FUZZ_RUNS;
  const seed = process.env.FUZZ_SEED;
  return {
    numRuns: runs === undefined ? defaultRuns : Number(runs),
    ...(seed === undefined ? {} : { seed: Number(seed) }),
  };
}
