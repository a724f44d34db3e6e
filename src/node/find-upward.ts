/** Searches a folder and its parents for a file or folder by name. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The nearest folder, from `start` (absolute) upwards, that holds `name`; nothing where none does. */
export function findUpward(name: string, start: string): string | undefined {
  for (let at = start; ; at = dirname(at)) {
    if (existsSync(join(at, name))) return at;
    if (dirname(at) === at) return undefined;
  }
}
