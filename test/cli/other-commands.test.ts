/** Tests the output of init, ops, explain, info and completion. */
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { catalogue, operators } from "../../src/compiler/index.ts";
import { createFolder, runIn, TINY } from "./support/run-in-folder.ts";

describe("init", () => {
  test("copies the starter, which checks clean", async () => {
    const folder = createFolder();
    const { exitCode, stdout, stderr } = await runIn(folder, ["init"]);
    expect([exitCode, stdout]).toEqual([0, "starter.incept\n"]);
    expect(stderr).toBe("next: inceptc report starter.incept\n");
    const checked = await runIn(folder, ["check", "--max-warnings", "0", "starter.incept"]);
    expect([checked.exitCode, checked.stderr]).toEqual([
      0,
      "✓ starter.incept: Starter, StarterDeep\n",
    ]);
  });

  test("copies every template with what it imports, so that it checks clean where it lies", async () => {
    const { stdout } = await runIn(createFolder(), ["init", "--list"]);
    const templates = stdout.trimEnd().split("\n");
    expect(templates).toEqual(expect.arrayContaining(["starter", "inception-v4", "resnet-50"]));
    for (const template of templates) {
      const folder = createFolder();
      const made = await runIn(folder, ["init", "nets", "--template", template]);
      expect(made.exitCode, template).toBe(0);
      const [spec = ""] = made.stdout.split("\n");
      const checked = await runIn(folder, ["check", spec]);
      expect(checked.exitCode, template).toBe(0);
    }
  });

  test("never replaces a file: exit code 3, and nothing is written", async () => {
    const folder = createFolder({ "modules/stems.incept": TINY });
    const { exitCode, stderr } = await runIn(folder, ["init", "-t", "inception-v4"]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain("modules/stems.incept already exists with different content");
    expect(readFileSync(join(folder, "modules/stems.incept"), "utf8")).toBe(TINY);
    expect(readdirSync(folder)).toEqual(["modules"]);
  });

  test("twice is the same as once", async () => {
    const folder = createFolder();
    await runIn(folder, ["init"]);
    const { exitCode } = await runIn(folder, ["init"]);
    expect(exitCode).toBe(0);
  });

  test("refuses the name of a file: a folder of that name would be a surprise", async () => {
    const folder = createFolder();
    const { exitCode, stderr } = await runIn(folder, ["init", "net.incept"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("`net.incept` is the name of a file, but init takes a folder");
    expect(readdirSync(folder)).toEqual([]);
  });

  test("of a template that does not exist is not understood", async () => {
    const { exitCode, stderr } = await runIn(createFolder(), ["init", "-t", "inception-v5"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("did you mean inception-v");
  });
});

describe("ops", () => {
  test("lists every operator with a sentence", async () => {
    const { exitCode, stdout } = await runIn(createFolder(), ["ops"]);
    expect(exitCode).toBe(0);
    for (const { name, doc } of Object.values(operators)) {
      expect(stdout).toMatch(new RegExp(`^ {2}${name} .*`, "m"));
      expect(stdout).toContain(doc);
    }
  });

  test.each(Object.keys(operators))("shows the attributes of %s", async (name) => {
    const { exitCode, stdout } = await runIn(createFolder(), ["ops", name]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(new RegExp(`^${name}( [A-Z]+)*\\n`));
    expect(stdout).not.toMatch(/undefined|\[object|NaN/);
  });

  test("writes them as JSON", async () => {
    const { stdout } = await runIn(createFolder(), ["ops", "--json"]);
    const { formatVersion, operators: listed } = JSON.parse(stdout);
    expect(formatVersion).toBe(1);
    expect(listed.map(({ name }: { name: string }) => name)).toEqual(Object.keys(operators));
    expect(listed[0].attributes[0]).toMatchObject({ name: "kernel", type: "size", min: 1 });
  });

  test("knows no such operator: exit code 2", async () => {
    const { exitCode, stderr } = await runIn(createFolder(), ["ops", "cnov"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("did you mean conv");
  });
});

describe("explain", () => {
  test("lists every code without one", async () => {
    const { exitCode, stdout } = await runIn(createFolder(), ["explain"]);
    expect(exitCode).toBe(0);
    const codes = stdout.trimEnd().split("\n");
    expect(codes).toHaveLength(Object.keys(catalogue).length);
    expect(codes).toContain("error    shape/concat-mismatch");
  });

  test.each(Object.keys(catalogue))("has a page on %s", async (code) => {
    const { exitCode, stdout } = await runIn(createFolder(), ["explain", code]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(code);
  });

  test.each(["shape/concat-mismach", "../../package", "shape"])(
    "knows no code %s: exit code 2",
    async (code) => {
      const { exitCode, stdout } = await runIn(createFolder(), ["explain", code]);
      expect([exitCode, stdout]).toEqual([2, ""]);
    },
  );
});

test("info prints versions and the configuration in force", async () => {
  const folder = createFolder({ "inceptc.config.json": "{}" });
  const { exitCode, stdout } = await runIn(folder, ["info"]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^inceptc +\d+\.\d+\.\d+ in /m);
  expect(stdout).toMatch(new RegExp(`^Node +${process.version.replaceAll(".", "\\.")}`, "m"));
  expect(stdout).toMatch(/^@tensorflow\/tfjs +not found$/m);
  expect(stdout).toMatch(/^configuration +.*inceptc\.config\.json$/m);
});

describe("completion", () => {
  test.each(["bash", "zsh", "fish", "pwsh"])("of %s names commands and options", async (shell) => {
    const { exitCode, stdout } = await runIn(createFolder(), ["completion", shell]);
    expect(exitCode).toBe(0);
    for (const word of ["check", "report", "compile", "max-warnings", "sarif"]) {
      expect(stdout).toContain(word);
    }
  });

  test("of an unknown shell is not understood", async () => {
    const { exitCode } = await runIn(createFolder(), ["completion", "tcsh"]);
    expect(exitCode).toBe(2);
  });

  test("completes in bash: commands, options, words of options, files", async () => {
    const folder = createFolder({ "net.incept": TINY });
    const { stdout: script } = await runIn(folder, ["completion", "bash"]);
    writeFileSync(join(folder, "inceptc.bash"), script);
    const complete = (...words: readonly string[]): readonly string[] => {
      const line = words.map((word) => `'${word}'`).join(" ");
      const program = `. ./inceptc.bash; COMP_WORDS=(${line}); COMP_CWORD=${words.length - 1}; _inceptc; echo "\${COMPREPLY[*]}"`;
      return execFileSync("bash", ["-c", program], { cwd: folder, encoding: "utf8" })
        .trim()
        .split(" ");
    };
    expect(complete("inceptc", "rep")).toEqual(["report"]);
    expect(complete("inceptc", "check", "--max")).toEqual(["--max-warnings"]);
    expect(complete("inceptc", "check", "--format", "s")).toEqual(["sarif"]);
    expect(complete("inceptc", "check", "n")).toEqual(["net.incept"]);
  });

  test("is understood by bash without a word of complaint", async () => {
    const { stdout: script } = await runIn(createFolder(), ["completion", "bash"]);
    const { status, stderr } = spawnSync("bash", ["-n"], { input: script, encoding: "utf8" });
    expect([status, stderr]).toEqual([0, ""]);
  });
});
