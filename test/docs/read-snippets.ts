/** Extracts the ```incept snippets of the project's pages, with the result that each page states. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Snippet {
  /** `docs/language/files.md:12`. */
  readonly place: string;
  readonly text: string;
  /** All that the fence says of the snippet. */
  readonly fence: string;
  /** Codes that the fence announces (`error=shape/concat-mismatch`, several with commas); none: it must be clean. */
  readonly codes: readonly string[];
  /** The path that other snippets of the page import it by (`file=modules/a.incept`). */
  readonly fileName?: string;
}

/** All snippets of one Markdown page, or of those in a folder and below it, page by page. */
export function readSnippets(folder: string): readonly (readonly Snippet[])[] {
  if (folder.endsWith(".md")) return [readPage(folder)];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .sort()
    .map((path) => readPage(join(folder, path)))
    .filter((snippets) => snippets.length > 0);
}

function readPage(path: string): readonly Snippet[] {
  const page = readFileSync(path, "utf8");
  return [...page.matchAll(/^```incept([^\n]*)\n(.*?)^```$/gms)].map((match) => {
    const [, fence = "", text = ""] = match;
    const line = page.slice(0, match.index).split("\n").length;
    const fileName = /\bfile=(\S+)/.exec(fence)?.[1];
    return {
      place: `${path}:${line}`,
      text,
      fence,
      codes: [...fence.matchAll(/\b(?:error|warning)=(\S+)/g)].flatMap(([, codes = ""]) =>
        codes.split(","),
      ),
      ...(fileName === undefined ? {} : { fileName }),
    };
  });
}
