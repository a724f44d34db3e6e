/** Builds the entries of the menus: links to existing pages, and lists of the pages in a folder. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SOURCE = "docs";

/** An entry of a menu as VitePress takes it. */
export interface PageLink {
  readonly text: string;
  readonly link: string;
}

/**
 * The entry for a page: `cost`, or `ops/README` for the first page of a folder. Fails where there is no such page, since
 * VitePress looks for dead links in pages only.
 */
export function linkPage(page: string, text: string): PageLink {
  const path = fileOf(page);
  if (!existsSync(path)) throw new Error(`a menu leads to ${path}, which does not exist`);
  return { text, link: `/${page.replace(/README$/, "")}` };
}

/**
 * Entries for the pages of a folder and those below it, but its README, by the titles that the pages give themselves. Those
 * that README links to come first and in its order, which is that of its last links: a table of contents stands below prose.
 */
export function listPages(folder: string): PageLink[] {
  const readme = fileOf(`${folder}/README`);
  const contents = existsSync(readme) ? readFileSync(readme, "utf8") : "";
  const rank = (path: string): number => {
    const place = contents.lastIndexOf(`](${path})`);
    return place < 0 ? contents.length : place;
  };
  return readdirSync(join(SOURCE, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md") && path !== "README.md")
    .sort()
    .sort((a, b) => rank(a) - rank(b))
    .map((path) => {
      const page = `${folder}/${path.replace(/\.md$/, "")}`;
      return linkPage(page, readTitle(page));
    });
}

/** The first heading of a page, without its marks. */
function readTitle(page: string): string {
  const title = /^# (.+)$/m.exec(readFileSync(fileOf(page), "utf8"))?.[1];
  if (title === undefined) throw new Error(`${fileOf(page)} has no heading`);
  return title.replaceAll(/[`\\]/g, "");
}

function fileOf(page: string): string {
  return join(SOURCE, `${page}.md`);
}
