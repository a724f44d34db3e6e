/** Options that every command shares, and the printer and source settings that follow from them. */
import { resolve } from "node:path";
import { isFolder } from "../node/file-bytes.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { Failure } from "./failure.ts";
import { type ColorChoice, createPrinter, type Printer } from "./printer.ts";
import type { SourceOptions } from "./source.ts";
import type { Terminal } from "./terminal.ts";

/** As commander hands them over. */
export interface SharedOptions {
  readonly color: ColorChoice;
  readonly quiet?: true;
  readonly root?: string;
  readonly stdinFilepath?: string;
  readonly set: readonly string[];
  readonly lint: readonly string[];
  readonly limit: readonly string[];
  readonly advice?: true;
  readonly maxWarnings?: number;
  readonly stats?: true;
}

/** Prints for people, on standard error: findings and progress. */
export function createMessagePrinter(options: SharedOptions, terminal: Terminal): Printer {
  return createPrinter(terminal.stderr, terminal.env, options.color);
}

/** Which folder may be read and how standard input is called. Throws a {@link Failure} for a root that is no folder. */
export function toSourceOptions(
  options: SharedOptions & { readonly watch?: true },
  terminal: Terminal,
): SourceOptions {
  const { root, stdinFilepath, watch } = options;
  if (root !== undefined && !isFolder(resolve(terminal.cwd, root))) {
    throw new Failure(EXIT_CODES.usage, `--root ${root} is not a folder`);
  }
  return {
    ...(root === undefined ? {} : { root }),
    ...(stdinFilepath === undefined ? {} : { stdinFilepath }),
    ...(watch ? { isWatched: true } : {}),
  };
}
