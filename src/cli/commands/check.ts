/** Owns `inceptc check`: all findings in the given files, nothing written. */
import {
  check,
  type Diagnostic,
  diagnosticsToJson,
  diagnosticsToSarif,
  renderGithub,
} from "../../compiler/index.ts";
import { requireNetwork } from "../choose-network.ts";
import { EXIT_CODES, type ExitCode } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { createMessagePrinter, type SharedOptions, toSourceOptions } from "../options.ts";
import { printFailure } from "../print-failure.ts";
import { exitCodeOf, printFindings } from "../print-findings.ts";
import { parseSettings } from "../settings.ts";
import { openSource, type Source } from "../source.ts";
import type { Terminal } from "../terminal.ts";
import { TOOL_VERSION } from "../tool-version.ts";

export const CHECK_FORMATS = ["text", "json", "github", "sarif"] as const;

export interface CheckOptions extends SharedOptions {
  readonly format: (typeof CHECK_FORMATS)[number];
  readonly json?: true;
}

/** Checks every file, also after one that cannot be read; the highest exit code of all wins. */
export async function runCheck(
  files: readonly string[],
  options: CheckOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const printer = createMessagePrinter(options, terminal);
  const sourceOptions = toSourceOptions(options, terminal);
  const set = parseSettings(options.set);
  const format = options.json ? "json" : options.format;
  const found: Diagnostic[] = [];
  const clean: string[] = [];
  let failed: ExitCode = EXIT_CODES.ok;

  for (const file of files) {
    try {
      const source = await openSource(file, sourceOptions, terminal);
      const { diagnostics, networks } = checkSource(source, set);
      found.push(...diagnostics);
      if (diagnostics.length === 0) clean.push(describe(source, networks));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      printFailure(error, printer);
      failed = error.exitCode > failed ? error.exitCode : failed;
    }
  }

  const diagnostics = withoutDuplicates(found);
  switch (format) {
    case "text":
      printFindings(diagnostics, options, printer);
      if (!options.quiet) {
        for (const line of clean) {
          printer.line(`${printer.style.help(printer.symbols.good)} ${line}`);
        }
      }
      break;
    case "json":
      terminal.stdout.write(`${JSON.stringify(diagnosticsToJson(diagnostics), null, 2)}\n`);
      break;
    case "github":
      terminal.stdout.write(renderGithub(diagnostics));
      break;
    case "sarif":
      terminal.stdout.write(
        `${JSON.stringify(diagnosticsToSarif(diagnostics, TOOL_VERSION), null, 2)}\n`,
      );
      break;
  }
  const findings = exitCodeOf(diagnostics, options, printer);
  return findings > failed ? findings : failed;
}

function checkSource(
  source: Source,
  set: Readonly<Record<string, string>>,
): ReturnType<typeof check> {
  const { path, host, network } = source;
  const result = check({ path, host }, { set, ...(network === undefined ? {} : { network }) });
  requireNetwork(source, result.networks);
  return result;
}

function describe({ path, network }: Source, networks: readonly string[]): string {
  if (network !== undefined) return `${path}: ${network}`;
  if (networks.length === 0) return `${path}: modules only, no network`;
  return `${path}: ${networks.join(", ")}`;
}

/** A module that several files import is found faulty once. */
function withoutDuplicates(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const byKey = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const { code, message, span } = diagnostic;
    const key = JSON.stringify([code, message, span.file.path, span.start, span.end]);
    if (!byKey.has(key)) byKey.set(key, diagnostic);
  }
  return [...byKey.values()];
}
