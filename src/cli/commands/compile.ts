/** Runs `inceptc compile`: writes code for one or all networks of a file; on failure nothing is written. */
import { join, resolve } from "node:path";
import { type TargetName, targetNamed } from "../../compiler/emit/targets.ts";
import { type CompilerOptions, check, compile, createCache } from "../../compiler/index.ts";
import { compareFile, type FileState, type OutputFile } from "../../node/write-files.ts";
import { noNetworkIn, othersThan, requireNetwork } from "../choose-network.ts";
import { toCompilerOptions } from "../compiler-options.ts";
import { EXIT_CODES, type ExitCode } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { type Laps, startLaps } from "../laps.ts";
import { createMessagePrinter, type SharedOptions, toSourceOptions } from "../options.ts";
import { exitCodeOf, printFindings } from "../print-findings.ts";
import { printPath } from "../printable.ts";
import type { Printer } from "../printer.ts";
import { runWatched } from "../run-watched.ts";
import { type NoteFile, openSource, type Source } from "../source.ts";
import type { Terminal } from "../terminal.ts";
import { attemptWrite, writeOutputs } from "../write-output.ts";

/** `--out -`: the text goes to standard output. */
const STDOUT = "-";

export interface CompileCommandOptions extends SharedOptions {
  readonly target: TargetName;
  readonly tf?: string;
  readonly out?: string;
  readonly dryRun?: true;
  readonly listFiles?: true;
  readonly check?: true;
  readonly force?: true;
  readonly watch?: true;
}

/** Compiles; paths go to standard output, or the content itself with `--out -` and for targets whose output goes there by default. */
export async function runCompile(
  file: string,
  options: CompileCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const printer = createMessagePrinter(options, terminal);
  const out = options.out ?? (targetNamed(options.target).defaultOut === "stdout" ? STDOUT : ".");
  requireOneOutcome(options, out);
  const compilerOptions = { ...toCompilerOptions(options), cache: createCache() };
  return runWatched([file], options, printer, terminal, async (note) => {
    const laps = startLaps(options);
    const timed = { ...compilerOptions, onPhaseEnd: laps.end };
    const run = { options, compilerOptions: timed, terminal, printer, note, laps };
    const exitCode = await compileOnce(file, out, run);
    laps.print(printer);
    return exitCode;
  });
}

/** What one run needs besides its input and output. */
interface Run {
  readonly options: CompileCommandOptions;
  readonly compilerOptions: CompilerOptions;
  readonly terminal: Terminal;
  readonly printer: Printer;
  readonly note: NoteFile;
  readonly laps: Laps;
}

async function compileOnce(file: string, out: string, run: Run): Promise<ExitCode> {
  const { options, compilerOptions, terminal, printer, note, laps } = run;
  const source = await openSource(file, toSourceOptions(options, terminal), terminal, note);
  laps.end("read");
  const { path, host } = source;
  const network = out === STDOUT ? defaultNetwork(source, run) : source.network;
  const result = await compile(
    { path, host },
    {
      ...compilerOptions,
      target: options.target,
      ...(options.tf === undefined ? {} : { tf: options.tf }),
      ...(network === undefined ? {} : { network }),
    },
  );
  requireNetwork(source, result.networks, result.diagnostics);
  printFindings(result.diagnostics, options, printer);
  const exitCode = exitCodeOf(result.diagnostics, options, printer);
  if (exitCode !== EXIT_CODES.ok) return exitCode;
  if (result.files.length === 0) throw noNetworkIn(path);
  const delivered = deliver(result.files, out, run);
  laps.end("write");
  return delivered;
}

/** Standard output holds one network: the named one or the file's first, as in `report`. */
function defaultNetwork(
  source: Source,
  { options, compilerOptions, printer }: Run,
): string | undefined {
  const { path, host, network } = source;
  if (network !== undefined) return network;
  const { networks } = check({ path, host }, compilerOptions);
  const first = networks[0];
  const others = first === undefined ? undefined : othersThan(first, path, networks);
  if (others !== undefined && !options.quiet) printer.line(others);
  return first;
}

function requireOneOutcome(options: CompileCommandOptions, out: string): void {
  const asked = [
    options.dryRun && "--dry-run",
    options.listFiles && "--list-files",
    options.check && "--check",
    options.watch && "--watch",
  ].filter((name) => typeof name === "string");
  if (asked.length > 1) {
    throw new Failure(EXIT_CODES.usage, `${asked.join(" and ")} cannot be combined`);
  }
  if (out === STDOUT && asked.length > 0) {
    throw new Failure(
      EXIT_CODES.usage,
      `${asked.join()} applies to files, but the output goes to standard output`,
      "name a folder with --out DIR",
    );
  }
}

function deliver(files: readonly OutputFile[], out: string, run: Run): ExitCode {
  const { options, terminal, printer } = run;
  const print = (path: string): void => printPath(path, terminal.stdout);
  if (out === STDOUT) {
    for (const file of files) printFile(file, terminal);
    return EXIT_CODES.ok;
  }
  const folder = resolve(terminal.cwd, out);
  const shown = ({ fileName }: OutputFile): string => join(out, fileName);
  const stateOf = (file: OutputFile): FileState =>
    attemptWrite(terminal, () => compareFile(folder, file));
  if (options.check) {
    const stale = files.filter((file) => stateOf(file) !== "unchanged");
    for (const file of stale) print(shown(file));
    return judgeStale(stale.length, files.length, printer);
  }
  if (options.dryRun) {
    for (const file of files) print(`${stateOf(file).padEnd(9)} ${shown(file)}`);
    return EXIT_CODES.ok;
  }
  if (!options.listFiles) {
    const { isOwn } = targetNamed(options.target);
    writeOutputs(folder, files, { isOwn, force: options.force }, terminal);
  }
  for (const file of files) print(shown(file));
  return EXIT_CODES.ok;
}

/** Bytes go to programs and files alone: they would make a mess of a terminal. */
function printFile({ fileName, content }: OutputFile, { stdout }: Terminal): void {
  if (typeof content !== "string" && stdout.isTty) {
    throw new Failure(
      EXIT_CODES.usage,
      `${fileName} is not text, and standard output is a terminal`,
      "name a folder with --out DIR, or redirect the output into a file",
    );
  }
  stdout.write(content);
}

function judgeStale(stale: number, all: number, { line, symbols }: Printer): ExitCode {
  if (stale === 0) return EXIT_CODES.ok;
  line(
    `${symbols.bad} ${stale} of ${all} generated files missing or out of date; compile again without --check`,
  );
  return EXIT_CODES.findings;
}
