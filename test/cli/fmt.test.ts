/** Tests the output, file changes and exit codes of `inceptc fmt`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createFolder, runIn } from "./support/run-in-folder.ts";

const UGLY = "network N{\ninput 8x8x3 // picture\n\n\nconv 3x3 8 / 2}\n";
const FORMATTED = "network N {\n  input 8x8x3  // picture\n\n  conv 3x3 8 /2 }\n";

describe("fmt", () => {
  test("prints one file, and leaves it as it is", async () => {
    const folder = createFolder({ "a.incept": UGLY });
    expect(await runIn(folder, ["fmt", "a.incept"])).toEqual({
      exitCode: 0,
      stdout: FORMATTED,
      stderr: "",
    });
    expect(readFileSync(join(folder, "a.incept"), "utf8")).toBe(UGLY);
  });

  test("reads standard input", async () => {
    const { stdout, exitCode } = await runIn(createFolder(), ["fmt", "-"], { stdin: UGLY });
    expect([exitCode, stdout]).toEqual([0, FORMATTED]);
  });

  test("--write writes what changes and names it", async () => {
    const folder = createFolder({ "a.incept": UGLY, "b.incept": FORMATTED });
    const { stdout, exitCode } = await runIn(folder, ["fmt", "-w", "a.incept", "b.incept"]);
    expect([exitCode, stdout]).toEqual([0, "a.incept\n"]);
    expect(readFileSync(join(folder, "a.incept"), "utf8")).toBe(FORMATTED);
  });

  test("--check names what would change, exits 1, and writes nothing", async () => {
    const folder = createFolder({ "a.incept": UGLY, "b.incept": FORMATTED });
    const { stdout, exitCode } = await runIn(folder, ["fmt", "--check", "a.incept", "b.incept"]);
    expect([exitCode, stdout]).toEqual([1, "a.incept\n"]);
    expect(readFileSync(join(folder, "a.incept"), "utf8")).toBe(UGLY);
  });

  test("--diff shows the change; with --check it also exits 1", async () => {
    const folder = createFolder({ "a.incept": UGLY });
    const shown = await runIn(folder, ["fmt", "--diff", "a.incept"]);
    expect(shown.exitCode).toBe(0);
    expect(shown.stdout).toContain("-network N{\n");
    expect(shown.stdout).toContain("+network N {\n");
    const gated = await runIn(folder, ["fmt", "--diff", "--check", "a.incept"]);
    expect([gated.exitCode, gated.stdout]).toEqual([1, shown.stdout]);
  });

  test("a file that cannot be parsed is never exit 0, and the others are still formatted", async () => {
    const folder = createFolder({ "a.incept": "network {", "b.incept": UGLY });
    const { exitCode, stdout, stderr } = await runIn(folder, ["fmt", "-w", "a.incept", "b.incept"]);
    expect(exitCode).toBe(1);
    expect(stdout).toBe("b.incept\n");
    expect(stderr).toContain("a.incept:1:9 error syntax/unexpected-token");
    expect(readFileSync(join(folder, "a.incept"), "utf8")).toBe("network {");
  });

  test("what cannot be meant is a usage error", async () => {
    const folder = createFolder({ "a.incept": UGLY, "b.incept": UGLY });
    for (const args of [
      ["a.incept", "b.incept"],
      ["-w", "--check", "a.incept"],
      ["-w", "-"],
    ]) {
      expect((await runIn(folder, ["fmt", ...args])).exitCode).toBe(2);
    }
    expect((await runIn(folder, ["fmt", "missing.incept"])).exitCode).toBe(3);
  });
});
