/** Runs a command again whenever a file that it read changes, for `--watch`. */
import { relative } from "node:path";
import { displayMessage } from "../compiler/diagnostics/display-text.ts";
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
 * fails for a file that cannot be read is printed and waits for the file, as does whatever fails in a later run.
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
  let isFirst = true;
  for (;;) {
    const marks = new Map<string, FileMark>();
    // Marked before it is read, so that a change while the command runs is not missed.
    const note: NoteFile = (path) => marks.set(path, marks.get(path) ?? markFile(path));
    const exitCode = await runOnce(() => run(note), printer, isFirst);
    isFirst = false;
    if (marks.size !== lastCount && !options.quiet) {
      const files = marks.size === 1 ? "1 file" : `${marks.size} files`;
      printer.line(printer.style.faint(`watching ${files}; press Ctrl-C to stop`));
    }
    lastCount = marks.size;
    const changed = await waitOrFail(marks, stop);
    if (changed === undefined) return exitCode;
    if (!options.quiet) printer.line(`${displayMessage(relative(terminal.cwd, changed))} changed`);
  }
}

/** Throws a {@link Failure} where the system refuses to watch, as it does once too many folders are watched. */
async function waitOrFail(
  marks: ReadonlyMap<string, FileMark>,
  stop: AbortSignal,
): Promise<string | undefined> {
  try {
    return await waitForChange(marks, stop);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure(EXIT_CODES.unreadable, `the files cannot be watched: ${reason}`);
  }
}

async function runOnce(
  run: () => Promise<ExitCode>,
  printer: Printer,
  isFirst: boolean,
): Promise<ExitCode> {
  try {
    return await run();
  } catch (error) {
    // Mistakes in the command line show in the first run; an edit causes later failures, and the next may fix them.
    const isLasting =
      isFirst && error instanceof Failure && error.exitCode !== EXIT_CODES.unreadable;
    if (!(error instanceof Failure) || isLasting) throw error;
    printFailure(error, printer);
    return error.exitCode;
  }
}
