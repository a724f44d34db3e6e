/** Files derived from the source: `npm run generate:…` writes them, and a test compares them. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

export interface DerivedFile {
  /** From the root of the repository, with `/` between folders. */
  readonly path: string;
  readonly text: string;
}

function locate(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}

export function writeDerivedFiles(files: readonly DerivedFile[]): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(locate(path)), { recursive: true });
    writeFileSync(locate(path), text);
  }
}

/** The file as it lies in the repository. */
export function readRepositoryFile(path: string): string {
  return readFileSync(locate(path), "utf8");
}
