/** Prints diagnostics with a summary and computes the exit code from them. */
import { grouped } from "../compiler/diagnostics/catalogue/entry.ts";
import { type Diagnostic, renderDiagnostics, summarizeDiagnostics } from "../compiler/index.ts";
import { EXIT_CODES, type ExitCode } from "./exit-codes.ts";
import type { SharedOptions } from "./options.ts";
import type { Printer } from "./printer.ts";

/** Findings that are shown to people; forms for programs have all of them. */
const MAX_SHOWN = 100;

/** Prints the diagnostics, of very many the first errors, and how many there are; `--quiet` leaves only errors. */
export function printFindings(
  diagnostics: readonly Diagnostic[],
  options: SharedOptions,
  printer: Printer,
): void {
  const shown = options.quiet
    ? diagnostics.filter(({ severity }) => severity === "error")
    : diagnostics;
  if (shown.length === 0) return;
  printer.write(renderDiagnostics(firstOf(shown), printer.style));
  const rest = shown.length - MAX_SHOWN;
  if (rest > 0)
    printer.line(`${grouped(rest)} more are not shown; \`inceptc check --json\` has all`);
  const files = new Set(shown.map(({ span }) => span.file.path)).size;
  const place = files === 1 ? "" : ` in ${files} files`;
  const { style, symbols } = printer;
  const failed = shown.some(({ severity }) => severity === "error");
  const summary = `${failed ? symbols.bad : symbols.changed} ${summarizeDiagnostics(shown)}${place}`;
  printer.line(failed ? style.error(summary) : style.warning(summary));
}

function firstOf(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= MAX_SHOWN) return diagnostics;
  const isError = ({ severity }: Diagnostic): boolean => severity === "error";
  const others = diagnostics.filter((one) => !isError(one));
  return [...diagnostics.filter(isError), ...others].slice(0, MAX_SHOWN);
}

/** Errors always count; warnings where there are more than `--max-warnings`, which is then said. */
export function exitCodeOf(
  diagnostics: readonly Diagnostic[],
  options: SharedOptions,
  printer: Printer,
): ExitCode {
  if (diagnostics.some(({ severity }) => severity === "error")) return EXIT_CODES.findings;
  const warnings = diagnostics.filter(({ severity }) => severity === "warning").length;
  const { maxWarnings } = options;
  if (maxWarnings === undefined || warnings <= maxWarnings) return EXIT_CODES.ok;
  printer.line(`${warnings} warnings, but --max-warnings allows ${maxWarnings}`);
  return EXIT_CODES.findings;
}
