/** Runs something without the right to change or read what a folder's permissions deny, even when tests run as root. */
import { chmodSync } from "node:fs";
import { join } from "node:path";

/** A user without rights: "nobody" on Linux. */
const NOBODY = 65534;

/**
 * Takes all rights to `denied` (relative to `folder`) away while `action` runs: write for folders, everything for files
 * given with a trailing `!`.
 */
export async function asUnprivileged<T>(
  folder: string,
  denied: readonly string[],
  action: () => Promise<T>,
): Promise<T> {
  chmodSync(folder, 0o755);
  const paths = denied.map((name) => join(folder, name.replace(/!$/, "")));
  denied.forEach((name, index) => {
    chmodSync(paths[index] ?? folder, name.endsWith("!") ? 0o000 : 0o555);
  });
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(NOBODY);
  try {
    return await action();
  } finally {
    if (isRoot) process.seteuid?.(0);
    for (const path of paths) chmodSync(path, 0o755);
  }
}
