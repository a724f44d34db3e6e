/** Tests the page of a picture as text; page.long.test.ts opens it in a browser. */
import { expect, test } from "vitest";
import { readRepositoryFile } from "../../../../scripts/derived-file.ts";
import { derivePageScripts } from "../../../../scripts/page/derive-page-scripts.ts";
import { pageOf } from "./v4-page.ts";

test("the script in the repository is what src/page makes", async () => {
  for (const { path, text } of await derivePageScripts()) {
    expect(readRepositoryFile(path) === text, `npm run generate:page is due for ${path}`).toBe(
      true,
    );
  }
});

test("the page shows the picture before its script runs, and forbids itself the network", () => {
  const page = pageOf();
  expect(page.slice(0, page.indexOf("<script"))).toContain('data-path="a"');
  expect(page).toContain("default-src 'none'");
});
