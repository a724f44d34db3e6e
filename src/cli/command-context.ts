/**
 * Passes the process to the declarations of commands, and runs a command with its options from all sources combined.
 */
import type { Command } from "commander";
import type { ConfigFile } from "./config-file.ts";
import { EXIT_CODES, type ExitCode } from "./exit-codes.ts";
import { optionsWith, printConfig, settleOptions } from "./option-sources.ts";
import type { Terminal } from "./terminal.ts";

export interface CommandContext {
  readonly terminal: Terminal;
  /** Receives the exit code of the command that ran. */
  finish(exitCode: ExitCode): void;
}

/**
 * Runs `run` as {@link onRun} does, with a function that gives the options under any configuration file: a command that
 * compares revisions takes the files that these contain, and not that of the current folder.
 */
export function onRunWithConfigs<Options extends object>(
  command: Command,
  { terminal, finish }: CommandContext,
  run: (args: readonly string[], toOptions: ToOptions<Options>) => Promise<ExitCode>,
): void {
  command.action(async () => {
    if (command.getOptionValue("printConfig") === true) {
      printConfig(command, settleOptions(command, terminal), terminal);
      finish(EXIT_CODES.ok);
    } else {
      finish(await run(command.args, (config) => optionsWith(command, config, terminal)));
    }
  });
}

/** Throws a {@link Failure} for a file with a value that an option does not take. */
export type ToOptions<Options> = (config: ConfigFile | undefined) => Options;

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
