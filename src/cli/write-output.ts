/** Writes one result to the file of `--out` and prints the file's name. */
import { basename, dirname, relative, resolve } from "node:path";
import { WriteError, writeFiles } from "../node/write-files.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { Failure } from "./failure.ts";
import type { Terminal } from "./terminal.ts";

/** Throws a {@link Failure} where the file cannot be written. */
export function writeOutput(out: string, content: string | Uint8Array, terminal: Terminal): void {
  const path = resolve(terminal.cwd, out);
  try {
    writeFiles(dirname(path), [{ fileName: basename(path), content }]);
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    throw new Failure(
      EXIT_CODES.unreadable,
      `${relative(terminal.cwd, error.path)} ${error.reason}`,
    );
  }
  terminal.stdout.write(`${out}\n`);
}
