/** Owns `--watch`: running a command again whenever a file that it read changes. */
import { relative } from "node:path";
import { type FileMark, markFile, waitForChange } from "../node/watch-files.ts";
import { EXIT_CODES, type ExitCode } from "./exit-codes.ts";
import { Failure } from "./failure.ts";
import { STDIN } from "./network-reference.ts";
import type { SharedOptions } from "./options.ts";
import { printFailure } from "./print-failure.ts";
import type { Printer } from "./printer.ts";
import type { NoteFile } from "./source.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Runs once without `--watch`; with it until the user interrupts, and then returns the last run's exit code. A run that
 * fails for a file that cannot be read is printed and waits for the file.
 */
export async function runWatched(
  inputs: readonly string[],
  options: SharedOptions & { readonly watch?: true },
  printer: Printer,
  terminal: Terminal,
  run: (note: NoteFile) => Promise<ExitCode>,
): Promise<ExitCode> {
  if (!options.watch) return run(() => {});
  if (inputs.includes(STDIN)) {
    throw new Failure(EXIT_CODES.usage, "standard input cannot be watched", "name a file");
  }
  const stop = terminal.interruption();
  let lastCount = 0;
  for (;;) {
    const marks = new Map<string, FileMark>();
    // Marked before it is read, so that a change while the command runs is not missed.
    const note: NoteFile = (path) => marks.set(path, marks.get(path) ?? markFile(path));
    const exitCode = await runOnce(() => run(note), printer);
    if (marks.size !== lastCount && !options.quiet) {
      const files = marks.size === 1 ? "1 file" : `${marks.size} files`;
      printer.line(printer.style.faint(`watching ${files}; Ctrl-C ends`));
    }
    lastCount = marks.size;
    const changed = await waitForChange(marks, stop);
    if (changed === undefined) return exitCode;
    if (!options.quiet) printer.line(`${relative(terminal.cwd, changed)} changed`);
  }
}

async function runOnce(run: () => Promise<ExitCode>, printer: Printer): Promise<ExitCode> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Failure) || error.exitCode !== EXIT_CODES.unreadable) throw error;
    printFailure(error, printer);
    return error.exitCode;
  }
}
