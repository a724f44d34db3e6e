/** Runs `inceptc check`: prints all findings of the given files and, with `--fix`, repairs them. */

import { TOOL_VERSION } from "../../compiler/core/tool-version.ts";
import { displayMessage } from "../../compiler/diagnostics/display-text.ts";
import {
  type Applicability,
  type CheckResult,
  type CompilerOptions,
  check,
  createCache,
  type Diagnostic,
  diagnosticsToJson,
  diagnosticsToSarif,
  renderGithub,
} from "../../compiler/index.ts";
import { requireNetwork } from "../choose-network.ts";
import { toCompilerOptions } from "../compiler-options.ts";
import { EXIT_CODES, type ExitCode } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { fixSource, requireFiles } from "../fix-source.ts";
import { startLaps } from "../laps.ts";
import { createMessagePrinter, type SharedOptions, toSourceOptions } from "../options.ts";
import { printFailure } from "../print-failure.ts";
import { exitCodeOf, printFindings } from "../print-findings.ts";
import type { Printer } from "../printer.ts";
import { runWatched } from "../run-watched.ts";
import { type NoteFile, openSource, type Source } from "../source.ts";
import type { Terminal } from "../terminal.ts";

export interface CheckOptions extends SharedOptions {
  readonly format: "text" | "json" | "github" | "sarif";
  readonly watch?: true;
  readonly fix?: Applicability;
}

/** Checks every file, also after one that cannot be read; the highest exit code of all wins. */
export async function runCheck(
  files: readonly string[],
  options: CheckOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const printer = createMessagePrinter(options, terminal);
  if (options.fix) requireFiles(files);
  const compilerOptions = { ...toCompilerOptions(options), cache: createCache() };
  return runWatched(files, options, printer, terminal, (note) =>
    checkOnce(files, options, compilerOptions, terminal, printer, note),
  );
}

async function checkOnce(
  files: readonly string[],
  options: CheckOptions,
  compilerOptions: CompilerOptions,
  terminal: Terminal,
  printer: Printer,
  note: NoteFile,
): Promise<ExitCode> {
  const sourceOptions = toSourceOptions(options, terminal);
  const laps = startLaps(options);
  const notes = options.quiet ? undefined : printer;
  const found: Diagnostic[] = [];
  const clean: string[] = [];
  let failed: ExitCode = EXIT_CODES.ok;

  for (const file of files) {
    try {
      const source = await openSource(file, sourceOptions, terminal, note);
      laps.end("read");
      const timed = { ...compilerOptions, onPhaseEnd: laps.end };
      const { diagnostics, networks } = checkSource(source, timed, (own) =>
        options.fix
          ? fixSource(source, { ...own, apply: options.fix }, terminal, notes)
          : check(source, own),
      );
      laps.end("check");
      found.push(...diagnostics);
      if (diagnostics.length === 0) clean.push(describe(source, networks));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      printFailure(error, printer);
      failed = higher(failed, error.exitCode);
    }
  }

  const diagnostics = withoutDuplicates(found);
  if (options.format === "text") printText(diagnostics, clean, options, printer);
  else terminal.stdout.write(renderFor(options.format, diagnostics));
  laps.end("print");
  laps.print(printer);
  return higher(failed, exitCodeOf(diagnostics, options, printer));
}

function checkSource(
  source: Source,
  options: CompilerOptions,
  run: (options: CompilerOptions) => CheckResult,
): CheckResult {
  const { network } = source;
  const result = run({ ...options, ...(network === undefined ? {} : { network }) });
  requireNetwork(source, result.networks, result.diagnostics);
  return result;
}

function describe({ path: file, network }: Source, networks: readonly string[]): string {
  const path = displayMessage(file);
  if (network !== undefined) return `${path}: ${network}`;
  if (networks.length === 0) return `${path}: modules only, no network`;
  return `${path}: ${networks.join(", ")}`;
}

/** A mistake in a module that several files import is reported once. */
function withoutDuplicates(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const byKey = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const { code, message, span } = diagnostic;
    const key = JSON.stringify([code, message, span.file.path, span.start, span.end]);
    if (!byKey.has(key)) byKey.set(key, diagnostic);
  }
  return [...byKey.values()];
}

/** All of it on standard error: findings for people are messages, not output. */
function printText(
  diagnostics: readonly Diagnostic[],
  clean: readonly string[],
  options: CheckOptions,
  printer: Printer,
): void {
  printFindings(diagnostics, options, printer);
  if (options.quiet) return;
  const { style, symbols, line } = printer;
  for (const file of clean) line(`${style.help(symbols.good)} ${file}`);
}

function renderFor(
  format: Exclude<CheckOptions["format"], "text">,
  diagnostics: readonly Diagnostic[],
): string {
  switch (format) {
    case "json":
      return toJson(diagnosticsToJson(diagnostics));
    case "sarif":
      return toJson(diagnosticsToSarif(diagnostics, TOOL_VERSION));
    case "github":
      return renderGithub(diagnostics);
  }
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function higher(a: ExitCode, b: ExitCode): ExitCode {
  return a > b ? a : b;
}
