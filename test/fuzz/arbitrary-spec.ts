/** A fast-check arbitrary of valid specifications, for property tests on random networks. */
import type fc from "fast-check";
import { arbitraryPlan, type PlanOptions } from "./plan.ts";
import { type ValidSpec, writePlan } from "./write-plan.ts";

export type { ValidSpec } from "./write-plan.ts";

const DEFAULTS: PlanOptions = { maxSide: 32, depth: 2, maxStatements: 4, maxEdits: 3 };

/**
 * Specifications that have no errors, with the shapes that they must have: convolutions of all kinds, pools, joins,
 * residuals, gates, repeats, modules, auxiliary heads and a variant. Small enough to be built and run: set `maxSide`,
 * `depth` and `maxStatements` lower still where each run is dear, and `maxEdits` to 0 for no variant.
 */
export function arbitrarySpec(options: Partial<PlanOptions> = {}): fc.Arbitrary<ValidSpec> {
  return arbitraryPlan({ ...DEFAULTS, ...options }).map(writePlan);
}
