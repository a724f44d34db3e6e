/** Tests what `inceptc check --fix` changes in files. */
import { chmodSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createFolder, runIn } from "./support/run-in-folder.ts";

const FAULTY = "network N {\r\n  input 8x8x3\r\n  covn 3x3 8\r\n  conv 1x1, 4\r\n}\r\n";
const MENDED = "network N {\r\n  input 8x8x3\r\n  conv 3x3 8\r\n  conv 1x1 4\r\n}\r\n";

describe("check --fix", () => {
  test("repairs the file, says so, and exits 0 where nothing is left", async () => {
    const folder = createFolder({ "net.incept": FAULTY });
    const { exitCode, stdout, stderr } = await runIn(folder, ["check", "--fix", "net.incept"]);
    expect(readFileSync(join(folder, "net.incept"), "utf8")).toBe(MENDED);
    expect(stderr).toBe("~ repaired 2 findings in net.incept; none is left\n✓ net.incept: N\n");
    expect([exitCode, stdout]).toEqual([0, ""]);
  });

  test("leaves a file without findings untouched", async () => {
    const folder = createFolder({ "net.incept": MENDED });
    const before = statSync(join(folder, "net.incept")).mtimeMs;
    const { stderr } = await runIn(folder, ["check", "--fix", "net.incept"]);
    expect(stderr).toBe("✓ net.incept: N\n");
    expect(statSync(join(folder, "net.incept")).mtimeMs).toBe(before);
  });

  test("shows what is left, and exits 1 for it", async () => {
    const folder = createFolder({ "net.incept": `${FAULTY}module M { conv 3x3 }\n` });
    const { exitCode, stderr } = await runIn(folder, ["check", "--fix", "net.incept"]);
    expect(stderr).toContain("repaired 2 findings in net.incept; 1 is left");
    expect(stderr).toContain("type/missing-operand");
    expect(exitCode).toBe(1);
  });

  test("writes through a symbolic link and keeps permissions", async () => {
    const folder = createFolder({ "real.incept": FAULTY });
    chmodSync(join(folder, "real.incept"), 0o640);
    symlinkSync("real.incept", join(folder, "link.incept"));
    await runIn(folder, ["check", "--fix", "link.incept"]);
    expect(readFileSync(join(folder, "real.incept"), "utf8")).toBe(MENDED);
    expect(statSync(join(folder, "real.incept")).mode & 0o777).toBe(0o640);
  });

  test("shows the fixes that would change what is computed, and applies them on request", async () => {
    const text = "network N {\n  input 8x8x3\n  covn 3x3 8 bias\n  fc 10\n}\n";
    const folder = createFolder({ "net.incept": text });
    const first = await runIn(folder, ["check", "--fix", "net.incept"]);
    const safe = text.replace("covn", "conv").replace("fc", "dense");
    expect(readFileSync(join(folder, "net.incept"), "utf8")).toBe(safe);
    expect(first.stderr).toContain("repaired 2 findings in net.incept; 1 is left");
    expect(first.stderr).toContain("1 finding has a suggested fix");
    expect(first.stderr).toContain("suggested fix: put `globalavgpool ->` before it");
    expect(first.exitCode).toBe(1);

    const second = await runIn(folder, ["check", "--fix=suggested", "net.incept"]);
    expect(readFileSync(join(folder, "net.incept"), "utf8")).toBe(
      safe.replace("bias", "bias=false").replace("dense", "globalavgpool -> dense"),
    );
    expect(second.stderr).toBe(
      "~ net.incept:4:3 shape/needs-vector: put `globalavgpool ->` before it\n" +
        "~ net.incept:3:14 lint/bias-before-norm: write `bias=false`\n" +
        "~ repaired 2 findings in net.incept; none is left\n✓ net.incept: N\n",
    );
  });

  test("says in JSON and SARIF whether a fix is safe", async () => {
    const folder = createFolder({
      "net.incept": "network N {\n  input 8x8x3\n  covn 3x3 8\n  dense 10\n}\n",
    });
    const json = await runIn(folder, ["check", "--json", "net.incept"]);
    const [{ fixes }] = JSON.parse(json.stdout).diagnostics;
    expect(fixes[0]).toMatchObject({ title: "write `conv`", applicability: "safe" });
    const sarif = await runIn(folder, ["check", "--format", "sarif", "net.incept"]);
    const [result] = JSON.parse(sarif.stdout).runs[0].results;
    expect(result.fixes[0].properties).toEqual({ applicability: "safe" });
  });

  test("rejects another level", async () => {
    const { exitCode, stderr } = await runIn(createFolder(), ["check", "--fix=all", "a.incept"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("safe, suggested");
  });

  test("takes a level as a word of its own, and any other word for a file", async () => {
    const text = "network N {\n  input 8x8x3\n  dense 10\n}\n";
    const folder = createFolder({ "net.incept": text });
    const { exitCode } = await runIn(folder, ["check", "--fix", "suggested", "net.incept"]);
    expect(exitCode).toBe(0);
    expect(readFileSync(join(folder, "net.incept"), "utf8")).toContain("globalavgpool -> dense");
  });

  test("takes what follows `--` for a file", async () => {
    const folder = createFolder({ "--fix": MENDED });
    const { exitCode, stderr } = await runIn(folder, ["check", "--", "--fix"]);
    expect([exitCode, stderr]).toEqual([0, "✓ --fix: N\n"]);
  });

  test("refuses standard input", async () => {
    const { exitCode, stderr } = await runIn(createFolder(), ["check", "--fix", "-"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--fix changes files");
  });
});
