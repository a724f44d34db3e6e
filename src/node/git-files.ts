/**
 * Owns reading files of a git revision. Git is asked for objects alone: no revision or path can become an option, no filter
 * or textual conversion runs, and nothing is fetched.
 */
import { posix } from "node:path";
import type { CompilerHost, ReadResult } from "../compiler/host.ts";
import { decodeText } from "./decode-text.ts";
import { MAX_SOURCE_BYTES, tooLarge } from "./file-bytes.ts";
import { hasControlCharacters, parseRevision, runGit } from "./git.ts";

/** A file at a revision; the path is that from the root of the repository, as git has it. */
export interface GitReference {
  readonly revision: string;
  readonly path: string;
}

/** The files of one revision, or a sentence about it that does not repeat its name. */
export type GitTree =
  | { readonly host: CompilerHost; readonly pathOf: (path: string) => string }
  | { readonly problem: string };

/** A file of the greatest size, and the line before it. */
const MAX_ANSWER_BYTES = MAX_SOURCE_BYTES + 64 * 1024;

/** How git answers for a path that a tree does not have; the path may hold line breaks. */
const MISSING = Buffer.from(" missing\n");

/** Splits `<rev>:<path>` at the first colon; `undefined` for what is none. */
export function parseGitReference(argument: string): GitReference | undefined {
  const colon = argument.indexOf(":");
  if (colon <= 0 || colon === argument.length - 1) return undefined;
  return { revision: argument.slice(0, colon), path: argument.slice(colon + 1) };
}

/**
 * Opens the tree of a revision. Never throws; what a hostile revision could mean to git is refused before git sees it.
 * Paths are shown behind `label`: `HEAD:specs/net.incept`.
 */
export function openGitTree(revision: string, cwd: string, label = `${revision}:`): GitTree {
  const parsed = parseRevision(revision, "tree", cwd);
  if ("problem" in parsed) return parsed;
  const { id: tree } = parsed;
  if (tree === undefined) {
    return { problem: "is not a revision of the repository around the current folder" };
  }
  const prefix = runGit(["rev-parse", "--show-prefix"], cwd, { maxBytes: MAX_ANSWER_BYTES });
  const folder = "problem" in prefix ? "" : prefix.output.toString("utf8").trim();
  const shown = (path: string): string => `${label}${path}`;
  const inside = (path: string): string => path.slice(label.length);
  // A tree stays what it is.
  const known = new Map<string, ReadResult>();
  return {
    // As git does: a path that begins with a dot starts at the current folder.
    pathOf: (path) =>
      shown(posix.normalize(/^\.\.?\//.test(path) ? posix.join(folder, path) : path)),
    host: {
      read: (path) => {
        const result = known.get(path) ?? readBlob(tree, inside(path), cwd);
        known.set(path, result);
        return result;
      },
      resolve: (specifier, from) =>
        shown(posix.normalize(posix.join(posix.dirname(inside(from)), specifier))),
    },
  };
}

function readBlob(tree: string, path: string, cwd: string): ReadResult {
  if (path === ".." || path.startsWith("../") || path.startsWith("/")) {
    return { problem: "outside-root", detail: "the repository" };
  }
  if (path.includes("\0")) return { problem: "not-found" };
  // Older versions of git do not know -z; only names that need it ask for it.
  const [option, delimiter] = hasControlCharacters(path) ? [["-z"], "\0"] : [[], "\n"];
  // Links inside the tree are followed; one that leads out of it is reported and not read.
  const asked = ["cat-file", "--batch", "--follow-symlinks", ...option];
  const answer = runGit(asked, cwd, {
    input: `${tree}:${path}${delimiter}`,
    maxBytes: MAX_ANSWER_BYTES,
  });
  if ("problem" in answer) return { problem: "not-readable", detail: answer.problem };
  if (answer.status !== 0) return { problem: "not-readable", detail: answer.complaint };
  const end = answer.output.indexOf("\n");
  const head = answer.output.subarray(0, end).toString("utf8");
  const blob = /^[0-9a-f]{40,64} (\w+) (\d+)$/.exec(head);
  if (blob?.[1] === "tree") return { problem: "not-readable", detail: "is a folder, not a file" };
  if (blob?.[1] !== "blob") {
    if (answer.output.subarray(-MISSING.length).equals(MISSING)) return missing(tree, path, cwd);
    return { problem: "not-readable", detail: "is a link that leads nowhere in this revision" };
  }
  const size = Number(blob[2]);
  if (size > MAX_SOURCE_BYTES)
    return { problem: "not-readable", detail: tooLarge(MAX_SOURCE_BYTES) };
  const decoded = decodeText(answer.output.subarray(end + 1, end + 1 + size));
  return "problem" in decoded ? { problem: "not-readable", detail: decoded.problem } : decoded;
}

/** A clone with a filter has the names of files without the files. */
function missing(tree: string, path: string, cwd: string): ReadResult {
  const asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${tree}:${path}`];
  const named = runGit(asked, cwd, { maxBytes: MAX_ANSWER_BYTES });
  const isNamed = "output" in named && named.status === 0 && named.output.length > 0;
  return isNamed
    ? { problem: "not-readable", detail: "this clone lacks it: fetch without a filter" }
    : { problem: "not-found" };
}
