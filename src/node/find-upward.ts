/** Searches a folder and its parents for a file or folder by name. */
import { lstatSync } from "node:fs";
import { dirname, join } from "node:path";

/** The nearest folder, from `start` (absolute) upwards, that holds `name`; nothing where none does. */
export function findUpward(name: string, start: string): string | undefined {
  for (let at = start; ; at = dirname(at)) {
    if (isThere(join(at, name))) return at;
    if (dirname(at) === at) return undefined;
  }
}

/** Also for a link that leads nowhere: a file that cannot be read is not one that was never written. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}
