/** The type of a comparison's result, the data behind `inceptc diff --json`; formatting is left to the command line. */
import type { AlignmentNote } from "./align/alignment.ts";
import type { CostDelta } from "./cost-delta.ts";
import type { Finding } from "./grade/finding.ts";
import type { FunctionVerdict } from "./proof/prove-function.ts";
import type { WeightReport } from "./weights/judge-weights.ts";

/** Grows by one when a reader of the former version could no longer read the form; additions do not count. */
export const DIFF_FORMAT_VERSION = 1;

export interface DiffSide {
  readonly network: string;
  readonly file: string;
  /** Height×width×channels. */
  readonly input: string;
  readonly convs: number;
  /** Operators, each instance of a repeat counted. */
  readonly layers: number;
}

export interface NetworkDiff {
  readonly formatVersion: typeof DIFF_FORMAT_VERSION;
  /** `null` where there is no network on that side. */
  readonly base: DiffSide | null;
  readonly head: DiffSide | null;
  /** By class, the most severe first. */
  readonly findings: readonly Finding[];
  readonly weights: WeightReport;
  /** What head computes with base's weights, once they are moved as `weights` says; `null` where not all of them fit. */
  readonly function: FunctionVerdict | null;
  readonly cost: CostDelta;
  /** Notes on an alignment that is not optimal, or a hint that matched nothing. */
  readonly notes: readonly AlignmentNote[];
}
