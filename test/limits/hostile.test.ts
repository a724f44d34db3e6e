/** Tests that hostile input is answered with a message, in little memory and counted work, and that nothing is written. */
import { execFileSync } from "node:child_process";
import { readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DEFAULT_LIMITS, limitsWith } from "../../src/compiler/core/limits.ts";
import { createFolder, runIn, TINY } from "../cli/support/run-in-folder.ts";
import { countInferences, countSyntaxNodes } from "../support/count-work.ts";
import { parseText } from "../support/parse-text.ts";
import { expectCommandsEnd, expectFinding, limitOptions } from "./expect-answer.ts";
import { HOSTILE_CASES, type HostileCase } from "./hostile-cases.ts";
import { runProcess } from "./run-process.ts";

function hostileCase(name: string): HostileCase {
  const found = HOSTILE_CASES[name];
  if (!found) throw new Error(`there is no case ${name}`);
  return found;
}

/** How often a layer's shape may be inferred: in its network, in variants of it, and in search of an edit to blame. */
const MAX_INFERENCES_PER_LAYER = 10;

describe.each(Object.entries(HOSTILE_CASES))("%s", (_, hostile) => {
  test("is checked with a short answer, in work that the limits bound", async () => {
    const limits = limitsWith(hostile.sooner);
    const folder = createFolder(hostile.files(limits));
    const inferences = countInferences();
    const args = ["check", "main.incept", ...limitOptions(hostile.sooner)];
    expectFinding(await runIn(folder, args), hostile);
    expect(inferences()).toBeLessThanOrEqual(MAX_INFERENCES_PER_LAYER * limits.layers);
  });
});

test.each(["comments under comments", "30,000 mistakes", "10,000 branches"])(
  "%s: the syntax tree has fewer nodes than the text has characters",
  (name) => {
    const { "main.incept": text = "" } = hostileCase(name).files(DEFAULT_LIMITS);
    const nodes = countSyntaxNodes(parseText(text).value);
    expect(nodes).toBeGreaterThan(0);
    expect(nodes).toBeLessThan(text.length);
  },
);

/** One that each phase refuses; hostile.long.test.ts has them all. */
describe.each([
  "10 MB of brackets",
  "blocks 100,000 deep",
  "a name of 400,000 letters",
  "a billion layers",
  "a size past what is exact",
])("%s", (name) => {
  test("ends every other command too, and leaves no file", async () => {
    await expectCommandsEnd(hostileCase(name));
  });
});

/** What only a process shows: the engine's whole stack and heap, and how it exits. */
test.each(["10 MB of brackets", "blocks 100,000 deep", "modules that double, all equal"])(
  "%s: a process ends by itself",
  async (name) => {
    const hostile = hostileCase(name);
    const folder = createFolder(hostile.files(DEFAULT_LIMITS));
    expectFinding(await runProcess(folder, ["check", "main.incept"]), hostile);
  },
);

describe("a file that is no text", () => {
  const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
    Buffer.concat(parts.map((part) => Buffer.from(part)));

  test.each([
    ["a zero byte", bytes("network ", [0]), "is a binary file, not text: byte 8 is zero"],
    ["a lone surrogate", bytes("a\n", [0xed, 0xa0, 0x80]), "is not UTF-8: byte 0xed at offset 2"],
    ["a byte that begins nothing", bytes([0xff]), "is not UTF-8: byte 0xff at offset 0"],
    ["UTF-16", bytes([0xff, 0xfe, 0x61, 0]), "is UTF-16, not UTF-8: save it as UTF-8"],
    ["17 MiB", Buffer.alloc(17 * 1024 * 1024, " "), "is larger than 16,777,216 bytes"],
  ])("%s: exit code 3", async (_, content, says) => {
    const folder = createFolder({ "main.incept": content, "other.incept": TINY });
    for (const args of [
      ["check", "main.incept"],
      ["fmt", "main.incept"],
      ["diff", "other.incept", "main.incept"],
    ]) {
      const { exitCode, stdout, stderr } = await runIn(folder, args);
      expect([exitCode, stdout]).toEqual([3, ""]);
      expect(stderr).toContain(`main.incept ${says}`);
    }
  });
});

