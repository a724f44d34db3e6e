/** Prints the failure or internal error that ended a command. */

import { TOOL_VERSION } from "../compiler/core/tool-version.ts";
import { displayMessage } from "../compiler/diagnostics/display-text.ts";
import { EXIT_CODES, type ExitCode } from "./exit-codes.ts";
import { Failure } from "./failure.ts";
import { createPrinter, type Printer } from "./printer.ts";
import type { Terminal } from "./terminal.ts";

export function printFailure({ message, help }: Failure, { line, style }: Printer): void {
  line(`${style.error("inceptc:")} ${displayMessage(message)}`);
  if (help !== undefined) line(`  ${style.help("help:")} ${displayMessage(help)}`);
}

/** Says what went wrong and returns the exit code that it means. */
export function reportError(error: unknown, args: readonly string[], terminal: Terminal): ExitCode {
  const printer = createPrinter(terminal.stderr, terminal.env, "auto");
  if (error instanceof Failure) {
    printFailure(error, printer);
    return error.exitCode;
  }
  printInternalError(error, args, terminal, printer);
  return EXIT_CODES.internal;
}

function printInternalError(
  error: unknown,
  args: readonly string[],
  { env }: Terminal,
  { line, write, style }: Printer,
): void {
  const [name, message] =
    error instanceof Error ? [error.name, error.message] : ["thrown", String(error)];
  line(`${style.error("inceptc:")} this is a bug in inceptc, not in your specification`);
  line("  To report it, include the specification and these lines:");
  line(`    inceptc ${TOOL_VERSION}, Node ${process.version}, ${process.platform} ${process.arch}`);
  line(`    inceptc ${args.map((arg) => JSON.stringify(arg)).join(" ")}`);
  line(`    ${name}: ${displayMessage(message)}`);
  if (env.INCEPTC_DEBUG && error instanceof Error && error.stack !== undefined) {
    write(`${error.stack}\n`);
  } else {
    line("  INCEPTC_DEBUG=1 prints the stack trace.");
  }
}
