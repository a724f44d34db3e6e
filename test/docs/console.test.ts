/**
 * Tests that README, the page of costs and the cookbook show real output. The commands in ```console blocks are run
 * page by page, in a folder with the files that the page shows; `npm run test:update` writes their output, the test
 * compares it.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createFolder, runIn } from "../cli/support/run-in-folder.ts";

const COOKBOOK = readdirSync("docs/cookbook").map((name) => `docs/cookbook/${name}`);
const PAGES = ["README.md", "docs/cost.md", ...COOKBOOK];

/** A fenced block: what follows the fence, and what is in it. */
const BLOCK = /^```(\w+)([^\n]*)\n(.*?)^```$/gms;

async function outputOf(folder: string, block: string): Promise<string> {
  const commands = block.split("\n").filter((line) => line.startsWith("$ inceptc "));
  const parts: string[] = [];
  for (const command of commands) {
    const args = command.slice("$ inceptc ".length).split(" ");
    const { stdout, stderr } = await runIn(folder, args);
    parts.push(`${command}\n${stderr}${stdout}`);
  }
  return parts.join("");
}

test.each(PAGES)("every command in %s prints what the page says", async (path) => {
  const page = readFileSync(path, "utf8");
  const blocks = [...page.matchAll(BLOCK)];
  const files = blocks.flatMap(([, language, fence = "", text = ""]) => {
    const name = /\bfile=(\S+)/.exec(fence)?.[1];
    return language === "incept" && name ? [[name, text] as const] : [];
  });
  const folder = createFolder(Object.fromEntries(files));
  let updated = page;
  for (const [whole, language, , text = ""] of blocks) {
    if (language !== "console") continue;
    const real = await outputOf(folder, text);
    if (process.env.UPDATE) updated = updated.replace(whole, () => `\`\`\`console\n${real}\`\`\``);
    else expect(text).toBe(real);
  }
  if (updated !== page) writeFileSync(path, updated);
});

test("there are commands to run", () => {
  const pages = PAGES.filter((path) => path !== "docs/cookbook/README.md");
  const without = pages.filter((path) => !readFileSync(path, "utf8").includes("\n$ inceptc "));
  expect(without).toEqual([]);
});
