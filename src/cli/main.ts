/** Runs the command line once: arguments in, exit code out. It never throws and never ends the process. */
import { type Command, CommanderError } from "commander";
import type { CommandContext } from "./command-context.ts";
import { EXIT_CODES, type ExitCode } from "./exit-codes.ts";
import { reportError } from "./print-failure.ts";
import { guardTerminal } from "./printable.ts";
import { createProgram } from "./program.ts";
import { separateOperands } from "./separate-operands.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Runs inceptc with the arguments that follow the program's name; `create` may replace what a command does with its
 * result.
 */
export async function runCli(
  args: readonly string[],
  terminal: Terminal,
  create: (context: CommandContext) => Command = createProgram,
): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT_CODES.ok;
  const guarded = guardTerminal(terminal);
  try {
    const program = create({
      terminal: guarded,
      finish: (code) => {
        exitCode = code;
      },
    });
    await program.parseAsync(separateOperands(args), { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has printed the help or the usage error by now.
      return error.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage;
    }
    return reportError(error, args, guarded);
  }
}
