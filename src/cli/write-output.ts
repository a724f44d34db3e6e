/** Writes the files that a command makes, and refuses to replace a file that inceptc did not write. */
import { basename, dirname, relative, resolve } from "node:path";
import { FOREIGN, type OutputFile, WriteError, writeFiles } from "../node/write-files.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { Failure } from "./failure.ts";
import { printPath } from "./printable.ts";
import type { Terminal } from "./terminal.ts";

export interface OutputOptions {
  /** Whether a file that begins so may be replaced. An empty file always may. */
  readonly isOwn: (start: string) => boolean;
  /** Replaces files whatever they contain. */
  readonly force: true | undefined;
}

/** Writes all files into the folder or none. Throws a {@link Failure} (exit code 3) that names the file and the reason. */
export function writeOutputs(
  folder: string,
  files: readonly OutputFile[],
  { isOwn, force }: OutputOptions,
  terminal: Terminal,
): void {
  attemptWrite(terminal, () =>
    writeFiles(folder, files, {
      mayReplace: (start) => force === true || start.trim() === "" || isOwn(start),
    }),
  );
}

/** Writes one result to the file of `--out`, as {@link writeOutputs} does, and prints the file's name. */
export function writeOutput(
  out: string,
  content: string | Uint8Array,
  options: OutputOptions,
  terminal: Terminal,
): void {
  const path = resolve(terminal.cwd, out);
  writeOutputs(dirname(path), [{ fileName: basename(path), content }], options, terminal);
  printPath(out, terminal.stdout);
}

/** Turns what cannot be written into a {@link Failure}. */
export function attemptWrite<T>({ cwd }: Pick<Terminal, "cwd">, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    const { path, reason } = error;
    const help = reason === FOREIGN ? "--force replaces it" : undefined;
    throw new Failure(EXIT_CODES.unreadable, `${relative(cwd, path)} ${reason}`, help);
  }
}
