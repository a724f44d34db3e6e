/** Tests which configuration each side of `inceptc review` is read with, and which one decides what fails. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createRepository, type Files } from "./support/create-repository.ts";
import { type RunResult, runIn, TINY } from "./support/run-in-folder.ts";

const WIDER = TINY.replace("3x3 8 /2", "3x3 12 /2");
const FILE = "inceptc.config.json";
const config = (content: object): Files => ({ [FILE]: JSON.stringify(content) });

async function review(
  before: Files,
  after: Files,
  options: readonly string[] = [],
): Promise<RunResult> {
  const { folder, commit } = createRepository(before);
  commit(after);
  return runIn(folder, ["review", "HEAD~1", ...options]);
}

describe("a change of the configuration", () => {
  const before = { "a.incept": TINY, ...config({ set: { classes: 7 } }) };
  const after = config({ set: { classes: 5 } });

  test("is a finding, and so is what it changes of networks whose text is the same", async () => {
    const { exitCode, stdout } = await review(before, after, ["--fail-on", "weights"]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`${FILE}\n  ~ set.classes: 7 → 5\n`);
    expect(stdout).toContain(`a.incept (through ${FILE})\nTiny → Tiny`);
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(
      "1 network differs; 1 network fails; 1 setting differs",
    );
  });

  test("is in every form", async () => {
    const { folder, commit } = createRepository(before);
    commit(after);
    const as = async (format: string): Promise<string> =>
      (await runIn(folder, ["review", "HEAD~1", "--format", format])).stdout;
    expect(await as("markdown")).toMatch(
      /#### `inceptc\.config\.json`\n\n- `set\.classes: 7 → 5` \([0-9a-f]{12}\)\n/,
    );
    expect(await as("github")).toContain(
      `::notice title=inceptc review::${FILE}: set.classes: 7 → 5\n`,
    );
    expect(JSON.parse(await as("json")).settings).toMatchObject([
      { key: "set.classes", base: "7", head: "5", isApproved: false, hasFailed: false },
    ]);
  });

  test("fails only where anything does, unless it is approved", async () => {
    const { folder, commit } = createRepository({
      "a.incept": TINY,
      ...config({ format: "text" }),
    });
    commit(config({ failOn: "weights", report: { by: "op" } }));
    const args = ["review", "HEAD~1"];
    const loose = await runIn(folder, [...args, "--fail-on", "interface"]);
    expect(loose.exitCode).toBe(0);
    expect(loose.stdout).toBe(
      `${FILE}\n  ~ failOn: nothing → "weights"\n  ~ report.by: nothing → "op"\n  ~ format: "text" → nothing\n\nno changes: 1 file checked; 3 settings differ\n`,
    );
    for (const strict of [["--fail-on", "any"], ["--exit-code"]]) {
      const failed = await runIn(folder, [...args, ...strict]);
      expect(failed.exitCode).toBe(1);
      expect(failed.stdout).toContain(`"weights"  fails because of ${strict.join(" ")}\n`);
    }
    const { settings } = JSON.parse((await runIn(folder, [...args, "--json"])).stdout);
    const approved = settings.map(({ fingerprint }: { fingerprint: string }) => fingerprint);
    writeFileSync(join(folder, "ok.json"), JSON.stringify({ formatVersion: 1, approved }));
    const passing = ["--fail-on", "any", "--approvals", "ok.json"];
    const passed = await runIn(folder, [...args, ...passing]);
    expect(passed.exitCode).toBe(0);
    expect(passed.stdout).toContain("approved\n");
    expect(passed.stdout).not.toContain("matched no finding");
  });

  test("that changes no network names none", async () => {
    const { stdout } = await review(
      { "a.incept": TINY },
      config({ lint: { "lint/tight-stride": "off" } }),
    );
    expect(stdout).not.toContain("a.incept");
    expect(stdout).toContain("no changes: 1 file checked; 1 setting differs\n");
  });

  test("does not bring up a file that was broken before", async () => {
    const broken = { "b.incept": "network N {" };
    const { exitCode } = await review({ ...before, ...broken }, after);
    expect(exitCode).toBe(0);
  });
});

describe("what fails is decided by base", () => {
  test("head cannot loosen its gate", async () => {
    for (const gate of [
      { failOn: "weights" },
      { review: { failOn: "weights" } },
      { maxParams: "+1%" },
    ]) {
      const before = { "a.incept": TINY, ...config(gate) };
      for (const loosened of [config({ failOn: "none" }), { [FILE]: null }]) {
        const { exitCode } = await review(before, { "a.incept": WIDER, ...loosened });
        expect(exitCode).toBe(1);
      }
    }
  });

  test("not by a file of the working tree either", async () => {
    const { folder, commit } = createRepository({
      "a.incept": TINY,
      ...config({ failOn: "weights" }),
    });
    commit({ "a.incept": WIDER });
    writeFileSync(join(folder, FILE), JSON.stringify({ failOn: "none" }));
    expect((await runIn(folder, ["review", "HEAD~1"])).exitCode).toBe(1);
  });

  test("a branch that left base before the gate was there does not escape it", async () => {
    const { folder, git, commit } = createRepository({ "a.incept": TINY });
    git("checkout", "--quiet", "-b", "branch");
    commit({ "a.incept": WIDER });
    git("checkout", "--quiet", "main");
    commit(config({ failOn: "weights" }));
    expect((await runIn(folder, ["review", "main", "branch"])).exitCode).toBe(1);
  });

  test("a gate that head brings holds from the next change on", async () => {
    const added = await review(
      { "a.incept": TINY },
      { "a.incept": WIDER, ...config({ failOn: "any" }) },
    );
    expect(added.exitCode).toBe(0);
  });

  test("the command line and the environment go before it", async () => {
    const { folder, commit } = createRepository({
      "a.incept": TINY,
      ...config({ failOn: "weights" }),
    });
    commit({ "a.incept": WIDER });
    const none = await runIn(folder, ["review", "HEAD~1", "--fail-on", "none"]);
    expect(none.exitCode).toBe(0);
    const env = { INCEPTC_FAIL_ON: "none" };
    expect((await runIn(folder, ["review", "HEAD~1"], { env })).exitCode).toBe(0);
  });
});

test.each([
  ["head", "{", "is not JSON"],
  ["head", '{ "failon": "any" }', "has an unknown key `failon`"],
  ["base", "[]", "must contain one JSON object"],
  ["base", '{ "failOn": "sometimes" }', "it must be one of"],
])("a configuration of %s that is %s is an error that names it", async (side, text, problem) => {
  const [before, after] = side === "base" ? [text, "{}"] : ["{}", text];
  const { folder, commit } = createRepository({ "a.incept": TINY, [FILE]: before });
  commit({ [FILE]: after });
  const { exitCode, stdout, stderr } = await runIn(folder, ["review", "HEAD~1"]);
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/[0-9a-f]{10}:inceptc\.config\.json/);
  expect(stderr).toContain(problem);
});

test("the nearest file counts, and one above the repository where the revisions have none", async () => {
  const { folder, commit } = createRepository({
    "nets/a.incept": TINY,
    "nets/inceptc.config.json": JSON.stringify({ failOn: "none" }),
    ...config({ failOn: "weights" }),
  });
  commit({ "nets/a.incept": WIDER });
  expect((await runIn(folder, ["review", "HEAD~1"])).exitCode).toBe(1);
  expect((await runIn(join(folder, "nets"), ["review", "HEAD~1"])).exitCode).toBe(0);
});

test("`failOn` of the configuration counts for diff, too", async () => {
  const { folder } = createRepository({
    "a.incept": TINY,
    "b.incept": WIDER,
    ...config({ failOn: "weights" }),
  });
  expect((await runIn(folder, ["diff", "a.incept", "b.incept"])).exitCode).toBe(1);
});
