/** Owns one run of the command line: arguments in, exit code out. It never throws and never ends the process. */
import { CommanderError } from "commander";
import { EXIT_CODES, type ExitCode } from "./exit-codes.ts";
import { reportError } from "./print-failure.ts";
import { createProgram } from "./program.ts";
import type { Terminal } from "./terminal.ts";

/** Runs inceptc with the arguments that follow the program's name. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT_CODES.ok;
  try {
    const program = createProgram({
      terminal,
      finish: (code) => {
        exitCode = code;
      },
    });
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has printed the help or the usage error by now.
      return error.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage;
    }
    return reportError(error, args, terminal);
  }
}
