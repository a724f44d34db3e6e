/**
 * The compiler's entry points, and the order and conditions of its phases.
 *
 * Parsing, binding and the check of declarations always run. Every network is then elaborated and inferred as far as
 * its errors allow. A report and code require a program without errors.
 */
import { analyzeProgram } from "./analyze/analyze-program.ts";
import { type CompilerCache, createCache } from "./analyze/compiler-cache.ts";
import { createLevels, type LintOptions } from "./analyze/lint-levels.ts";
import { openProgram, type Settings, type SourceInput } from "./analyze/open-program.ts";
import { type OnPhaseEnd, UNHEARD } from "./analyze/phase.ts";
import {
  type PictureSize,
  reportAtSizes,
  reportOn,
  type SizeReport,
} from "./analyze/report-network.ts";
import { type Limits, limitsWith } from "./core/limits.ts";
import { remember } from "./core/remember.ts";
import type { NetworkReport, ReportOptions } from "./cost/network-report.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import {
  createDiagnosticCollector,
  hasErrors,
  type Outcome,
  sortDiagnostics,
} from "./diagnostics/outcome.ts";
import { outputName } from "./emit/output-name.ts";
import { architectureToJson } from "./ir/architecture-json.ts";
import type { CheckedArchitecture } from "./ir/shaped.ts";
import { verifyArchitecture } from "./ir/verify.ts";

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
  /** `tfjs-layers` writes TypeScript, `ir` the architecture as JSON. Default: `tfjs-layers`. */
  readonly target?: "tfjs-layers" | "ir";
  /** The module that generated code imports tfjs from. Default: `@tensorflow/tfjs`. */
  readonly tf?: string;
}

export interface GeneratedFile {
  /** A plain name without folders. */
  readonly fileName: string;
  readonly text: string;
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

/** Finds everything that is wrong with a file, or with one network in it. Never throws for what is wrong with it. */
export function check(input: SourceInput, options: CompilerOptions = {}): CheckResult {
  const { diagnostics, networks } = analyze(input, options);
  return { diagnostics, networks };
}

/** What the named network costs, or the file's first. */
export function report(input: SourceInput, options: ReportRequest = {}): ReportResult {
  const { diagnostics, networks, checked } = analyze(input, options, "first");
  const [only] = checked();
  if (!only) return { diagnostics, networks, atSizes: [] };
  const atSizes = reportAtSizes(only, options.sizes ?? [], options);
  return { diagnostics, networks, report: reportOn(only, options), atSizes };
}

/** Code for the named network, or for every network of the file. */
export async function compile(
  input: SourceInput,
  options: CompileOptions = {},
): Promise<CompileResult> {
  const { diagnostics, networks, checked, withoutIgnored, specHash } = analyze(input, options);
  const { add, diagnostics: all } = createDiagnosticCollector();
  add(diagnostics);
  const files = new Map<string, GeneratedFile>();
  for (const one of checked()) {
    verifyArchitecture(one);
    const emitted = await emit(one, specHash, options);
    add(withoutIgnored(emitted.diagnostics));
    for (const file of emitted.value) files.set(file.fileName, file);
    options.onPhaseEnd?.("emit");
  }
  // Written whole or not at all: what one network lacks, no network gets.
  const isWhole = !hasErrors(all);
  return {
    diagnostics: sortDiagnostics(all),
    networks,
    files: isWhole ? [...files.values()] : [],
  };
}

/** The phases up to checked architectures: what reports, code and comparisons are made from. */
export function analyze(
  input: SourceInput,
  options: CompilerOptions = {},
  unnamed: "all" | "first" = "all",
): AnalyzeResult {
  const limits = limitsWith(options.limits);
  const { cache = createCache(), set = {}, onPhaseEnd = UNHEARD } = options;
  const { network, advice, lints } = options;
  const program = openProgram(input, { limits, cache, set, onPhaseEnd });
  // A file that cannot be read is not part of the program, but what was said of it is.
  const found = program.diagnostics.map(({ message }) => message);
  const question = JSON.stringify([network, unnamed, advice, lints, found]);
  const { value, diagnostics } = remember(cache.analyzed, program.value, question, () =>
    analyzeProgram(program, { name: network, unnamed, levelOf: createLevels(options), onPhaseEnd }),
  );
  return {
    diagnostics: sortDiagnostics(diagnostics),
    networks: program.value.networks.map(({ declaration }) => declaration.name.text),
    checked: value.checked,
    withoutIgnored: value.ignores.apply,
    specHash: program.value.hash,
  };
}

async function emit(
  checked: CheckedArchitecture,
  specHash: string,
  { target, tf }: CompileOptions,
): Promise<Outcome<readonly GeneratedFile[]>> {
  const baseName = outputName(checked.architecture);
  if (target === "ir") {
    const text = `${JSON.stringify(architectureToJson(checked), null, 2)}\n`;
    return { value: [{ fileName: `${baseName}.ir.json`, text }], diagnostics: [] };
  }
  // Loaded here alone: what writes TypeScript takes longer to load than everything else together.
  const { emitTfjsLayers } = await import("./emit/tfjs-layers/emit-tfjs-layers.ts");
  return emitTfjsLayers(checked, { baseName, specHash, ...(tf === undefined ? {} : { tf }) });
}
