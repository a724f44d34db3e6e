/** Opens one side of a comparison as named on the command line: a file, a preset, a git revision, or nothing. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type GitTree, openGitTree } from "../../node/git-files.ts";
import { createNodeHost } from "../../node/node-host.ts";
import { packageFolder } from "../../node/package-folder.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import {
  type NetworkReference,
  parseSideReference,
  type SideReference,
} from "../network-reference.ts";
import { openFile, type Source, type SourceOptions } from "../source.ts";
import type { Terminal } from "../terminal.ts";

/** `undefined` is an empty side. Throws a {@link Failure} where the side cannot be read. */
export async function openSide(
  argument: string,
  options: SourceOptions,
  terminal: Terminal,
): Promise<Source | undefined> {
  const openTree = createTreeOpener(resolve(terminal.cwd, options.root ?? "."));
  const side = parseSide(argument, terminal.cwd, openTree);
  switch (side.kind) {
    case "nothing":
      return undefined;
    case "file":
      return openFile(side, options, terminal, () => {});
    case "preset":
      return openPreset(side);
    case "revision":
      return openRevision(side, openTree(side.revision));
    case "unknown":
      return unreadable(argument, "is neither a file nor a revision with a path");
  }
}

type OpenTree = (revision: string) => GitTree;

function createTreeOpener(folder: string): OpenTree {
  const opened = new Map<string, GitTree>();
  return (revision) => {
    const tree = opened.get(revision) ?? openGitTree(revision, folder);
    opened.set(revision, tree);
    return tree;
  };
}

function parseSide(argument: string, cwd: string, openTree: OpenTree): SideReference {
  return parseSideReference(argument, {
    exists: (file) => existsSync(resolve(cwd, file)),
    isPreset,
    isInRevision: (revision, file) => {
      const tree = openTree(revision);
      return !("problem" in tree) && "text" in tree.host.read(tree.pathOf(file));
    },
  });
}

function isPreset(name: string): boolean {
  return existsSync(join(packageFolder(), "specs", `${name}.incept`));
}

/** A specification that comes with inceptc, by the name of its file. */
function openPreset({ file, network }: NetworkReference): Source {
  if (!/^[\w/-]+$/.test(file) || !isPreset(file)) {
    throw new Failure(
      EXIT_CODES.unreadable,
      `there is no preset called \`${file}\``,
      "inceptc init --list names them",
    );
  }
  const folder = packageFolder();
  const host = createNodeHost({ cwd: folder, root: join(folder, "specs") });
  return { path: `specs/${file}.incept`, host, network };
}

/** Imports are read from the same revision. */
function openRevision(
  { revision, file, network }: Extract<SideReference, { kind: "revision" }>,
  tree: GitTree,
): Source {
  if ("problem" in tree) {
    const isPath = file.includes("/");
    return unreadable(
      `\`${revision}\``,
      `${tree.problem}${isPath ? "" : ", and there is no such file"}`,
    );
  }
  const path = tree.pathOf(file);
  const read = tree.host.read(path);
  if ("problem" in read) {
    const { problem, detail } = read;
    if (problem === "outside-root") return unreadable(path, "is outside the repository");
    return unreadable(path, detail ?? "is not in that revision");
  }
  return { path, host: tree.host, network };
}

function unreadable(name: string, problem: string): never {
  throw new Failure(EXIT_CODES.unreadable, `${name} ${problem}`);
}
