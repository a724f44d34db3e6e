/** Chooses the folder that imports are confined to, and tests whether a path is inside it. */
import { realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { findUpward } from "./find-upward.ts";

/**
 * The folder that imports are confined to when the caller names none: the git repository around `folder`,
 * or `folder` itself. The answer holds no symbolic links.
 */
export function findRootDirectory(folder: string): string {
  const start = realPathOf(folder);
  return findUpward(".git", start) ?? start;
}

/**
 * The path without symbolic links. Where its end does not exist (yet), the links of the part that does are
 * followed and the rest is kept as written. Never throws.
 */
export function realPathOf(path: string): string {
  const missing: string[] = [];
  for (let at = resolve(path); ; at = dirname(at)) {
    try {
      return join(realpathSync(at), ...missing);
    } catch {
      if (dirname(at) === at) return resolve(path);
      missing.unshift(relative(dirname(at), at));
    }
  }
}

/** Whether `path` is `folder` or lies in it; both without symbolic links. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
