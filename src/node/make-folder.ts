/** Makes a folder and the folders around it. */
import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Throws what `mkdirSync` throws. Node's own `recursive` does not end where a folder exists in which none can be made,
 * such as /proc.
 */
export function makeFolder(path: string): void {
  const missing: string[] = [];
  for (let at = path; !isThere(at) && dirname(at) !== at; at = dirname(at)) missing.push(at);
  for (const folder of missing.reverse()) {
    try {
      mkdirSync(folder);
    } catch (error) {
      // Another process may have made it in the meantime.
      if (!isThere(folder)) throw error;
    }
  }
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
