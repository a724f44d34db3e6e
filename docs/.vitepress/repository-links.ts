/**
 * Rewrites links that work in the repository but not on the site: to a folder's README.md, and to files that are not
 * pages, which are copied to the site.
 */
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import type { MarkdownRenderer } from "vitepress";

/** Where linked files lie on the site. */
const FOLDER = "repository";

/** What a browser shows by itself; it is told that all else is text. */
const SHOWN_BY_BROWSERS = /\.(html|json|png|svg)$/;

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
  const isPage = target.startsWith("docs/") && target.endsWith(".md");
  if (isPage) return path.replace(/(^|\/)README\.md$/, "$1index.md") + hash;
  if (!existsSync(target)) throw new Error(`${page} links to ${target}, which does not exist`);
  linkedFiles.add(target);
  return `/${FOLDER}/${copyOf(target)}`;
}

/** Puts the files that pages link to beside the pages. */
export function copyLinkedFiles(outputFolder: string): void {
  for (const path of linkedFiles) {
    const copy = join(outputFolder, FOLDER, copyOf(path));
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(path, copy);
  }
}

function copyOf(path: string): string {
  return SHOWN_BY_BROWSERS.test(path) ? path : `${path}.txt`;
}
