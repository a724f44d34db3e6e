/** Runs `inceptc fmt`: prints, checks or rewrites specifications in canonical form. */
import { resolve } from "node:path";
import { createTwoFilesPatch } from "diff";
import { format, renderDiagnostics } from "../../compiler/index.ts";
import { MAX_SOURCE_BYTES } from "../../node/file-bytes.ts";
import { decodeInput, readInputFile } from "../../node/read-input.ts";
import { replaceFiles } from "../../node/write-files.ts";
import { toLimits } from "../compiler-options.ts";
import { EXIT_CODES, type ExitCode } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { STDIN } from "../network-reference.ts";
import { printFailure } from "../print-failure.ts";
import { printPath } from "../printable.ts";
import { type ColorChoice, createPrinter, type Printer } from "../printer.ts";
import type { Terminal } from "../terminal.ts";
import { attemptWrite } from "../write-output.ts";

export interface FmtOptions {
  readonly write?: true;
  readonly check?: true;
  readonly diff?: true;
  readonly stdinFilepath?: string;
  readonly limit: readonly string[];
  readonly color: ColorChoice;
}

interface Formatted {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** Formats every file, also after one that cannot be; the highest exit code of all wins. */
export async function runFmt(
  files: readonly string[],
  options: FmtOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  requireOneUse(files, options);
  const printer = createPrinter(terminal.stderr, terminal.env, options.color);
  let exitCode: ExitCode = EXIT_CODES.ok;
  for (const file of files) {
    try {
      const formatted = await formatOne(file, options, terminal, printer);
      const code = formatted ? deliver(file, formatted, options, terminal) : EXIT_CODES.findings;
      exitCode = code > exitCode ? code : exitCode;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      printFailure(error, printer);
      exitCode = error.exitCode > exitCode ? error.exitCode : exitCode;
    }
  }
  return exitCode;
}

function requireOneUse(files: readonly string[], { write, check, diff }: FmtOptions): void {
  if (write && (check || diff)) {
    throw new Failure(EXIT_CODES.usage, "--write changes files, --check and --diff do not");
  }
  if (write && files.includes(STDIN)) {
    throw new Failure(EXIT_CODES.usage, "standard input cannot be written to", "omit --write");
  }
  if (!write && !check && !diff && files.length > 1) {
    const help = "name one file, or pass --write, --check or --diff";
    throw new Failure(EXIT_CODES.usage, "several files cannot be printed as one", help);
  }
}

/** Gives nothing for a file that cannot be parsed, after printing why. */
async function formatOne(
  file: string,
  options: FmtOptions,
  terminal: Terminal,
  printer: Printer,
): Promise<Formatted | undefined> {
  const path = file === STDIN ? (options.stdinFilepath ?? "<stdin>") : file;
  const input =
    file === STDIN
      ? decodeInput(await terminal.readStdin(MAX_SOURCE_BYTES))
      : readInputFile(file, terminal.cwd);
  if ("problem" in input) {
    throw new Failure(EXIT_CODES.unreadable, `${path} ${input.problem}`, input.help);
  }
  const { text, diagnostics } = format(input.text, { path, limits: toLimits(options.limit) });
  if (text !== undefined) return { path, before: input.text, after: text };
  printer.write(renderDiagnostics(diagnostics, printer.style));
  return undefined;
}

function deliver(
  file: string,
  { path, before, after }: Formatted,
  { write, check, diff }: FmtOptions,
  terminal: Terminal,
): ExitCode {
  const isChanged = before !== after;
  if (write) {
    if (isChanged) {
      attemptWrite(terminal, () => replaceFiles(new Map([[resolve(terminal.cwd, file), after]])));
      printPath(path, terminal.stdout);
    }
    return EXIT_CODES.ok;
  }
  if (diff && isChanged) {
    terminal.stdout.write(createTwoFilesPatch(path, path, before, after, "", "formatted"));
  }
  if (check) {
    if (isChanged && !diff) printPath(path, terminal.stdout);
    return isChanged ? EXIT_CODES.findings : EXIT_CODES.ok;
  }
  if (!diff) terminal.stdout.write(after);
  return EXIT_CODES.ok;
}
