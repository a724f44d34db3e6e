/** Finds the folder of the installed package, which holds the specifications and the documentation. */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { findUpward } from "./find-upward.ts";

/** The folder of the installed package: the one around this code that holds its package.json. */
export function packageFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  return findUpward("package.json", here) ?? here;
}
