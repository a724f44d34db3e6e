/** Owns waiting for files to change; what happens then is the caller's business. */
import { existsSync, type FSWatcher, statSync, watch } from "node:fs";
import { basename, dirname } from "node:path";

/** An editor writes a file in several steps; changes this close together count as one. In milliseconds. */
const BURST_MS = 50;

/**
 * Resolves to the first of `paths` (absolute) that changes, appears or vanishes after `since` (milliseconds since 1970),
 * or to nothing once `stop` is aborted. Folders are watched rather than files, since editors replace files by renaming.
 */
export function waitForChange(
  paths: readonly string[],
  since: number,
  stop: AbortSignal,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const watchers: FSWatcher[] = [];
    let burst: NodeJS.Timeout | undefined;
    const end = (path: string | undefined): void => {
      for (const watcher of watchers) watcher.close();
      clearTimeout(burst);
      stop.removeEventListener("abort", interrupted);
      resolve(path);
    };
    const interrupted = (): void => end(undefined);
    const changed = (path: string): void => {
      burst ??= setTimeout(() => end(path), BURST_MS);
    };
    stop.addEventListener("abort", interrupted);
    if (stop.aborted) return interrupted();
    for (const [folder, inFolder] of byFolder(paths)) {
      watchers.push(
        watch(folder, (_, name) => {
          const path = inFolder.find((one) => name === null || basename(one) === name);
          if (path !== undefined) changed(path);
        }),
      );
    }
    const missed = paths.find((path) => changeTime(path) > since);
    if (missed !== undefined) changed(missed);
  });
}

/** The paths by the folder to watch for each; a folder that is not there is waited for in the one around it. */
function byFolder(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, string[]>();
  for (const path of paths) {
    let entry = path;
    while (!existsSync(dirname(entry)) && dirname(entry) !== entry) entry = dirname(entry);
    const folder = dirname(entry);
    folders.set(folder, [...(folders.get(folder) ?? []), entry]);
  }
  return folders;
}

function changeTime(path: string): number {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}
