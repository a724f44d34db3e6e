/** What the library's functions take and give. */
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
import type { CheckedArchitecture } from "./ir/shaped.ts";

/** What every command takes. */
export interface CompilerOptions extends LintOptions {
  /** The network or variant to look at. Without it: all of the file, or its first for a report. */
  readonly network?: string;
  /** Values for network parameters. */
  readonly set?: Settings;
  readonly limits?: Partial<Limits>;
  /** Keeps what was found out between calls, so that only what changed is looked at again. */
  readonly cache?: CompilerCache;
  /** Told of each phase that ends. What a cache knows takes no phase. */
  readonly onPhaseEnd?: OnPhaseEnd;
}

export interface CheckResult {
  /** All findings, by file and place. */
  readonly diagnostics: readonly Diagnostic[];
  /** Names of the networks and variants that the main file declares, networks first. */
  readonly networks: readonly string[];
}

/** Beside what to look at: by what else operations are counted, and for what memory is. */
export interface ReportRequest extends CompilerOptions, Omit<ReportOptions, "accepts"> {
  /** Sizes of pictures on which the network is reported on as well. */
  readonly sizes?: readonly PictureSize[];
}

export interface ReportResult extends CheckResult {
  /** Absent where there are errors, or no network. */
  readonly report?: NetworkReport;
  /** One for each of the sizes that were asked for; none where there is no report. */
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
  /** The networks that were asked for; none where there are errors. */
  readonly checked: () => readonly CheckedArchitecture[];
  /** What the file's comments leave of findings that come later. */
  readonly withoutIgnored: (diagnostics: readonly Diagnostic[]) => readonly Diagnostic[];
  /** Stands for the texts of all files and the settings. */
  readonly specHash: string;
}
