/** Tests commands on files that are missing, unreadable, hostile or in the wrong place. */
import { execFileSync } from "node:child_process";
import { mkdirSync, realpathSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { asUnprivileged } from "./support/as-unprivileged.ts";
import { createFolder, runIn, TINY } from "./support/run-in-folder.ts";

const importing = (path: string): string =>
  `import { Part } from ${JSON.stringify(path)}\nnetwork N {\n  input 8x8x3\n  Part\n}\n`;

const PART = "module Part {\n  conv 3x3 8\n}\n";

describe("the file that is named", () => {
  test.each([
    [
      "a name near another",
      "tyny.incept",
      "tyny.incept does not exist",
      "did you mean tiny.incept?",
    ],
    ["a folder that is missing", "nets/a.incept", "there is no folder nets", ""],
    ["a folder", "sub", "sub is a folder, not a file", "name a file in it: sub/inner.incept"],
    ["a file as a folder", "tiny.incept/x", "does not exist", ""],
    ["a name with a zero byte", "a\0b.incept", "has a zero byte in its name", ""],
    ["a name that is too long", `${"a".repeat(300)}.incept`, "longer than the file system", ""],
    ["a link to itself", "loop.incept", "symbolic link that leads back to itself", ""],
    ["no text but zero bytes", "zero.incept", "is a binary file, not text: byte 1 is zero", ""],
    ["UTF-16", "utf16.incept", "is UTF-16, not UTF-8", ""],
    ["bytes that are not UTF-8", "latin.incept", "byte 0xe9 at offset 4 (line 1)", ""],
  ])("is %s: exit code 3", async (_, name, problem, help) => {
    const folder = createFolder({
      "tiny.incept": TINY,
      "sub/inner.incept": TINY,
      "zero.incept": new Uint8Array([0x61, 0x00]),
      "utf16.incept": new Uint8Array([0xff, 0xfe, 0x61, 0x00]),
      "latin.incept": new Uint8Array([0x2f, 0x2f, 0x20, 0x63, 0xe9, 0x0a]),
    });
    symlinkSync("loop.incept", join(folder, "loop.incept"));
    const { exitCode, stdout, stderr } = await runIn(folder, ["check", name]);
    expect([exitCode, stdout]).toEqual([3, ""]);
    expect(stderr).toContain(problem);
    expect(stderr).toContain(help);
    expect(stderr).not.toContain("\0");
  });

  test("may not be read: exit code 3", async () => {
    const folder = createFolder({ "tiny.incept": TINY });
    await runIn(folder, ["check", "tiny.incept"]);
    const { exitCode, stderr } = await asUnprivileged(folder, ["tiny.incept!"], () =>
      runIn(folder, ["check", "tiny.incept"]),
    );
    expect(exitCode).toBe(3);
    expect(stderr).toContain("permission denied");
  });

  test("is larger than what is read: exit code 3, in a moment", async () => {
    const folder = createFolder({ "big.incept": new Uint8Array(16 * 1024 * 1024 + 1).fill(0x20) });
    const { exitCode, stderr } = await runIn(folder, ["check", "big.incept"]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain("is larger than 16,777,216 bytes");
  });

  test("begins with a byte order mark or ends lines with CR LF, and is read all the same", async () => {
    const folder = createFolder({ "tiny.incept": `\ufeff${TINY.replaceAll("\n", "\r\n")}` });
    const { exitCode } = await runIn(folder, ["check", "tiny.incept"]);
    expect(exitCode).toBe(0);
  });

  test("has an escape sequence in its name, which no terminal obeys", async () => {
    const { exitCode, stderr } = await runIn(createFolder(), ["check", "\u001b[2J.incept"]);
    expect(exitCode).toBe(3);
    expect(stderr).not.toContain("\u001b");
  });
});

describe("an import", () => {
  test("is read from beside the file that names it", async () => {
    const folder = createFolder({
      "nets/a.incept": importing("../m/part.incept"),
      "m/part.incept": PART,
    });
    mkdirSync(join(folder, ".git"));
    const { exitCode, stderr } = await runIn(folder, ["check", "nets/a.incept"]);
    expect(stderr).toBe("✓ nets/a.incept: N\n");
    expect(exitCode).toBe(0);
  });

  test.each([
    ["upwards", "../outside/part.incept"],
    ["by an absolute path", "/etc/passwd"],
    ["through a symbolic link", "./link.incept"],
    ["through a linked folder", "./linked/part.incept"],
  ])("that leads out of the repository %s is refused and not read", async (_, path) => {
    const folder = createFolder({ "outside/part.incept": PART, "repo/a.incept": importing(path) });
    mkdirSync(join(folder, "repo/.git"));
    symlinkSync("../outside/part.incept", join(folder, "repo/link.incept"));
    symlinkSync("../outside", join(folder, "repo/linked"));
    const { exitCode, stderr } = await runIn(join(folder, "repo"), ["check", "a.incept"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("a.incept:1:");
    expect(stderr).not.toContain("root:");
  });

  test("may come from anywhere in the folder of --root, which may be wider than the file's own", async () => {
    const folder = createFolder({
      "outside/part.incept": PART,
      "repo/a.incept": importing("../outside/part.incept"),
    });
    mkdirSync(join(folder, "repo/.git"));
    const wide = await runIn(join(folder, "repo"), ["check", "a.incept", "--root", ".."]);
    expect(wide.exitCode).toBe(0);
    const narrow = await runIn(folder, ["check", "repo/a.incept", "--root", "outside"]);
    expect(narrow.exitCode).toBe(3);
    expect(narrow.stderr).toContain("repo/a.incept is outside the folder of --root, outside");
  });

  test.each(["missing", "a.incept", "a\0b"])(
    "--root %s is no folder: exit code 2",
    async (root) => {
      const folder = createFolder({ "a.incept": TINY });
      const { exitCode, stderr } = await runIn(folder, ["check", "a.incept", "--root", root]);
      expect(exitCode).toBe(2);
      expect(stderr).toContain("is not a folder");
    },
  );

  test("that is missing, a folder, or not text is a finding at the import", async () => {
    for (const path of ["./missing.incept", "./m", "./zero.incept", "./a\0b.incept"]) {
      const folder = createFolder({
        "a.incept": importing(path),
        "m/part.incept": PART,
        "zero.incept": new Uint8Array([0x61, 0x00]),
      });
      const { exitCode, stderr } = await runIn(folder, ["check", "a.incept"]);
      expect(exitCode, path).toBe(1);
      expect(stderr, path).toContain("a.incept:1:");
    }
  });

  test("that is a pipe nobody writes to is refused rather than waited for", async () => {
    const folder = createFolder({ "a.incept": importing("./pipe.incept") });
    execFileSync("mkfifo", [join(folder, "pipe.incept")]);
    const { exitCode, stderr } = await runIn(folder, ["check", "a.incept"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("is not a regular file");
  });

  test("of one file by two paths is one file", async () => {
    const folder = createFolder({ "part.incept": PART, "a.incept": importing("./again.incept") });
    symlinkSync("part.incept", join(folder, "again.incept"));
    const { exitCode } = await runIn(folder, ["check", "a.incept", "part.incept"]);
    expect(exitCode).toBe(0);
  });
});

test("a folder that is itself a link is a folder like any other", async () => {
  const folder = createFolder({ "real/tiny.incept": TINY });
  symlinkSync("real", join(folder, "alias"));
  const { exitCode } = await runIn(join(realpathSync(folder), "alias"), ["check", "tiny.incept"]);
  expect(exitCode).toBe(0);
});
