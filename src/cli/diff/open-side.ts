/** Opens one side of a comparison as named on the command line: a file, a preset, a git revision, or nothing. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { openGitTree, parseGitReference } from "../../node/git-files.ts";
import { createNodeHost } from "../../node/node-host.ts";
import { packageFolder } from "../../node/package-folder.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { parseNetworkReference, STDIN } from "../network-reference.ts";
import { openSource, type Source, type SourceOptions } from "../source.ts";
import type { Terminal } from "../terminal.ts";

/** What git names in place of a file that is not there. */
export const NOTHING = "/dev/null";

const PRESET = "preset:";

/** `undefined` is an empty side. Throws a {@link Failure} where the side cannot be read. */
export async function openSide(
  argument: string,
  options: SourceOptions,
  terminal: Terminal,
): Promise<Source | undefined> {
  const { cwd } = terminal;
  if (argument === NOTHING) return undefined;
  if (argument.startsWith(PRESET)) return openPreset(argument.slice(PRESET.length));
  const exists = (path: string): boolean => existsSync(resolve(cwd, path));
  const { file } = parseNetworkReference(argument, exists);
  const isFile = file === STDIN || exists(file) || !argument.includes(":");
  return isFile
    ? openSource(argument, options, terminal, () => {})
    : openRevision(argument, options, terminal);
}

/** A specification that comes with inceptc, by the name of its file. */
function openPreset(argument: string): Source {
  const folder = packageFolder();
  const exists = (name: string): boolean => existsSync(join(folder, "specs", `${name}.incept`));
  const { file, network } = parseNetworkReference(argument, exists);
  if (!/^[\w/-]+$/.test(file) || !exists(file)) {
    throw new Failure(
      EXIT_CODES.unreadable,
      `there is no preset called \`${file}\``,
      "inceptc init --list names them",
    );
  }
  const host = createNodeHost({ cwd: folder, root: join(folder, "specs") });
  return { path: `specs/${file}.incept`, host, network };
}

/** `<rev>:<path>` or `<rev>:<path>:Network`; imports are read from the same revision. */
function openRevision(argument: string, options: SourceOptions, terminal: Terminal): Source {
  const reference = parseGitReference(argument);
  if (!reference) return unreadable(argument, "is neither a file nor a revision with a path");
  const folder = resolve(terminal.cwd, options.root ?? ".");
  const tree = openGitTree(reference.revision, folder);
  if ("problem" in tree) {
    const file = reference.path.includes("/") ? "" : ", and there is no such file";
    return unreadable(`\`${reference.revision}\``, `${tree.problem}${file}`);
  }
  const { host, pathOf } = tree;
  const canRead = (path: string): boolean => "text" in host.read(pathOf(path));
  const { file, network } = parseNetworkReference(reference.path, canRead);
  const path = pathOf(file);
  const read = host.read(path);
  if ("problem" in read) {
    return unreadable(path, read.detail ?? "is not in that revision");
  }
  return { path, host, network };
}

function unreadable(name: string, problem: string): never {
  throw new Failure(EXIT_CODES.unreadable, `${name} ${problem}`);
}
