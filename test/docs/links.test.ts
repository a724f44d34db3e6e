/** Tests that pages can be reached from the first page of their folder, and that the source files they name exist. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

/** A folder whose first page is its table of contents. */
const FOLDERS = ["docs/cookbook", "docs/decisions", "docs/language", "docs/ops"];

const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md") && !/^(api|\.vitepress)\//.test(path))
    .map((path) => join("docs", path)),
];

/** Targets of links to files, without anchors. */
function linksIn(page: string): readonly string[] {
  const text = readFileSync(page, "utf8").replaceAll(/^```.*?^```$/gms, "");
  return [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

describe.each(FOLDERS)("the first page of %s", (folder) => {
  it("links to every other", () => {
    const links = linksIn(join(folder, "README.md"));
    const others = readdirSync(folder).filter((name) => name !== "README.md");
    expect(others.filter((name) => !links.includes(name))).toEqual([]);
  });
});

describe("links", () => {
  it.each(PAGES)("of %s lead to files of the repository", (page) => {
    const dead = linksIn(page).filter((target) => !existsSync(join(dirname(page), target)));
    expect(dead).toEqual([]);
  });
});

describe("adding an operator", () => {
  const page = readFileSync("docs/dev/adding-an-op.md", "utf8");
  const rows = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, path = ""]) => path);

  it("takes at most six files", () => {
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.length).toBeLessThanOrEqual(6);
  });

  it("names files that exist, and that every operator of the kind is in", () => {
    for (const row of rows) {
      const text = readFileSync(row.replace("<name>", "upsample"), "utf8");
      expect(text, row).toContain("upsample");
    }
    const mentioned = [...page.matchAll(/`((?:src|test|grammar)\/[^`<]+)`/g)];
    for (const [, path = ""] of mentioned) expect(existsSync(path), path).toBe(true);
  });
});

describe.each(["adding-a-diagnostic", "adding-a-lint", "adding-a-target"])("%s", (name) => {
  it("names files of the repository", () => {
    const page = readFileSync(`docs/dev/${name}.md`, "utf8");
    const mentioned = [...page.matchAll(/`((?:src|test|docs|grammar)\/[^`<\s]+)`/g)];
    expect(mentioned.length).toBeGreaterThan(0);
    for (const [, path = ""] of mentioned) expect(existsSync(path), path).toBe(true);
  });
});
