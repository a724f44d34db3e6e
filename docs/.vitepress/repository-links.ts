/**
 * Owns links that are right in the repository and would not be on the site: to a folder's README.md, and to files outside
 * of `docs/`, which are put on the site as plain text.
 */
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import type { MarkdownRenderer } from "vitepress";

/** Where linked files lie on the site. */
const FOLDER = "repository";

/** Paths from the root of the repository. */
const linkedFiles = new Set<string>();

/** A step of markdown-it. A link to a file that does not exist is an error. */
export function linkRepositoryFiles(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push("repository-links", ({ tokens, env }) => {
    for (const { children } of tokens) {
      for (const token of children ?? []) {
        const href = token.type === "link_open" ? token.attrGet("href") : null;
        if (href && !/^([a-z]+:|#|\/)/.test(href)) {
          token.attrSet("href", toSiteLink(href, `docs/${env.relativePath ?? ""}`));
        }
      }
    }
  });
}

function toSiteLink(href: string, page: string): string {
  const [path = "", anchor] = href.split("#");
  const hash = anchor === undefined ? "" : `#${anchor}`;
  const target = posix.join(posix.dirname(page), path);
  if (target.startsWith("docs/")) return path.replace(/(^|\/)README\.md$/, "$1index.md") + hash;
  if (!existsSync(target)) throw new Error(`${page} links to ${target}, which does not exist`);
  linkedFiles.add(target);
  return `/${FOLDER}/${target}.txt`;
}

/** Puts the files that pages link to beside the pages. */
export function copyLinkedFiles(outputFolder: string): void {
  for (const path of linkedFiles) {
    const copy = join(outputFolder, FOLDER, `${path}.txt`);
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(path, copy);
  }
}
