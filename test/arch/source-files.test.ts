/** Checks the form of source files: the opening sentence, the name and the length. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";

/** Lines after which a file is two files. */
const MAX_LINES = 500;

/** Words that say nothing of what a thing is for. */
const EMPTY_NAMES = /(^|-)(utils?|helpers?|managers?|data|info|misc|common|stuff)(-|\.|$)/;

/** Commands are named after their verbs, whatever these are. */
const COMMAND_FOLDERS = /^src\/cli\/(commands|declarations)\//;

/** Files that git knows or would add, written by hand. */
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  encoding: "utf8",
})
  .split("\n")
  .filter((path) => /^(src|grammar|test|scripts|bench)\/.*\.(ts|mts|mjs)$/.test(path))
  .filter(
    (path) => !path.endsWith(".generated.ts") && !/^test\/corpus\/.*\/out(\/|\.ts$)/.test(path),
  )
  .filter((path) => isThere(path));

function textOf(path: string): string {
  return readFileSync(path, "utf8");
}

/** The first paragraph of the comment that a file begins with, if there is one that begins like a sentence. */
function openingOf(path: string): string | undefined {
  const comment =
    /^(?:#![^\n]*\n)?\/\*\*\s(?:\s*\*\s)?\s*([A-Z`][\s\S]*?)(?:\n \*\n[\s\S]*?)?\s*\*\//;
  return comment.exec(textOf(path))?.[1]?.replaceAll(/\s+\*\s+/g, " ");
}

function isThere(path: string): boolean {
  try {
    return textOf(path) !== "";
  } catch {
    return false;
  }
}

test("there are source files to look at", () => {
  expect(files.length).toBeGreaterThan(100);
});

test("every file but those of tests alone opens with one plain sentence about what it does", () => {
  const without = files.filter(
    (path) => !path.endsWith(".test.ts") && openingOf(path)?.endsWith(".") !== true,
  );
  expect(without).toEqual([]);
});

test("no file opens with a formula that says nothing", () => {
  const formulas = /^(Owns|Contains|Provides|Implements|This (file|module))\b/;
  expect(files.filter((path) => formulas.test(openingOf(path) ?? ""))).toEqual([]);
});

test(`no file has more than ${MAX_LINES} lines`, () => {
  const long = files.filter((path) => textOf(path).split("\n").length - 1 > MAX_LINES);
  expect(long).toEqual([]);
});

test("no file is named for nothing", () => {
  const empty = files.filter(
    (path) => !COMMAND_FOLDERS.test(path) && EMPTY_NAMES.test(basename(path)),
  );
  expect(empty).toEqual([]);
});

test("nothing is left for later, and no test is left out", () => {
  const postponed = new RegExp(["TO" + "DO", "FIX" + "ME", "X{3}", "for" + " now"].join("|"));
  const silenced = /\b(test|it|describe)\.(only|skip|todo)\b|@ts-(ignore|nocheck)|as unknown as/;
  const found = files.filter((path) => {
    if (path === "test/arch/source-files.test.ts") return false;
    const text = textOf(path);
    return postponed.test(text) || silenced.test(text);
  });
  expect(found).toEqual([]);
});

test("no test depends on the clock: work is counted, and only a hang meets the one timeout of vitest.config.ts", () => {
  const clocks = /\bperformance\.now\(|\bDate\.now\(|\bhrtime\b|\btimeout:|\bsetTimeout\(/;
  const timed = files.filter((path) => path.endsWith(".test.ts") && clocks.test(textOf(path)));
  expect(timed.filter((path) => path !== "test/arch/source-files.test.ts")).toEqual([]);
});
