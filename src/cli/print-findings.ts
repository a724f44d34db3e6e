/** Owns showing diagnostics to people, with a summary, and which exit code they mean. */
import { type Diagnostic, renderDiagnostics, summarizeDiagnostics } from "../compiler/index.ts";
import { EXIT_CODES, type ExitCode } from "./exit-codes.ts";
import type { SharedOptions } from "./options.ts";
import type { Printer } from "./printer.ts";

/** Prints the diagnostics and how many there are; `--quiet` leaves only errors. */
export function printFindings(
  diagnostics: readonly Diagnostic[],
  options: SharedOptions,
  printer: Printer,
): void {
  const shown = options.quiet
    ? diagnostics.filter(({ severity }) => severity === "error")
    : diagnostics;
  if (shown.length === 0) return;
  printer.write(renderDiagnostics(shown, printer.style));
  const files = new Set(shown.map(({ span }) => span.file.path)).size;
  const place = files === 1 ? "" : ` in ${files} files`;
  const { style, symbols } = printer;
  const failed = shown.some(({ severity }) => severity === "error");
  const summary = `${failed ? symbols.bad : symbols.changed} ${summarizeDiagnostics(shown)}${place}`;
  printer.line(failed ? style.error(summary) : style.warning(summary));
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
  printer.line(`${warnings} warnings, and --max-warnings allows ${maxWarnings}`);
  return EXIT_CODES.findings;
}
