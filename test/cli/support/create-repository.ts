/** Creates git repositories for tests with the same commit ids every time, independent of the machine's settings. */
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createFolder } from "./run-in-folder.ts";

/** Texts by path; `null` is a file that goes. */
export type Files = Readonly<Record<string, string | Uint8Array | null>>;

export interface Repository {
  readonly folder: string;
  readonly git: (...args: readonly string[]) => string;
  /** Writes the files, commits all there is, and gives the commit's id. */
  readonly commit: (files: Files) => string;
}

const WHO = { NAME: "t", EMAIL: "t@example.org", DATE: "2026-01-01T00:00:00Z" };

/** Of whoever runs the tests, nothing counts. */
const ENVIRONMENT = {
  ...Object.fromEntries(Object.entries(WHO).map(([key, value]) => [`GIT_AUTHOR_${key}`, value])),
  ...Object.fromEntries(Object.entries(WHO).map(([key, value]) => [`GIT_COMMITTER_${key}`, value])),
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
};

/** A repository on the branch `main` with one commit; it vanishes when the test ends. */
export function createRepository(files: Files): Repository {
  const folder = createFolder();
  const git = (...args: readonly string[]): string =>
    execFileSync("git", args, {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, ...ENVIRONMENT },
    }).trim();
  const commit = (changed: Files): string => {
    for (const [name, content] of Object.entries(changed)) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      if (content === null) rmSync(path);
      else writeFileSync(path, content);
    }
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message", "change");
    return git("rev-parse", "HEAD");
  };
  git("init", "--quiet", "--initial-branch", "main");
  commit(files);
  return { folder, git, commit };
}
