/**
 * Owns the promise that README shows real output: each ```console block holds commands that are run on the files that the
 * page shows. `npm run test:update` writes what they print; the test compares.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createFolder, runIn } from "../cli/support/run-in-folder.ts";

const README = "README.md";

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

test("every command in README prints what README says", async () => {
  const page = readFileSync(README, "utf8");
  const blocks = [...page.matchAll(BLOCK)];
  const files = blocks.flatMap(([, language, fence = "", text = ""]) => {
    const name = /\bfile=(\S+)/.exec(fence)?.[1];
    return language === "incept" && name ? [[name, text] as const] : [];
  });
  const folder = createFolder(Object.fromEntries(files));
  let updated = page;
  let compared = 0;
  for (const [whole, language, , text = ""] of blocks) {
    if (language !== "console") continue;
    const real = await outputOf(folder, text);
    compared++;
    if (process.env.UPDATE) updated = updated.replace(whole, `\`\`\`console\n${real}\`\`\``);
    else expect(text).toBe(real);
  }
  expect(compared).toBeGreaterThan(0);
  if (updated !== page) writeFileSync(README, updated);
});
