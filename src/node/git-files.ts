/**
 * Reads files of a git revision from the object database.
 *
 * No revision or path can become an option, no filter or text conversion runs, and nothing is fetched.
 */
import { posix } from "node:path";
import type { CompilerHost, ReadResult } from "../compiler/host.ts";
import { decodeText } from "./decode-text.ts";
import { MAX_SOURCE_BYTES, tooLarge } from "./file-bytes.ts";
import { hasControlCharacters, parseRevision, runGit } from "./git.ts";

/** The files of one revision, or a sentence about it that does not repeat its name. */
export type GitTree = OpenGitTree | { readonly problem: string };

export interface OpenGitTree {
  readonly host: CompilerHost;
  readonly pathOf: (path: string) => string;
  /** Reads files that will be asked for, with one start of git for all of them. */
  readonly prefetch: (paths: readonly string[]) => void;
}

/** Files that are not read in advance where they are more than this together. */
const MAX_PREFETCH_BYTES = 16 * MAX_SOURCE_BYTES;

/**
 * Opens the tree of a revision. Never throws; a hostile revision is refused before it reaches git. Paths are shown
 * behind `label`: `HEAD:specs/net.incept`.
 */
export function openGitTree(revision: string, cwd: string, label = `${revision}:`): GitTree {
  const parsed = parseRevision(revision, "tree", cwd);
  if ("problem" in parsed) return parsed;
  const { id: tree } = parsed;
  if (tree === undefined) {
    return { problem: "is not a revision of the repository around the current folder" };
  }
  const prefix = runGit(["rev-parse", "--show-prefix"], cwd, { maxBytes: MAX_SOURCE_BYTES });
  const folder = "problem" in prefix ? "" : prefix.output.toString("utf8").replace(/\n$/, "");
  const shown = (path: string): string => `${label}${path}`;
  const inside = (path: string): string => path.slice(label.length);
  // Trees are immutable.
  const known = new Map<string, ReadResult>();
  return {
    // As git does: a path that begins with a dot starts at the current folder.
    pathOf: (path) =>
      shown(posix.normalize(/^\.\.?\//.test(path) ? posix.join(folder, path) : path)),
    host: {
      read: (path) => {
        const result = known.get(path) ?? readFile(tree, inside(path), cwd);
        known.set(path, result);
        return result;
      },
      resolve: (specifier, from) =>
        shown(posix.normalize(posix.join(posix.dirname(inside(from)), specifier))),
    },
    prefetch: (paths) => {
      const plain = paths.filter((path) => !hasControlCharacters(path));
      const read = readBlobs(tree, plain.map(inside), "\n", MAX_PREFETCH_BYTES, cwd);
      if ("problem" in read) return;
      plain.forEach((path, index) => {
        const result = read.results[index];
        if (result) known.set(path, result);
      });
    },
  };
}

function readFile(tree: string, path: string, cwd: string): ReadResult {
  if (path === ".." || path.startsWith("../") || path.startsWith("/")) {
    return { problem: "outside-root", detail: "the repository" };
  }
  if (path.includes("\0")) return { problem: "not-found" };
  const delimiter = hasControlCharacters(path) ? "\0" : "\n";
  const read = readBlobs(tree, [path], delimiter, MAX_SOURCE_BYTES, cwd);
  if ("problem" in read) return { problem: "not-readable", detail: read.problem };
  return read.results[0] ?? { problem: "not-found" };
}

/** Files of a tree, in the order asked for. Links inside the tree are followed; one that leads out of it is not read. */
function readBlobs(
  tree: string,
  paths: readonly string[],
  delimiter: "\n" | "\0",
  maxBytes: number,
  cwd: string,
): { readonly results: readonly ReadResult[] } | { readonly problem: string } {
  // Older versions of git do not know -z; only names that need it ask for it.
  const option = delimiter === "\0" ? ["-z"] : [];
  const answer = runGit(["cat-file", "--batch", "--follow-symlinks", ...option], cwd, {
    input: paths.map((path) => `${tree}:${path}${delimiter}`).join(""),
    maxBytes,
  });
  if ("problem" in answer) return answer;
  if (answer.status !== 0) return { problem: answer.complaint };
  const { output } = answer;
  let at = 0;
  const results = paths.map((path): ReadResult => {
    const missing = Buffer.from(`${tree}:${path} missing\n`);
    if (output.subarray(at, at + missing.length).equals(missing)) {
      at += missing.length;
      const submodule = submoduleAround(tree, path, cwd);
      if (submodule !== undefined) {
        const detail = `is in the submodule ${submodule}, whose files belong to another repository`;
        return { problem: "not-readable", detail };
      }
      return isNamed(tree, path, cwd)
        ? {
            problem: "not-readable",
            detail: "this clone does not contain it: fetch without a filter",
          }
        : { problem: "not-found" };
    }
    // `<id> blob <bytes>` and the text; for a link that leads nowhere `dangling <bytes>` and what is written in it.
    const start = output.indexOf("\n", at) + 1;
    const head = output.subarray(at, start - 1).toString("utf8");
    const [, kind, digits] = /^(?:[0-9a-f]{40,64} )?(\w+) (\d+)$/.exec(head) ?? [];
    const end = start + Number(digits ?? 0);
    at = digits === undefined ? start : end + 1;
    return toReadResult(kind, output.subarray(start, end));
  });
  return { results };
}

function toReadResult(kind: string | undefined, bytes: Uint8Array): ReadResult {
  const problem = "not-readable";
  if (kind === "tree") return { problem, detail: "is a folder, not a file" };
  if (kind !== "blob")
    return { problem, detail: "is a symbolic link without a target in this revision" };
  if (bytes.length > MAX_SOURCE_BYTES) return { problem, detail: tooLarge(MAX_SOURCE_BYTES) };
  const decoded = decodeText(bytes);
  return "problem" in decoded ? { problem, detail: decoded.problem } : decoded;
}

/** The submodule that the path is or lies in. Its files are not in the tree of the repository. */
function submoduleAround(tree: string, path: string, cwd: string): string | undefined {
  const folders = path.split("/").map((_, index, names) => names.slice(0, index + 1).join("/"));
  const asked = ["ls-tree", "-z", "--full-tree", "--end-of-options", tree, ...folders];
  const answer = runGit(asked, cwd, { maxBytes: MAX_SOURCE_BYTES });
  if (!("output" in answer) || answer.status !== 0) return undefined;
  const entries = answer.output.toString("utf8").split("\0");
  const submodules = entries.filter((entry) => entry.startsWith("160000 "));
  // Git also lists what is beside the path in each of its folders.
  return submodules
    .map((entry) => entry.split("\t")[1] ?? "")
    .find((name) => folders.includes(name));
}

/** A clone with a filter has the names of files without the files. */
function isNamed(tree: string, path: string, cwd: string): boolean {
  const asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${tree}:${path}`];
  const named = runGit(asked, cwd, { maxBytes: MAX_SOURCE_BYTES });
  return "output" in named && named.status === 0 && named.output.length > 0;
}
