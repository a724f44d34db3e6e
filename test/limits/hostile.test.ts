/** Tests that every command answers hostile input with a message, in little memory, and without writing anything. */
import { execFile, execFileSync } from "node:child_process";
import { readdirSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createFolder, type RunResult, runIn, TINY } from "../cli/support/run-in-folder.ts";
import { REPOSITORY } from "../support/checked-networks.ts";
import { HOSTILE_CASES } from "./hostile-cases.ts";

/** Enough for any text within the limits; what grew with repeats or modules would need more. */
const HEAP_MEGABYTES = 768;

const TSX = createRequire(import.meta.url).resolve("tsx");

/** Runs `inceptc` as a process of its own. */
function runProcess(folder: string, args: readonly string[]): Promise<RunResult> {
  const bin = join(REPOSITORY, "src/cli/bin.ts");
  const node = [`--max-old-space-size=${HEAP_MEGABYTES}`, "--import", TSX, bin];
  return new Promise((resolve) => {
    execFile(process.execPath, [...node, ...args], { cwd: folder }, (error, stdout, stderr) => {
      const { code = 0 } = error ?? {};
      resolve({ exitCode: typeof code === "number" ? code : -1, stdout, stderr });
    });
  });
}

/** A mistake of inceptc's own would be exit code 4, and a stack in the text. */
function expectAnswered({ exitCode, stderr }: RunResult): void {
  expect([0, 1, 2, 3]).toContain(exitCode);
  expect(stderr).not.toMatch(/mistake of inceptc|^ {4}at |heap out of memory/m);
}

describe.each(Object.entries(HOSTILE_CASES))("%s", (_, { files, says }) => {
  test("is checked in a process with little memory", async () => {
    const folder = createFolder(files());
    const result = await runProcess(folder, ["check", "main.incept"]);
    expectAnswered(result);
    if (says === undefined) {
      expect(result.stderr).toMatch(/^✓ main.incept/);
      return;
    }
    // `main.incept:1:2 error CODE MESSAGE`
    const [first = ""] = result.stderr.split("\n");
    expect(first.replace(/^\S+ \w+ /, "").slice(0, says.length)).toBe(says);
    expect(result.exitCode).toBe(says.startsWith("lint/") ? 0 : 1);
    expect(result.stderr.length).toBeLessThan(100_000);
  });

  test("ends every other command too, and leaves no file", async () => {
    const folder = createFolder({ ...files(), "other.incept": TINY });
    const before = readdirSync(folder);
    for (const args of [
      ["report", "main.incept"],
      ["compile", "main.incept", "--out", "out", "--list-files"],
      ["graph", "main.incept"],
      ["fmt", "--check", "main.incept"],
      ["diff", "other.incept", "main.incept", "--stat"],
      ["diff", "main.incept", "main.incept", "--stat"],
    ]) {
      expectAnswered(await runIn(folder, args));
    }
    expect(readdirSync(folder)).toEqual(before);
  });
});

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
    const { exitCode, stderr } = await runProcess(folder, ["check", "main.incept"]);
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
    const { exitCode, stderr } = await runProcess(folder, ["check", "main.incept"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("`./imported.incept`");
    expect(stderr).toContain(says);
  });

  test("a file that imports itself by another name is one file", async () => {
    const folder = createFolder({ "main.incept": IMPORT.replace("A }", "N }") });
    symlinkSync("main.incept", join(folder, "imported.incept"));
    const { stderr } = await runProcess(folder, ["check", "main.incept"]);
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
    const { exitCode, stderr } = await runProcess(folder, ["check", "main.incept"]);
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
