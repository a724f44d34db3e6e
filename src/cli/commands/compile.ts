/** Owns `inceptc compile`: code for one network or all networks of a file, written whole or not at all. */
import { join, resolve } from "node:path";
import { check, compile } from "../../compiler/index.ts";
import { compareFile, type OutputFile, WriteError, writeFiles } from "../../node/write-files.ts";
import { noNetworkIn, othersThan, requireNetwork } from "../choose-network.ts";
import { EXIT_CODES, type ExitCode } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { createMessagePrinter, type SharedOptions, toSourceOptions } from "../options.ts";
import { exitCodeOf, printFindings } from "../print-findings.ts";
import type { Printer } from "../printer.ts";
import { parseSettings } from "../settings.ts";
import { openSource, type Source } from "../source.ts";
import type { Terminal } from "../terminal.ts";

export const TARGETS = ["tfjs-layers", "ir"] as const;

/** `--out -`: the text goes to standard output. */
const STDOUT = "-";

export interface CompileCommandOptions extends SharedOptions {
  readonly target: (typeof TARGETS)[number];
  readonly tf?: string;
  readonly out?: string;
  readonly dryRun?: true;
  readonly listFiles?: true;
  readonly check?: true;
}

/** Compiles; paths go to standard output, or the text itself with `--out -` and, unless `--out` says otherwise, for target ir. */
export async function runCompile(
  file: string,
  options: CompileCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const printer = createMessagePrinter(options, terminal);
  const set = parseSettings(options.set);
  const out = options.out ?? (options.target === "ir" ? STDOUT : ".");
  requireFolderFor(options, out);
  const source = await openSource(file, toSourceOptions(options, terminal), terminal);
  const { path, host } = source;
  const network = out === STDOUT ? defaultNetwork(source, options, printer) : source.network;
  const result = await compile(
    { path, host },
    {
      set,
      target: options.target,
      ...(options.tf === undefined ? {} : { tf: options.tf }),
      ...(network === undefined ? {} : { network }),
    },
  );
  requireNetwork(source, result.networks);
  printFindings(result.diagnostics, options, printer);
  const exitCode = exitCodeOf(result.diagnostics, options, printer);
  if (exitCode !== EXIT_CODES.ok) return exitCode;
  if (result.files.length === 0) throw noNetworkIn(path);
  if (out === STDOUT) {
    for (const { text } of result.files) terminal.stdout.write(text);
    return EXIT_CODES.ok;
  }
  try {
    return deliver(result.files, out, options, terminal, printer);
  } catch (error) {
    if (error instanceof WriteError) throw new Failure(EXIT_CODES.unreadable, error.message);
    throw error;
  }
}

/** Standard output holds one network: the named one or the file's first, as in `report`. */
function defaultNetwork(
  source: Source,
  options: CompileCommandOptions,
  printer: Printer,
): string | undefined {
  const { path, host, network } = source;
  if (network !== undefined) return network;
  const { networks } = check({ path, host }, { set: parseSettings(options.set) });
  const first = networks[0];
  const others = first === undefined ? undefined : othersThan(first, path, networks);
  if (others !== undefined && !options.quiet) printer.line(others);
  return first;
}

function requireFolderFor(options: CompileCommandOptions, out: string): void {
  const asked = [
    options.dryRun && "--dry-run",
    options.listFiles && "--list-files",
    options.check && "--check",
  ].filter((name) => typeof name === "string");
  if (asked.length > 1) {
    throw new Failure(EXIT_CODES.usage, `${asked.join(" and ")} exclude each other`);
  }
  if (out === STDOUT && asked.length > 0) {
    throw new Failure(
      EXIT_CODES.usage,
      `${asked.join()} speaks of files, and the output goes to standard output`,
      "name a folder with --out DIR",
    );
  }
}

function deliver(
  files: readonly OutputFile[],
  out: string,
  options: CompileCommandOptions,
  terminal: Terminal,
  printer: Printer,
): ExitCode {
  const folder = resolve(terminal.cwd, out);
  const print = (line: string): void => terminal.stdout.write(`${line}\n`);
  const shown = (file: OutputFile): string => join(out, file.fileName);
  if (options.listFiles) {
    for (const file of files) print(shown(file));
    return EXIT_CODES.ok;
  }
  if (options.check) return checkStale(files, folder, shown, printer, print);
  if (options.dryRun) {
    for (const file of files) print(`${compareFile(folder, file).padEnd(9)} ${shown(file)}`);
    return EXIT_CODES.ok;
  }
  writeFiles(folder, files);
  for (const file of files) print(shown(file));
  return EXIT_CODES.ok;
}

/** Names the files that are missing or differ from what would be written now. */
function checkStale(
  files: readonly OutputFile[],
  folder: string,
  shown: (file: OutputFile) => string,
  printer: Printer,
  print: (line: string) => void,
): ExitCode {
  const stale = files.filter((file) => compareFile(folder, file) !== "unchanged");
  for (const file of stale) print(shown(file));
  if (stale.length === 0) return EXIT_CODES.ok;
  printer.line(
    `${printer.symbols.bad} ${stale.length} of ${files.length} generated files missing or out of date; compile again without --check`,
  );
  return EXIT_CODES.findings;
}
