/** Applies quick fixes to the files of a source for `--fix`, imported files included; writes all of them or none. */
import { resolve } from "node:path";
import { positionAt } from "../compiler/core/source-file.ts";
import { plural } from "../compiler/diagnostics/catalogue/entry.ts";
import { displayMessage } from "../compiler/diagnostics/display-text.ts";
import {
  type AppliedFix,
  type CheckResult,
  type FixOptions,
  type FixResult,
  fix,
} from "../compiler/index.ts";
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
  options: FixOptions,
  terminal: Terminal,
  printer: Printer | undefined,
): CheckResult {
  const result = fix({ path, host }, options);
  const texts = [...result.texts].map(
    ([file, text]) => [resolve(terminal.cwd, file), text] as const,
  );
  attemptWrite(terminal, () => replaceFiles(new Map(texts)));
  if (printer) printRepairs(result, printer);
  return result;
}

/** What may have changed the network is listed, each with its place; the rest is counted. */
function printRepairs(
  { repaired, texts, diagnostics }: FixResult,
  { line, symbols }: Printer,
): void {
  for (const repair of repaired) {
    if (repair.fix.applicability === "suggested")
      line(`${symbols.changed} ${describeRepair(repair)}`);
  }
  if (repaired.length > 0) {
    const files = [...texts.keys()].join(", ");
    const { length: left } = diagnostics;
    const rest = left === 0 ? "none is left" : `${left} ${left === 1 ? "is" : "are"} left`;
    line(`${symbols.changed} repaired ${plural(repaired.length, "finding")} in ${files}; ${rest}`);
  }
  const open = diagnostics.filter(({ fixes }) => fixes.length > 0).length;
  if (open === 0) return;
  const have = open === 1 ? "finding has" : "findings have";
  line(
    `${symbols.changed} ${open} ${have} a suggested fix, which may change what is computed: --fix=suggested applies it`,
  );
}

function describeRepair({ diagnostic: { span, code }, fix }: AppliedFix): string {
  const { line, column } = positionAt(span.file, span.start);
  return `${displayMessage(`${span.file.path}:${line}:${column}`)} ${code}: ${displayMessage(fix.title)}`;
}

/** Standard input is not a file and cannot be changed. */
export function requireFiles(files: readonly string[]): void {
  if (!files.some((file) => file === STDIN || file.startsWith(`${STDIN}:`))) return;
  throw new Failure(EXIT_CODES.usage, "--fix changes files, but standard input is not a file");
}
