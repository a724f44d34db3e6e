/** Options and results of the library's functions. */

import type { CheckedNetwork } from "./analyze/analyze-network.ts";
import type { CompilerCache } from "./analyze/compiler-cache.ts";
import type { Settings } from "./analyze/declare.ts";
import type { LintOptions } from "./analyze/lint-levels.ts";
import type { OnPhaseEnd } from "./analyze/phase.ts";
import type { PictureSize, SizeReport } from "./analyze/report-network.ts";
import type { Limits } from "./core/limits.ts";
import type { NetworkReport, ReportOptions } from "./cost/network-report.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import type { GeneratedFile } from "./emit/target.ts";
import type { TargetName } from "./emit/targets.ts";

/** What every command takes. */
export interface CompilerOptions extends LintOptions {
  /** The network or variant to process. Default: all of the file, or its first for a report. */
  readonly network?: string;
  /** Values for network parameters. */
  readonly set?: Settings;
  readonly limits?: Partial<Limits>;
  /** Caches results between calls, so that only what changed is analyzed again. */
  readonly cache?: CompilerCache;
  /** Callback for each phase that ends. Phases that are skipped because of a cache hit are not reported. */
  readonly onPhaseEnd?: OnPhaseEnd;
}

export interface CheckResult {
  /** All findings, by file and place. */
  readonly diagnostics: readonly Diagnostic[];
  /** Names of the networks and variants that the main file declares, networks first. */
  readonly networks: readonly string[];
}

/** Also: a convention by which operations are counted, and the batch and element type for the memory. */
export interface ReportRequest extends CompilerOptions, Omit<ReportOptions, "accepts"> {
  /** Additional picture sizes to report on. */
  readonly sizes?: readonly PictureSize[];
}

export interface ReportResult extends CheckResult {
  /** Absent where there are errors, or no network. */
  readonly report?: NetworkReport;
  /** One for each of the requested sizes; none where there is no report. */
  readonly atSizes: readonly SizeReport[];
}

export interface CompileOptions extends CompilerOptions {
  /** What to make, one of `TARGETS`. Default: `tfjs-layers`. */
  readonly target?: TargetName;
  /** The module that generated code imports tfjs from. Default: `@tensorflow/tfjs`. */
  readonly tf?: string;
}

export interface CompileResult extends CheckResult {
  /** Empty where there are errors. */
  readonly files: readonly GeneratedFile[];
}

export interface AnalyzeResult extends CheckResult {
  /** The requested networks; none where there are errors. */
  readonly checked: () => readonly CheckedNetwork[];
  /** Removes findings of later phases that the file's comments ignore. */
  readonly withoutIgnored: (diagnostics: readonly Diagnostic[]) => readonly Diagnostic[];
  /** A hash of the texts of all files and the settings. */
  readonly specHash: string;
}
