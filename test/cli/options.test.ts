/** Tests the sources of option values and the answers to invalid command lines. */
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createFolder, type RunOptions, runIn, TINY } from "./support/run-in-folder.ts";

const configured = (config: unknown): string =>
  createFolder({
    "inceptc.config.json": JSON.stringify(config),
    "nets/tiny.incept": TINY,
  });

async function optionsOf(
  folder: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Record<string, { readonly value: unknown; readonly from: string }>> {
  const { exitCode, stdout, stderr } = await runIn(folder, [...args, "--print-config"], options);
  expect([exitCode, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout).options;
}

describe("the source of an option", () => {
  test("is the command line before the environment before the file before the default", async () => {
    const folder = configured({ color: "never" });
    const check = ["check", "x"];
    const env = { INCEPTC_COLOR: "always" };
    const fromDefault = await optionsOf(configured({}), check);
    const fromFile = await optionsOf(folder, check);
    const fromEnv = await optionsOf(folder, check, { env });
    const fromLine = await optionsOf(folder, [...check, "--color", "auto"], { env });
    expect(fromDefault.color).toEqual({ value: "auto", from: "default" });
    expect(fromFile.color).toEqual({ value: "never", from: "config" });
    expect(fromEnv.color).toEqual({ value: "always", from: "env" });
    expect(fromLine.color).toEqual({ value: "auto", from: "cli" });
  });

  test("is a command's own section before the whole file", async () => {
    const folder = configured({ format: "json", report: { format: "csv" }, maxWarnings: 3 });
    const report = await optionsOf(folder, ["report", "x"]);
    const check = await optionsOf(folder, ["check", "x"]);
    expect(report.format?.value).toBe("csv");
    expect(check.format?.value).toBe("json");
    expect(check.maxWarnings?.value).toBe(3);
  });

  test("is the nearest file upwards, whose paths start at its own folder", async () => {
    const folder = configured({ root: ".", compile: { out: "generated" } });
    const options = await optionsOf(join(folder, "nets"), ["compile", "tiny.incept"]);
    expect(options.out).toEqual({ value: "../generated", from: "config" });
    expect(options.root).toEqual({ value: "..", from: "config" });
  });

  test("adds up for --set, each name from its strongest source", async () => {
    const folder = configured({ set: { classes: 10, depth: 3, side: 8 } });
    const env = { INCEPTC_SET: "depth=4;side=9" };
    const args = ["check", "x", "--set", "side=10"];
    const options = await optionsOf(folder, args, { env });
    expect(options.set?.value).toEqual(["side=10", "depth=4", "classes=10"]);
  });

  test("adds up for --limit, and has effect", async () => {
    const folder = configured({ limit: { layers: 2, files: 7 } });
    const env = { INCEPTC_LIMIT: "files=8;depth=9" };
    const options = await optionsOf(folder, ["check", "x", "--limit", "depth=10"], { env });
    expect(options.limit?.value).toEqual(["depth=10", "files=8", "layers=2"]);
    const { exitCode, stderr } = await runIn(folder, ["check", "nets/tiny.incept"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("raise the limit: `--limit layers=4`");
    const raised = ["check", "nets/tiny.incept", "--limit", "layers=5"];
    expect((await runIn(folder, raised)).exitCode).toBe(0);
    const fmt = await runIn(folder, ["fmt", "nets/tiny.incept", "--limit", "characters=9"]);
    expect(fmt.stderr).toContain("syntax/file-too-large");
  });

  test("switches off what is on by default", async () => {
    const folder = configured({ graph: { heat: false, shapes: true, layout: "right" } });
    const options = await optionsOf(folder, ["graph", "x"], { env: { INCEPTC_COUNTS: "off" } });
    expect(options.heat).toEqual({ value: false, from: "config" });
    expect(options.counts).toEqual({ value: false, from: "env" });
    expect(options.shapes?.value).toBe(true);
    expect(options.layout?.value).toBe("right");
  });

  test("sends no report to where a project's code and pictures go", async () => {
    const folder = configured({ out: "generated" });
    expect(await optionsOf(folder, ["report", "x"])).not.toHaveProperty("out");
    const { exitCode, stdout } = await runIn(folder, ["report", "nets/tiny.incept"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("parameters");
  });

  test("has effect: the report of a file's setting", async () => {
    const folder = configured({ set: { classes: 7 }, report: { format: "json" } });
    const { stdout } = await runIn(folder, ["report", "nets/tiny.incept"]);
    expect(JSON.parse(stdout).outputs[0].shape).toEqual([7]);
  });
});

describe("a configuration that means nothing", () => {
  test.each([
    ["an unknown key", { maxWarning: 3 }, "did you mean maxWarnings?"],
    ["an unknown key of a command", { check: { formt: "json" } }, "did you mean format?"],
    ["an unknown word", { color: "sometimes" }, "it must be one of auto, always, never"],
    ["a word of another command", { format: "csv" }, "it must be one of text, json, github, sarif"],
    ["a number that is none", { maxWarnings: "many" }, "A whole number is expected."],
    ["a list where one value belongs", { color: ["never"] }, "must be one value"],
    ["a word for yes or no", { quiet: "perhaps" }, "it must be true or false"],
    ["a setting that is no object", { set: "classes=3" }, "must be an object"],
    ["no object", [1], "must contain one JSON object"],
  ])("%s: exit code 2", async (_, config, message) => {
    const { exitCode, stderr } = await runIn(configured(config), ["check", "nets/tiny.incept"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("inceptc.config.json");
    expect(stderr).toContain(message);
  });

  test("no JSON: exit code 2", async () => {
    const folder = createFolder({ "inceptc.config.json": "{", "tiny.incept": TINY });
    const { exitCode, stderr } = await runIn(folder, ["check", "tiny.incept"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("is not JSON");
  });

  test("a folder of that name: exit code 3", async () => {
    const folder = createFolder({ "inceptc.config.json/x": "", "tiny.incept": TINY });
    const { exitCode } = await runIn(folder, ["check", "tiny.incept"]);
    expect(exitCode).toBe(3);
  });

  test("is not overlooked where it is a link that leads nowhere", async () => {
    const folder = createFolder({ "tiny.incept": TINY });
    symlinkSync("nowhere.json", join(folder, "inceptc.config.json"));
    const { exitCode, stderr } = await runIn(folder, ["check", "tiny.incept"]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain("inceptc.config.json does not exist");
  });
});

describe("help", () => {
  test.each([
    ["check"],
    ["report"],
    ["compile"],
    ["init"],
    ["ops"],
    ["explain"],
    ["info"],
    ["completion"],
  ])("of %s goes to standard output with examples and exit codes", async (command) => {
    const { exitCode, stdout, stderr } = await runIn(createFolder(), [command, "--help"]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(`Examples:\n  inceptc ${command}`);
    expect(stdout).toContain("Exit codes:\n  0  success");
  });

  test("--version prints the version alone", async () => {
    const { exitCode, stdout } = await runIn(createFolder(), ["--version"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe("a command line that is not understood", () => {
  test.each([
    ["no command", []],
    ["an unknown command", ["chekc", "x"]],
    ["an unknown option", ["check", "x", "--formt", "json"]],
    ["an unknown format", ["check", "x", "--format", "xml"]],
    ["no file", ["check"]],
    ["two files to compile", ["compile", "a", "b"]],
    ["an empty name", ["check", ""]],
    ["warnings that are no number", ["check", "x", "--max-warnings", "-1"]],
    ["a limit without a value", ["check", "nets/tiny.incept", "--limit", "layers"]],
    ["a limit of nothing", ["check", "nets/tiny.incept", "--limit", "layers=0"]],
    ["a limit past the stack", ["check", "nets/tiny.incept", "--limit", "nesting=100000"]],
  ])("%s: exit code 2, on standard error", async (_, args) => {
    const { exitCode, stdout, stderr } = await runIn(createFolder(), args);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).not.toBe("");
  });

  test("suggests the limit that was meant", async () => {
    const { stderr } = await runIn(createFolder(), ["check", "x", "--limit", "layer=3"]);
    expect(stderr).toContain("did you mean layers?");
  });

  test("suggests the command that was meant", async () => {
    const { stderr } = await runIn(createFolder(), ["chekc", "x"]);
    expect(stderr).toContain("check");
  });

  test("-- ends the options", async () => {
    const folder = createFolder({ "--odd.incept": TINY });
    const { exitCode } = await runIn(folder, ["check", "--", "--odd.incept"]);
    expect(exitCode).toBe(0);
  });
});
