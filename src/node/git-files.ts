/**
 * Owns reading files of a git revision. Git is started without a shell and asked for objects alone: no revision or path
 * can become an option, no hook, filter or textual conversion runs, and nothing is fetched.
 */
import { spawnSync } from "node:child_process";
import { posix } from "node:path";
import type { CompilerHost, ReadResult } from "../compiler/host.ts";
import { decodeText } from "./decode-text.ts";
import { MAX_SOURCE_BYTES, tooLarge } from "./file-bytes.ts";

/** A file at a revision; the path is that from the root of the repository, as git has it. */
export interface GitReference {
  readonly revision: string;
  readonly path: string;
}

/** The files of one revision, or a sentence about it that does not repeat its name. */
export type GitTree =
  | { readonly host: CompilerHost; readonly pathOf: (path: string) => string }
  | { readonly problem: string };

/** Splits `<rev>:<path>` at the first colon; `undefined` for what is none. */
export function parseGitReference(argument: string): GitReference | undefined {
  const colon = argument.indexOf(":");
  if (colon <= 0 || colon === argument.length - 1) return undefined;
  return { revision: argument.slice(0, colon), path: argument.slice(colon + 1) };
}

/** Opens the tree of a revision. Never throws; what a hostile revision could mean to git is refused before git sees it. */
export function openGitTree(revision: string, cwd: string): GitTree {
  if (revision.startsWith("-")) return { problem: "is not a revision: it begins with a dash" };
  if (hasControlCharacters(revision) || revision.includes(" ")) {
    return { problem: "is not a revision: it has spaces or control characters in it" };
  }
  const arguments_ = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{tree}`];
  const parsed = runGit(arguments_, cwd);
  if ("problem" in parsed) return parsed;
  const tree = /^[0-9a-f]{40,64}$/m.exec(parsed.output.toString("utf8"))?.[0];
  if (parsed.status !== 0 || tree === undefined) {
    return { problem: "is not a revision of the repository around the current folder" };
  }
  const prefix = runGit(["rev-parse", "--show-prefix"], cwd);
  const folder = "problem" in prefix ? "" : prefix.output.toString("utf8").trim();
  const shown = (path: string): string => `${revision}:${path}`;
  const inside = (path: string): string => path.slice(revision.length + 1);
  return {
    // As git does: a path that begins with a dot starts at the current folder.
    pathOf: (path) =>
      shown(posix.normalize(/^\.\.?\//.test(path) ? posix.join(folder, path) : path)),
    host: {
      read: (path) => readBlob(tree, inside(path), cwd),
      resolve: (specifier, from) =>
        shown(posix.normalize(posix.join(posix.dirname(inside(from)), specifier))),
    },
  };
}

function readBlob(tree: string, path: string, cwd: string): ReadResult {
  if (path === ".." || path.startsWith("../") || path.startsWith("/")) {
    return { problem: "outside-root", detail: "the repository" };
  }
  if (hasControlCharacters(path)) {
    return { problem: "not-readable", detail: "has control characters in its name" };
  }
  // Links inside the tree are followed; one that leads out of it is reported and not read.
  const asked = ["cat-file", "--batch", "--follow-symlinks"];
  const answer = runGit(asked, cwd, `${tree}:${path}\n`);
  if ("problem" in answer) return { problem: "not-readable", detail: answer.problem };
  const end = answer.output.indexOf("\n");
  const head = answer.output.subarray(0, end).toString("utf8");
  const blob = /^[0-9a-f]{40,64} (\w+) (\d+)$/.exec(head);
  if (blob?.[1] === "tree") return { problem: "not-readable", detail: "is a folder, not a file" };
  if (blob?.[1] !== "blob") {
    return head.endsWith("missing")
      ? { problem: "not-found" }
      : { problem: "not-readable", detail: "is a link that leads nowhere in this revision" };
  }
  const size = Number(blob[2]);
  if (size > MAX_SOURCE_BYTES)
    return { problem: "not-readable", detail: tooLarge(MAX_SOURCE_BYTES) };
  const decoded = decodeText(answer.output.subarray(end + 1, end + 1 + size));
  return "problem" in decoded ? { problem: "not-readable", detail: decoded.problem } : decoded;
}

type GitAnswer =
  | { readonly status: number | null; readonly output: Buffer }
  | { readonly problem: string };

function runGit(args: readonly string[], cwd: string, input = ""): GitAnswer {
  const { status, stdout, error } = spawnSync("git", ["--no-replace-objects", ...args], {
    cwd,
    input,
    shell: false,
    windowsHide: true,
    maxBuffer: MAX_SOURCE_BYTES + 1024,
    stdio: ["pipe", "pipe", "ignore"],
    env: {
      ...process.env,
      GIT_NO_LAZY_FETCH: "1",
      GIT_OPTIONAL_LOCKS: "0",
      GIT_TERMINAL_PROMPT: "0",
    },
  });
  if (error === undefined) return { status, output: stdout };
  const code = "code" in error ? error.code : undefined;
  if (code === "ENOENT") return { problem: "cannot be read: git is not installed" };
  if (code === "ENOBUFS") return { problem: tooLarge(MAX_SOURCE_BYTES) };
  return { problem: `cannot be read: ${error.message}` };
}

function hasControlCharacters(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
