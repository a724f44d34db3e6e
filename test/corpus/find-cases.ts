/** Finds the cases of the corpus: folders with an `input.incept`. */
import { readdirSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

export interface CorpusCase {
  /** From this folder: `shape/concat-mismatch`. */
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
}

const CORPUS = dirname(fileURLToPath(import.meta.url));

export function findCases(): readonly CorpusCase[] {
  return readdirSync(CORPUS, { recursive: true, encoding: "utf8" })
    .filter((path) => path.split(sep).at(-1) === "input.incept")
    .map((path) => {
      const folder = join(CORPUS, dirname(path));
      return { name: relative(CORPUS, folder).split(sep).join("/"), folder };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
