/** Opens a `FILE[:Network]` argument as a source that the library can compile. */
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { CompilerHost } from "../compiler/host.ts";
import { MAX_SOURCE_BYTES } from "../node/file-bytes.ts";
import { createNodeHost } from "../node/node-host.ts";
import { decodeInput, type InputText, readInputFile } from "../node/read-input.ts";
import { findRootDirectory, isInside, realPathOf } from "../node/root-directory.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { Failure } from "./failure.ts";
import { type NetworkReference, parseNetworkReference, STDIN } from "./network-reference.ts";
import type { Terminal } from "./terminal.ts";

/** A main file that was read, and the host through which its imports are. */
export interface Source {
  readonly path: string;
  readonly host: CompilerHost;
  readonly network: string | undefined;
}

/** Takes note of an absolute path that a run depends on, whether or not it can be read. */
export type NoteFile = (path: string) => void;

export interface SourceOptions {
  /** Where imports may be read; the repository or folder of the main file unless given. */
  readonly root?: string;
  /** The path that standard input is treated as; imports are resolved relative to it. */
  readonly stdinFilepath?: string;
  /** Refuses a pipe in place of the file: it can be read once, and nothing says when it would be read again. */
  readonly isWatched?: true;
}

/**
 * Reads the main file; `note` receives every file that is read or looked for, imports too. Throws a {@link Failure}
 * (exit code 3) that says why when the main file cannot be read.
 */
export async function openSource(
  argument: string,
  options: SourceOptions,
  terminal: Terminal,
  note: NoteFile,
): Promise<Source> {
  const { cwd } = terminal;
  const exists = (name: string): boolean => existsSync(resolve(cwd, name));
  return openFile(parseNetworkReference(argument, exists), options, terminal, note);
}

/** The same for an argument that was parsed. */
export async function openFile(
  { file, network }: NetworkReference,
  options: SourceOptions,
  terminal: Terminal,
  note: NoteFile,
): Promise<Source> {
  const { cwd } = terminal;
  const path = file === STDIN ? (options.stdinFilepath ?? "<stdin>") : file;
  if (file !== STDIN) note(resolve(cwd, path));
  const folder = dirname(resolve(cwd, path));
  const root = options.root === undefined ? findRootDirectory(folder) : resolve(cwd, options.root);
  if (options.root !== undefined && !isInside(realPathOf(root), realPathOf(resolve(cwd, path)))) {
    throw new Failure(
      EXIT_CODES.unreadable,
      `${path} is outside the folder of --root, ${options.root}`,
    );
  }
  const input =
    file === STDIN
      ? await readStdin(terminal)
      : readInputFile(file, cwd, { allowStreams: options.isWatched !== true });
  if ("problem" in input) {
    const name = file === STDIN ? "standard input" : file;
    throw new Failure(EXIT_CODES.unreadable, `${name} ${input.problem}`, input.help);
  }
  const host = createNodeHost({ cwd, root, overlay: { path, text: input.text } });
  return { path, host: noting(host, (read) => note(resolve(cwd, read))), network };
}

function noting(host: CompilerHost, note: NoteFile): CompilerHost {
  return {
    resolve: host.resolve,
    read: (path) => {
      note(path);
      return host.read(path);
    },
  };
}

async function readStdin(terminal: Terminal): Promise<InputText> {
  if (terminal.stdinIsTty) {
    terminal.stderr.write("reading the specification from the terminal; end it with Ctrl-D\n");
  }
  return decodeInput(await terminal.readStdin(MAX_SOURCE_BYTES));
}
