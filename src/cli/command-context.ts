/**
 * Passes the process to the declarations of commands, and runs a command with its options from all sources combined.
 */
import type { Command } from "commander";
import { EXIT_CODES, type ExitCode } from "./exit-codes.ts";
import { printConfig, settleOptions } from "./option-sources.ts";
import type { Terminal } from "./terminal.ts";

export interface CommandContext {
  readonly terminal: Terminal;
  /** Receives the exit code of the command that ran. */
  finish(exitCode: ExitCode): void;
}

/** Runs `run` when the command is called, with its arguments and its options from every source. */
export function onRun<Options extends object>(
  command: Command,
  { terminal, finish }: CommandContext,
  run: (args: readonly string[], options: Options) => Promise<ExitCode>,
): void {
  command.action(async () => {
    const settled = settleOptions(command, terminal);
    if (command.getOptionValue("printConfig") === true) {
      printConfig(command, settled, terminal);
      finish(EXIT_CODES.ok);
    } else {
      finish(await run(command.args, command.opts<Options>()));
    }
  });
}
