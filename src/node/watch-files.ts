/** Waits until one of a set of files changes, appears or disappears. */
import { existsSync, type FSWatcher, statSync, watch } from "node:fs";
import { basename, dirname } from "node:path";

/** An editor writes a file in several steps; changes this close together count as one. In milliseconds. */
const BURST_MS = 50;

/** What a file was like, so that a later look tells whether it changed; also that it was not there. */
export type FileMark = string;

/** Marks the file at `path`. Never throws. */
export function markFile(path: string): FileMark {
  try {
    const { ino, size, mtimeNs } = statSync(path, { bigint: true });
    return `${ino} ${size} ${mtimeNs}`;
  } catch {
    return "absent";
  }
}

/**
 * Resolves to the first file (by absolute path) that is or becomes other than it is marked, or to nothing once `stop`
 * is aborted. Folders are watched rather than files, since editors replace files by renaming. Rejects where the system
 * refuses to watch.
 */
export function waitForChange(
  marks: ReadonlyMap<string, FileMark>,
  stop: AbortSignal,
): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const watchers = new Map<string, FSWatcher>();
    let burst: NodeJS.Timeout | undefined;
    const close = (): void => {
      for (const watcher of watchers.values()) watcher.close();
      clearTimeout(burst);
      stop.removeEventListener("abort", interrupted);
    };
    const end = (path: string | undefined): void => {
      close();
      resolve(path);
    };
    const interrupted = (): void => end(undefined);
    const look = (): void => {
      const changed = [...marks].find(([path, mark]) => markFile(path) !== mark)?.[0];
      if (changed !== undefined) burst ??= setTimeout(() => end(changed), BURST_MS);
      else follow();
    };
    /** Watches the folders that are there now: one may have been made on the way to a file. */
    const follow = (): void => {
      const folders = foldersAround([...marks.keys()]);
      const added = [...folders].filter((folder) => !watchers.has(folder));
      for (const [folder, watcher] of watchers) {
        if (folders.has(folder)) continue;
        watcher.close();
        watchers.delete(folder);
      }
      try {
        for (const folder of added) {
          watchers.set(folder, watch(folder, look).on("error", look));
        }
      } catch (error) {
        // The folder may have gone since it was looked for.
        if (added.every((folder) => existsSync(folder))) {
          close();
          reject(error);
        } else {
          look();
        }
        return;
      }
      // What changed before the watchers began.
      if (added.length > 0) look();
    };
    stop.addEventListener("abort", interrupted);
    if (stop.aborted) return interrupted();
    follow();
  });
}

/** The folders of the paths; for one that is not there, the nearest folder around it. */
function foldersAround(paths: readonly string[]): ReadonlySet<string> {
  return new Set(
    paths.map((path) => {
      let folder = dirname(path);
      while (!existsSync(folder) && basename(folder) !== "") folder = dirname(folder);
      return folder;
    }),
  );
}
