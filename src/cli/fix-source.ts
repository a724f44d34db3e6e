/** Applies quick fixes to the files of a source for `--fix`, imported files included; writes all of them or none. */
import { resolve } from "node:path";
import { plural } from "../compiler/diagnostics/catalogue/entry.ts";
import { type CheckResult, type CompilerOptions, fix } from "../compiler/index.ts";
import { replaceFiles } from "../node/write-files.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { Failure } from "./failure.ts";
import { STDIN } from "./network-reference.ts";
import type { Printer } from "./printer.ts";
import type { Source } from "./source.ts";
import type { Terminal } from "./terminal.ts";
import { attemptWrite } from "./write-output.ts";

/** Gives what is left to find. Throws a {@link Failure} where a file cannot be written; then none has changed. */
export function fixSource(
  { path, host }: Source,
  options: CompilerOptions,
  terminal: Terminal,
  printer: Printer | undefined,
): CheckResult {
  const result = fix({ path, host }, options);
  const texts = [...result.texts].map(
    ([file, text]) => [resolve(terminal.cwd, file), text] as const,
  );
  attemptWrite(terminal, () => replaceFiles(new Map(texts)));
  if (result.repairedCount > 0) {
    const repaired = `repaired ${plural(result.repairedCount, "finding")}`;
    const files = [...result.texts.keys()].join(", ");
    const { length: left } = result.diagnostics;
    const rest = left === 0 ? "none is left" : `${left} ${left === 1 ? "is" : "are"} left`;
    printer?.line(`${printer.symbols.changed} ${repaired} in ${files}; ${rest}`);
  }
  return result;
}

/** Standard input is not a file and cannot be changed. */
export function requireFiles(files: readonly string[]): void {
  if (!files.some((file) => file === STDIN || file.startsWith(`${STDIN}:`))) return;
  throw new Failure(EXIT_CODES.usage, "--fix changes files, but standard input is not a file");
}
