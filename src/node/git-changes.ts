/** Finds the merge base of two revisions and lists the files in either; reads no file contents. */
import { parseRevision, refuseRevision, runGit } from "./git.ts";

/** A sentence that names what it is about, and perhaps what to do. */
export interface GitProblem {
  readonly problem: string;
  readonly help?: string;
}

/** Ids of commits. */
export interface GitRange {
  /** The merge base: later commits on base are not changes of head. */
  readonly base: string;
  /** The revision that was named as base. */
  readonly tip: string;
  readonly head: string;
}

/** Paths from the root of the repository; a side is `undefined` where the file is not in it. */
export interface FilePair {
  readonly base: string | undefined;
  readonly head: string | undefined;
  /** Whether git has the same object by the same name on both sides. */
  readonly isSame: boolean;
}

const MAX_LIST_BYTES = 256 * 1024 * 1024;

/** The merge base of two revisions. Never throws; never fetches what a shallow clone lacks, but says so. */
export function findMergeBase(base: string, head: string, cwd: string): GitRange | GitProblem {
  for (const revision of [base, head]) {
    const refusal = refuseRevision(revision);
    if (refusal) return { problem: `\`${revision}\` ${refusal.problem}` };
  }
  const shallow = runGit(["rev-parse", "--is-shallow-repository"], cwd, { maxBytes: 1024 });
  if ("problem" in shallow) return { problem: `the repository ${shallow.problem}` };
  if (shallow.status !== 0) return { problem: `git cannot read ${cwd}: ${shallow.complaint}` };
  const isShallow = shallow.output.toString("utf8").trim() === "true";
  const ids: string[] = [];
  for (const revision of [base, head]) {
    const parsed = parseRevision(revision, "commit", cwd);
    if ("problem" in parsed) return { problem: `\`${revision}\` ${parsed.problem}` };
    if (parsed.id === undefined) return missingCommit(revision, isShallow);
    ids.push(parsed.id);
  }
  const [baseId = "", headId = ""] = ids;
  const common = runGit(["merge-base", baseId, headId], cwd, { maxBytes: 1024 });
  if ("problem" in common) return { problem: `the repository ${common.problem}` };
  const id = /^[0-9a-f]{40,64}$/m.exec(common.output.toString("utf8"))?.[0];
  if (id !== undefined) return { base: id, tip: baseId, head: headId };
  return {
    problem: `\`${base}\` and \`${head}\` have no commit in common${isShallow ? " in this clone, which is shallow" : ""}`,
    ...(isShallow ? { help: DEEPEN } : {}),
  };
}

const DEEPEN =
  "fetch the whole history: `fetch-depth: 0` for actions/checkout, `git fetch --unshallow` manually";

function missingCommit(revision: string, isShallow: boolean): GitProblem {
  if (!isShallow) return { problem: `\`${revision}\` is not a commit of this repository` };
  return { problem: `\`${revision}\` is not in this clone, which is shallow`, help: DEEPEN };
}

/**
 * The files of base and head that match the globs, by the path in head, or in base for what head lacks. A glob is git's:
 * `*` stays within a folder, `**` does not; `!` in front of one takes files out. A file that was renamed is one pair.
 */
export function listFilePairs(
  { base, head }: Pick<GitRange, "base" | "head">,
  globs: readonly string[],
  cwd: string,
): readonly FilePair[] | GitProblem {
  const specs = globs.map((glob) =>
    glob.startsWith("!") ? `:(top,glob,exclude)${glob.slice(1)}` : `:(top,glob)${glob}`,
  );
  const empty = runGit(["hash-object", "-t", "tree", "--stdin"], cwd, { maxBytes: 1024 });
  if ("problem" in empty) return { problem: `the repository ${empty.problem}` };
  const nothing = empty.output.toString("utf8").trim();
  const changes = listObjects(base, head, specs, cwd);
  if ("problem" in changes) return changes;
  const there = listObjects(nothing, head, specs, cwd);
  if ("problem" in there) return there;
  const changed = new Set(changes.map((pair) => pair.head));
  const same = there
    .filter((pair) => !changed.has(pair.head))
    .map((pair): FilePair => ({ base: pair.head, head: pair.head, isSame: true }));
  return [...changes, ...same].sort((a, b) => byText(pathOf(a), pathOf(b)));
}

function pathOf({ base, head }: FilePair): string {
  return head ?? base ?? "";
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Modes of entries that are not files: folders and submodules. */
const NOT_A_FILE = /^(0?40000|160000)$/;

function listObjects(
  base: string,
  head: string,
  specs: readonly string[],
  cwd: string,
): readonly FilePair[] | GitProblem {
  const asked = ["diff-tree", "-r", "-z", "--raw", "--no-abbrev", "-M", base, head, "--", ...specs];
  const answer = runGit(asked, cwd, { maxBytes: MAX_LIST_BYTES });
  if ("problem" in answer) return { problem: `the list of files ${answer.problem}` };
  if (answer.status !== 0) return { problem: `git cannot list files: ${answer.complaint}` };
  const fields = answer.output.toString("utf8").split("\0");
  const pairs: FilePair[] = [];
  // `:100644 100755 <id> <id> M`, the path, and for a rename the new path.
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [baseMode = "", headMode = "", , , state = ""] = (fields[at] ?? "").slice(1).split(" ");
    const former = fields[at + 1];
    if (state.startsWith("R")) at += 1;
    const path = fields[at + 1];
    const isFile = (mode: string): boolean => mode !== "000000" && !NOT_A_FILE.test(mode);
    const pair: FilePair = {
      base: isFile(baseMode) ? former : undefined,
      head: isFile(headMode) ? path : undefined,
      isSame: false,
    };
    if (pair.base !== undefined || pair.head !== undefined) pairs.push(pair);
  }
  return pairs;
}
