/**
 * Runs git without a shell, hooks, prompts or fetches, and refuses revisions that could be read as options.
 *
 * The commands themselves are in git-files.ts and git-changes.ts.
 */
import { spawnSync } from "node:child_process";
import { tooLarge } from "./file-bytes.ts";

export type GitAnswer =
  | {
      readonly status: number | null;
      readonly output: Buffer;
      /** The first line that git wrote to standard error; perhaps empty. */
      readonly complaint: string;
    }
  | { readonly problem: string };

/** Space for git's output around the requested data. */
const FRAME_BYTES = 64 * 1024;

/** Never throws. `maxBytes` limits what git may answer. */
export function runGit(
  args: readonly string[],
  cwd: string,
  { input = "", maxBytes }: { readonly input?: string; readonly maxBytes: number },
): GitAnswer {
  const { status, stdout, stderr, error } = spawnSync("git", ["--no-replace-objects", ...args], {
    cwd,
    input,
    shell: false,
    windowsHide: true,
    maxBuffer: maxBytes + FRAME_BYTES,
    stdio: ["pipe", "pipe", "pipe"],
    env: {
      ...process.env,
      LC_ALL: "C",
      GIT_NO_LAZY_FETCH: "1",
      GIT_OPTIONAL_LOCKS: "0",
      GIT_TERMINAL_PROMPT: "0",
    },
  });
  if (error === undefined) {
    const [complaint = ""] = stderr.toString("utf8").split("\n");
    return { status, output: stdout, complaint };
  }
  const code = "code" in error ? error.code : undefined;
  if (code === "ENOENT") return { problem: "cannot be read: git is not installed" };
  if (code === "ENOBUFS") return { problem: tooLarge(maxBytes) };
  return { problem: `cannot be read: ${error.message}` };
}

/** Why a revision is not passed to git. */
export function refuseRevision(revision: string): { readonly problem: string } | undefined {
  if (revision.startsWith("-")) return { problem: "is not a revision: it begins with a dash" };
  if (hasControlCharacters(revision) || revision.includes(" ")) {
    return { problem: "is not a revision: it has spaces or control characters in it" };
  }
  return undefined;
}

/** The id of what a revision names, a commit or its tree; `undefined` where it names none. */
export function parseRevision(
  revision: string,
  kind: "commit" | "tree",
  cwd: string,
): { readonly id: string | undefined } | { readonly problem: string } {
  const refusal = refuseRevision(revision);
  if (refusal) return refusal;
  const asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{${kind}}`];
  const parsed = runGit(asked, cwd, { maxBytes: 1024 });
  if ("problem" in parsed) return parsed;
  const id = /^[0-9a-f]{40,64}$/m.exec(parsed.output.toString("utf8"))?.[0];
  return { id: parsed.status === 0 ? id : undefined };
}

export function hasControlCharacters(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
