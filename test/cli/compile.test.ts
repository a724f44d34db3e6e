/** Tests the files, output and exit codes of `inceptc compile`, but not the code it generates. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { asUnprivileged } from "./support/as-unprivileged.ts";
import { BROKEN, createFolder, runIn, TINY } from "./support/run-in-folder.ts";

const TWO = `${TINY}variant Wide of Tiny {\n  width 2\n}\n`;

const listAll = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();

describe("writing", () => {
  test("makes one file for each network and variant, and prints the paths", async () => {
    const folder = createFolder({ "two.incept": TWO });
    const { exitCode, stdout, stderr } = await runIn(folder, [
      "compile",
      "two.incept",
      "-o",
      "gen",
    ]);
    expect([exitCode, stdout, stderr]).toEqual([0, "gen/tiny.ts\ngen/wide.ts\n", ""]);
    expect(listAll(join(folder, "gen"))).toEqual(["tiny.ts", "wide.ts"]);
    expect(readFileSync(join(folder, "gen/tiny.ts"), "utf8")).toContain("@tensorflow/tfjs");
  });

  test("goes to the current folder where no folder is named", async () => {
    const folder = createFolder({ "tiny.incept": TINY });
    const { stdout } = await runIn(folder, ["compile", "tiny.incept"]);
    expect(stdout).toBe("tiny.ts\n");
    expect(listAll(folder)).toEqual(["tiny.incept", "tiny.ts"]);
  });

  test("leaves a file alone that is as it would be written", async () => {
    const folder = createFolder({ "tiny.incept": TINY });
    await runIn(folder, ["compile", "tiny.incept"]);
    const before = statSync(join(folder, "tiny.ts"));
    await runIn(folder, ["compile", "tiny.incept"]);
    const after = statSync(join(folder, "tiny.ts"));
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  });

  test("imports TensorFlow.js from the module of --tf", async () => {
    const folder = createFolder({ "tiny.incept": TINY });
    const args = ["compile", "tiny.incept", "-o", "-", "--tf", "@tensorflow/tfjs-layers"];
    const { stdout } = await runIn(folder, args);
    expect(stdout).toContain('"@tensorflow/tfjs-layers"');
  });

  test("writes nothing where the specification has an error", async () => {
    const folder = createFolder({ "net.incept": `${TINY}${BROKEN}` });
    const { exitCode, stdout } = await runIn(folder, ["compile", "net.incept", "-o", "gen"]);
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(listAll(folder)).toEqual(["net.incept"]);
  });
});

describe("standard output", () => {
  test("receives one network, the first, and the others are named", async () => {
    const folder = createFolder({ "two.incept": TWO });
    const { exitCode, stdout, stderr } = await runIn(folder, ["compile", "two.incept", "-o", "-"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Tiny");
    expect(stderr).toContain("two.incept:Name: Wide");
    expect(listAll(folder)).toEqual(["two.incept"]);
  });

  test("receives JSON for target ir", async () => {
    const folder = createFolder({ "tiny.incept": TINY });
    const { stdout } = await runIn(folder, ["compile", "tiny.incept", "--target", "ir"]);
    expect(JSON.parse(stdout)).toMatchObject({ formatVersion: 1 });
  });
});

describe("without writing", () => {
  test("--list-files prints the paths", async () => {
    const folder = createFolder({ "two.incept": TWO });
    const args = ["compile", "two.incept", "-o", "gen", "--list-files"];
    const { exitCode, stdout } = await runIn(folder, args);
    expect([exitCode, stdout]).toEqual([0, "gen/tiny.ts\ngen/wide.ts\n"]);
    expect(listAll(folder)).toEqual(["two.incept"]);
  });

  test("--dry-run says what would become of each file", async () => {
    const folder = createFolder({ "two.incept": TWO });
    await runIn(folder, ["compile", "two.incept:Tiny", "-o", "gen"]);
    const args = ["compile", "two.incept", "-o", "gen", "--dry-run"];
    const some = await runIn(folder, args);
    expect(some.stdout).toBe("unchanged gen/tiny.ts\nnew       gen/wide.ts\n");
    writeFileSync(join(folder, "gen/tiny.ts"), "something else");
    const other = await runIn(folder, args);
    expect(other.stdout).toBe("changed   gen/tiny.ts\nnew       gen/wide.ts\n");
    expect(listAll(join(folder, "gen"))).toEqual(["tiny.ts"]);
  });

  test("--check exits 1 and names what is missing or stale, and 0 once it is written", async () => {
    const folder = createFolder({ "two.incept": TWO });
    const check = ["compile", "two.incept", "-o", "gen", "--check"];
    await runIn(folder, ["compile", "two.incept:Tiny", "-o", "gen"]);
    const stale = await runIn(folder, check);
    expect([stale.exitCode, stale.stdout]).toEqual([1, "gen/wide.ts\n"]);
    expect(stale.stderr).toContain("1 of 2 generated files missing or out of date");
    await runIn(folder, ["compile", "two.incept", "-o", "gen"]);
    const fresh = await runIn(folder, check);
    expect([fresh.exitCode, fresh.stdout, fresh.stderr]).toEqual([0, "", ""]);
  });

  test.each([
    ["--dry-run", "--check"],
    ["--list-files", "--dry-run"],
    ["--watch", "--check"],
    ["--out", "-", "--check"],
  ])("%s %s cannot be combined", async (...options) => {
    const folder = createFolder({ "tiny.incept": TINY });
    const { exitCode } = await runIn(folder, ["compile", "tiny.incept", ...options]);
    expect(exitCode).toBe(2);
    expect(listAll(folder)).toEqual(["tiny.incept"]);
  });
});

describe("an output that cannot be written", () => {
  test("because --out is a file: exit code 3, and the file is as it was", async () => {
    const folder = createFolder({ "tiny.incept": TINY, gen: "precious" });
    const { exitCode, stdout, stderr } = await runIn(folder, [
      "compile",
      "tiny.incept",
      "-o",
      "gen",
    ]);
    expect([exitCode, stdout]).toEqual([3, ""]);
    expect(stderr).toContain("gen/tiny.ts would be inside a file, where a folder is needed");
    expect(readFileSync(join(folder, "gen"), "utf8")).toBe("precious");
  });

  test("because a folder has its name: no other file is written either", async () => {
    const folder = createFolder({ "two.incept": TWO });
    mkdirSync(join(folder, "gen/wide.ts"), { recursive: true });
    const { exitCode, stderr } = await runIn(folder, ["compile", "two.incept", "-o", "gen"]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain("gen/wide.ts is a folder");
    expect(listAll(join(folder, "gen"))).toEqual(["wide.ts"]);
  });

  test("because the folder is read-only: exit code 3, permission denied", async () => {
    const folder = createFolder({ "tiny.incept": TINY });
    // Loads what the command needs while everything may still be read.
    await runIn(folder, ["compile", "tiny.incept", "-o", "-"]);
    mkdirSync(join(folder, "gen"));
    const { exitCode, stderr } = await asUnprivileged(folder, ["gen"], () =>
      runIn(folder, ["compile", "tiny.incept", "-o", "gen"]),
    );
    expect(exitCode).toBe(3);
    expect(stderr).toContain("gen/tiny.ts may not be read or written: permission denied");
    expect(listAll(join(folder, "gen"))).toEqual([]);
  });
});