describe.skipIf(process.platform === "win32")("a path that is no file", () => {
  const IMPORT = `import { A } from "./imported.incept"\nnetwork N { input 8x8x3 A }\n`;

  test.each([
    [
      "a link to itself",
      (path: string) => symlinkSync(path, path),
      "is a symbolic link that leads",
    ],
    ["a device without end", (path: string) => symlinkSync("/dev/zero", path), "is larger than"],
    ["a folder", (path: string) => symlinkSync(".", path), "is a folder, not a file"],
  ])("%s: exit code 3", async (_, create, says) => {
    const folder = createFolder();
    create(join(folder, "main.incept"));
    const { exitCode, stderr } = await runIn(folder, ["check", "main.incept"]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain(`main.incept ${says}`);
  });

  test.each([
    [
      "a link to itself",
      (path: string) => symlinkSync(path, path),
      "it is a symbolic link that leads",
    ],
    ["a device without end", (path: string) => symlinkSync("/dev/zero", path), "is outside the"],
    ["a folder", (path: string) => symlinkSync(".", path), "it is a folder"],
    ["a pipe", (path: string) => execFileSync("mkfifo", [path]), "it is not a regular file"],
  ])("%s that is imported: exit code 1", async (_, create, says) => {
    const folder = createFolder({ "main.incept": IMPORT });
    create(join(folder, "imported.incept"));
    const { exitCode, stderr } = await runIn(folder, ["check", "main.incept"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("`./imported.incept`");
    expect(stderr).toContain(says);
  });

  test("a file that imports itself by another name is one file", async () => {
    const folder = createFolder({ "main.incept": IMPORT.replace("A }", "N }") });
    symlinkSync("main.incept", join(folder, "imported.incept"));
    const { stderr } = await runIn(folder, ["check", "main.incept"]);
    expect(stderr).toContain("there is no module called `A` here");
  });
});

describe("a configuration file", () => {
  test.each([
    ["10 MB of brackets", "[".repeat(10_000_000), 2, "is not JSON"],
    [
      "100,000 objects in each other",
      `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`,
      2,
      "an unknown key `a`",
    ],
    ["names of JavaScript", '{"__proto__":{"set":{"x":1}},"constructor":1}', 2, "an unknown key"],
    ["a limit past the stack", '{"limit":{"nesting":100000}}', 2, "takes a whole number from 1 to"],
    ["a zero byte", "{\0}", 3, "is a binary file"],
  ])("of %s is refused", async (_, content, code, says) => {
    const folder = createFolder({ "inceptc.config.json": content, "main.incept": TINY });
    const { exitCode, stderr } = await runIn(folder, ["check", "main.incept"]);
    expect(exitCode).toBe(code);
    expect(stderr).toContain(says);
    expect(stderr.length).toBeLessThan(2000);
  });
});

describe("a git revision", () => {
  test.each([
    ["an option with a value", "--output=stolen:main.incept"],
    ["a short option", "-h:main.incept"],
    ["an end of options", "HEAD -- x:main.incept"],
    ["a line break", "HEAD\n:main.incept"],
    ["a search for a message", "HEAD^{/.*}:main.incept"],
    ["an upstream that does not exist", "HEAD@{upstream}:main.incept"],
    ["a search in the index", ":/fix:main.incept"],
    ["a path out of the repository", "HEAD:../../etc/passwd"],
    ["a path with a line break", "HEAD:main.incept\n"],
    ["ten thousand parents", `${"HEAD^".repeat(10_000)}:main.incept`],
    ["a command of the shell", "$(touch stolen):main.incept"],
  ])("%s is no way in", async (_, side) => {
    const folder = createFolder({ "main.incept": TINY });
    execFileSync("git", ["init", "-q"], { cwd: folder });
    const before = readdirSync(folder);
    const { exitCode, stdout, stderr } = await runIn(folder, ["diff", "--", side, "main.incept"]);
    expect([exitCode, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(/^inceptc: /);
    expect(stderr.length).toBeLessThan(2000);
    expect(readdirSync(folder)).toEqual(before);
  });
});
