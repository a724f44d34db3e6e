/** Tests what `inceptc review` compares, its output and its exit codes. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { schemaErrors } from "../support/validate-schema.ts";
import { createRepository, type Files } from "./support/create-repository.ts";
import { BROKEN, createFolder, type RunResult, runIn, TINY } from "./support/run-in-folder.ts";

const WIDER = TINY.replace("3x3 8 /2", "3x3 12 /2");
const STEM = "module Stem { conv 3x3 8 /2 -> maxpool 3x3 /2 }\n";
const WIDER_STEM = STEM.replace("3x3 8", "3x3 12");
const IMPORTING = `import { Stem } from "./modules/stem.incept"\n\n${TINY.replace("conv 3x3 8 /2 -> maxpool 3x3 /2", "Stem")}`;

/** Reviews what the second set of files makes of the first. */
async function review(
  before: Files,
  after: Files,
  options: readonly string[] = [],
): Promise<RunResult> {
  const { folder, commit } = createRepository(before);
  commit(after);
  return runIn(folder, ["review", "HEAD~1", ...options]);
}

/** The last line: what the review comes to. */
function verdictOf({ stdout }: RunResult): string {
  return stdout.trimEnd().split("\n").at(-1) ?? "";
}

describe("what is compared", () => {
  test("networks whose file has another text, and no others", async () => {
    const result = await review(
      { "a.incept": TINY, "b.incept": TINY.replace("Tiny", "Other") },
      { "a.incept": WIDER, "readme.md": "text" },
    );
    expect([result.exitCode, result.stderr]).toEqual([0, ""]);
    expect(result.stdout).toContain("a.incept\nTiny → Tiny\n");
    expect(result.stdout).not.toContain("Other");
    expect(verdictOf(result)).toBe("1 network differs");
  });

  test("a change of comments is compared, and said to be none", async () => {
    const result = await review({ "a.incept": TINY }, { "a.incept": `// more\n${TINY}` });
    expect(result.stdout).toContain("✓ Tiny in a.incept: no structural changes: 1 conv compared");
    expect(verdictOf(result)).toBe("no structural changes: 1 network compared");
  });

  test("no change of any specification says how many were looked at", async () => {
    const result = await review({ "a.incept": TINY, "b.incept": STEM }, { "readme.md": "text" });
    expect([result.exitCode, result.stdout]).toEqual([0, "no changes: 2 files checked\n"]);
  });

  test("a network is compared for what it imports, over any number of files", async () => {
    const modules = 'import { Stem } from "./inner/stem.incept"\nmodule Deep { Stem }\n';
    const main = IMPORTING.replace("Stem }", "Deep }").replace("stem: Stem", "stem: Deep");
    const result = await review(
      {
        "net.incept": main,
        "modules/stem.incept": modules,
        "modules/inner/stem.incept": STEM,
        "other.incept": TINY.replace("Tiny", "Other"),
      },
      { "modules/inner/stem.incept": WIDER_STEM },
    );
    expect(result.stdout).toContain("net.incept (through modules/inner/stem.incept)\nTiny → Tiny");
    expect(result.stdout).toContain("✓ modules/inner/stem.incept: modules only");
    expect(result.stdout).toContain(
      "✓ modules/stem.incept (through modules/inner/stem.incept): modules only",
    );
    expect(result.stdout).not.toContain("Other");
  });

  test("modules that no network uses are said to affect none", async () => {
    const result = await review(
      { "net.incept": TINY, "stem.incept": STEM },
      { "stem.incept": WIDER_STEM },
    );
    expect(verdictOf(result)).toBe("no network is affected: 1 file of modules changed");
  });

  test("files and networks that come, go and move", async () => {
    const second = `${TINY}${TINY.replace("Tiny", "Second")}`;
    const result = await review(
      {
        "moved.incept": `// A text that is long enough to be known again.\n${TINY}`,
        "gone.incept": TINY.replace("Tiny", "Gone").replace("32x32x3", "64x64x3"),
        "grown.incept": TINY,
      },
      {
        "moved.incept": null,
        "gone.incept": null,
        "nets/here.incept": `// A text that is long enough to be known again.\n${WIDER}`,
        "grown.incept": second,
        "new.incept": "network New {\n  input 8x8x1\n  conv 1x1 2\n}\n",
      },
    );
    expect(result.stdout).toContain("nets/here.incept (formerly moved.incept)\nTiny → Tiny");
    expect(result.stdout).toContain("gone.incept (removed file)\nGone → nothing");
    expect(result.stdout).toContain("new.incept (new file)\nnothing → New");
    expect(result.stdout).toContain("grown.incept\nnothing → Second");
    expect(verdictOf(result)).toBe(
      "1 network differs, 2 networks added, 1 network removed, 1 is the same",
    );
  });

  test("head is compared with where it left base, not with what came to base later", async () => {
    const { folder, git, commit } = createRepository({ "a.incept": TINY, "b.incept": TINY });
    git("checkout", "--quiet", "-b", "branch");
    commit({ "a.incept": WIDER });
    git("checkout", "--quiet", "main");
    commit({ "b.incept": WIDER });
    const { stdout } = await runIn(folder, ["review", "main", "branch"]);
    expect(stdout).toContain("a.incept\nTiny → Tiny");
    expect(stdout).not.toContain("b.incept");
    const merged = await runIn(folder, ["review", "branch~1", "branch~1"]);
    expect(merged.stdout).toBe("no changes: 2 files checked\n");
  });

  test("a link stands for the file that it leads to", async () => {
    const { folder, commit } = createRepository({ "nets/a.txt": TINY });
    symlinkSync("nets/a.txt", join(folder, "link.incept"));
    commit({});
    commit({ "nets/a.txt": WIDER });
    const { stdout } = await runIn(folder, ["review", "HEAD~1"]);
    expect(stdout).toContain("link.incept\nTiny → Tiny");
  });

  test("links and what is no text do not shift the files after them", async () => {
    const { folder, commit } = createRepository({ "a.incept": TINY });
    symlinkSync("nowhere.incept", join(folder, "b.incept"));
    symlinkSync("../outside.incept", join(folder, "c.incept"));
    symlinkSync("nets", join(folder, "d.incept"));
    symlinkSync("a.incept", join(folder, "e.incept"));
    commit({ "nets/f.incept": "", "g.incept": Buffer.from([0]), "h.incept": TINY });
    commit({ "a.incept": WIDER, "h.incept": TINY.replace("= 10", "= 7") });
    const { exitCode, stdout } = await runIn(folder, ["review", "HEAD~1"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("a.incept\nTiny → Tiny");
    expect(stdout).toMatch(/h\.incept\nTiny → Tiny[\s\S]*10 → 7/);
    expect(stdout).toContain("Tiny in e.incept: parameters");
    expect(stdout).not.toMatch(/[bcdfg]\.incept/);
  });

  test("a file of more bytes than are read is said to be", async () => {
    const huge = Buffer.alloc(17 * 1024 * 1024, "/");
    const result = await review({ "a.incept": TINY }, { "a.incept": huge, "b.incept": TINY });
    expect(result.exitCode).toBe(3);
    expect(result.stdout).toContain("is larger than 16,777,216 bytes");
    expect(result.stdout).toContain("nothing → Tiny");
  });

  test("networks with the same findings are told together", async () => {
    const variant = "\nvariant Small of Tiny {\n  width 0.5\n}\n";
    const after = TINY.replace("-> maxpool 3x3 /2", "-> maxpool 2x2 /2");
    const result = await review({ "a.incept": TINY + variant }, { "a.incept": after + variant }, [
      "--fail-on",
      "numerics",
    ]);
    expect(result.exitCode).toBe(1);
    expect(result.stdout.match(/^Source|^Operators/gm)).toHaveLength(1);
    expect(result.stdout).toMatch(
      /The same in 1 other network:\n {2}Small in a\.incept: parameters ±0, .*; fails because of --fail-on numerics\n/,
    );
    expect(verdictOf(result)).toBe("2 networks differ; 2 networks fail");
  });

  test.each([
    [["--path", "nets/*.incept"], "nets/a.incept"],
    [["--path", "**/*.incept", "--path", "!nets/**"], "deep/er/b.incept"],
    [["--path", "**/er/*"], "deep/er/b.incept"],
  ])("%j", async (options, expected) => {
    const result = await review(
      { "nets/a.incept": TINY, "deep/er/b.incept": TINY },
      { "nets/a.incept": WIDER, "deep/er/b.incept": WIDER },
      options,
    );
    expect(result.stdout).toContain(`${expected}\nTiny → Tiny`);
    expect(verdictOf(result)).toBe("1 network differs");
  });

  test("paths that no file has are not taken for no change", async () => {
    const result = await review({ "a.incept": TINY }, { "a.incept": WIDER }, [
      "--path",
      "spec/**/*.incept",
    ]);
    expect(result.stdout).toBe("no file matches the paths\n");
  });
});

describe("what cannot be compared", () => {
  const SOUND: Files = { "a.incept": TINY, "b.incept": TINY };
  const BAD_BYTES = Buffer.from([0x6e, 0xff, 0xff, 0xff, 0x65]);

  test.each([
    ["head has errors", SOUND, { "a.incept": BROKEN, "b.incept": WIDER }, "head has 1 error"],
    ["base has errors", { ...SOUND, "a.incept": BROKEN }, SOUND, "base has 1 error"],
    [
      "what is removed had errors",
      { "a.incept": BROKEN },
      { "a.incept": null },
      "base has 1 error",
    ],
    ["head is no text", SOUND, { "a.incept": BAD_BYTES }, "head has 1 error"],
    [
      "an import is gone",
      { "a.incept": IMPORTING, "modules/stem.incept": STEM },
      { "modules/stem.incept": null },
      "head has",
    ],
  ])("is said in every form, and exit 3: %s", async (_, before, after, sentence) => {
    const { folder, commit } = createRepository(before);
    commit(after);
    for (const format of ["text", "markdown", "github"]) {
      const args = ["review", "HEAD~1", "--format", format, "--fail-on", "any"];
      const { exitCode, stdout } = await runIn(folder, args);
      expect(exitCode).toBe(3);
      expect(stdout).toContain(sentence);
      expect(stdout).toContain("so nothing was compared");
      expect(stdout).toContain("1 file not compared");
    }
  });

  test("--quiet says nothing but that", async () => {
    const sound = await review(SOUND, { "a.incept": WIDER }, ["-q", "--exit-code"]);
    expect([sound.exitCode, sound.stdout, sound.stderr]).toEqual([1, "", ""]);
    const broken = await review(SOUND, { "a.incept": BROKEN }, ["-q"]);
    expect(broken.stdout).toContain("head has 1 error");
  });

  test("a file with errors that nobody touched is not looked at", async () => {
    const result = await review({ "a.incept": BROKEN, "b.incept": TINY }, { "b.incept": WIDER });
    expect([result.exitCode, verdictOf(result)]).toEqual([0, "1 network differs"]);
  });

  test.each([
    "--output=stolen",
    "-c",
    "HEAD;touch stolen",
    "$(touch stolen)",
    "HEAD\n--output=stolen",
    "nowhere",
    "HEAD:a.incept",
    "",
  ])("the revision %j is refused, and nothing is done", async (revision) => {
    const { folder } = createRepository({ "a.incept": TINY });
    for (const args of [
      [revision, "HEAD"],
      ["HEAD", revision],
    ]) {
      const { exitCode, stdout } = await runIn(folder, ["review", "--", ...args]);
      expect([exitCode, stdout]).toEqual([3, ""]);
    }
    expect(existsSync(join(folder, "stolen"))).toBe(false);
  });

  test("a shallow clone says how the rest of the history is had", async () => {
    const { folder, git, commit } = createRepository({ "a.incept": TINY });
    const base = git("rev-parse", "HEAD");
    commit({ "a.incept": WIDER });
    const clone = createFolder();
    const source = `file://${folder}`;
    execFileSync("git", ["clone", "--quiet", "--depth", "1", source, clone], { stdio: "ignore" });
    const { exitCode, stdout, stderr } = await runIn(clone, ["review", base]);
    expect([exitCode, stdout]).toEqual([3, ""]);
    expect(stderr).toContain(`\`${base}\` is not in this clone, which is shallow`);
    expect(stderr).toContain("fetch-depth: 0");
  });

  test("a file that the clone lacks is not one that does not exist", async () => {
    const { folder, git, commit } = createRepository({ "a.incept": TINY });
    const id = git("rev-parse", "HEAD:a.incept");
    commit({ "a.incept": WIDER });
    rmSync(join(folder, ".git/objects", id.slice(0, 2), id.slice(2)));
    const { exitCode, stdout } = await runIn(folder, ["review", "HEAD~1"]);
    expect(exitCode).toBe(3);
    expect(stdout).toContain("this clone does not contain it: fetch without a filter");
  });

  test("histories without a commit in common, and folders without a repository", async () => {
    const { folder, git, commit } = createRepository({ "a.incept": TINY });
    git("checkout", "--quiet", "--orphan", "other");
    commit({ "a.incept": WIDER });
    const unrelated = await runIn(folder, ["review", "main"]);
    expect(unrelated.exitCode).toBe(3);
    expect(unrelated.stderr).toContain("`main` and `HEAD` have no commit in common");
    const nowhere = await runIn(createFolder(), ["review", "main"]);
    expect(nowhere.exitCode).toBe(3);
    expect(nowhere.stderr).toContain("not a git repository");
  });
});

describe("names of files", () => {
  test.each([
    "two words.incept",
    "line\nbreak.incept",
    "größe-大.incept",
    "`ticks` | <b>bold</b> & @all.incept",
    "--output=stolen.incept",
    '"quoted".incept',
    "::error::x.incept",
    ":(top)magic.incept",
    "per%cent,and:colon.incept",
  ])("%j is read, and cannot break out of any form", async (name) => {
    const { folder, commit } = createRepository({ "plain.txt": "", [`./${name}`]: TINY });
    commit({ [`./${name}`]: WIDER });
    const text = await runIn(folder, ["review", "HEAD~1"]);
    expect(verdictOf(text)).toBe("1 network differs");
    const markdown = await runIn(folder, ["review", "HEAD~1", "--format", "markdown"]);
    const heading = markdown.stdout.split("\n").find((line) => line.startsWith("####")) ?? "";
    expect(heading).toMatch(/^#### `Tiny` in (`+) ?.*\.incept ?\1$/);
    const github = await runIn(folder, ["review", "HEAD~1", "--format", "github"]);
    expect(
      github.stdout.split("\n").filter((line) => !/^(::(error|notice) |$)/.test(line)),
    ).toEqual([]);
    expect(github.stdout.match(/^::error file=[^:,\n]*,line=3,/gm)).toHaveLength(1);
    expect(existsSync(join(folder, "stolen.incept"))).toBe(false);
  });
});

describe("what fails", () => {
  const before = { "a.incept": TINY };
  const after = { "a.incept": WIDER };

  test.each([
    [["--fail-on", "weights"], 1],
    [["--fail-on", "interface"], 0],
    [["--fail-on", "any"], 1],
    [["--exit-code"], 1],
    [["--max-params", "+1%"], 1],
    [["--max-params", "1M", "--max-macs", "1G"], 0],
    [["--max-params", "lots"], 2],
    [["--approvals", "none.json"], 3],
  ])("%j", async (options, exitCode) => {
    expect((await review(before, after, options)).exitCode).toBe(exitCode);
  });

  test("a limit is said with its numbers", async () => {
    const { stdout } = await review(before, after, ["--max-params", "+1%"]);
    expect(stdout).toMatch(/\nfails because of --max-params \+1%: \d+ is more than \d+\n/);
  });

  test("a new network breaks nobody and has not grown, yet keeps limits; a removed one breaks", async () => {
    const added = { "b.incept": TINY.replace("Tiny", "New") };
    const options = ["--fail-on", "interface", "--max-params", "+2%"];
    expect((await review(before, added, options)).exitCode).toBe(0);
    expect((await review(before, added, ["--max-params", "10"])).exitCode).toBe(1);
    const removed = await review({ ...before, ...added }, { "b.incept": null }, options);
    expect(removed.exitCode).toBe(1);
  });

  test("approved findings do not, and approvals without a finding are counted", async () => {
    const { folder, commit } = createRepository(before);
    commit(after);
    const args = ["review", "HEAD~1", "--fail-on", "weights"];
    const { stdout } = await runIn(folder, [...args, "--format", "markdown"]);
    const [, json = ""] = /```json\n(.*?)\n```/s.exec(stdout) ?? [];
    const { approved } = JSON.parse(json);
    writeFileSync(join(folder, "ok.json"), json);
    const passing = await runIn(folder, [...args, "--approvals", "ok.json"]);
    expect(passing.exitCode).toBe(0);
    expect(passing.stdout).toContain(`${approved.length} approved`);
    const more = { formatVersion: 1, approved: [...approved, "0123456789ab"] };
    writeFileSync(join(folder, "ok.json"), JSON.stringify(more));
    const unused = await runIn(folder, [...args, "--approvals", "ok.json", "--format", "markdown"]);
    expect(unused.stdout).toContain("1 approval in ok.json matched no finding");
  });

  test("a configuration file counts as it does for other commands", async () => {
    const config = JSON.stringify({ set: { classes: 7 } });
    const networks = { ...before, "inceptc.config.json": config };
    const same = await review(networks, { "a.incept": TINY.replace("= 10", "= 7") });
    expect(verdictOf(same)).toBe("no structural changes: 1 network compared");
  });
});

test("json is what the published schema says", async () => {
  const { folder, commit } = createRepository({ "a.incept": TINY, "b.incept": TINY });
  commit({ "a.incept": WIDER, "b.incept": BROKEN, "c.incept": STEM });
  const schema = JSON.parse((await runIn(folder, ["schema", "review"])).stdout);
  const args = ["review", "HEAD~1", "--json", "--fail-on", "weights", "--max-params", "+1%"];
  const { exitCode, stdout } = await runIn(folder, args);
  expect(exitCode).toBe(3);
  const written = JSON.parse(stdout);
  expect(schemaErrors(schema, written)).toEqual([]);
  const [wider, broken, modules] = written.files;
  expect(wider.networks[0]).toMatchObject({ hasFailed: true, diff: { base: { network: "Tiny" } } });
  expect(wider.networks[0].brokenLimits).toHaveLength(1);
  expect(broken).toMatchObject({
    networks: [],
    errors: { base: [], head: [{ severity: "error" }] },
  });
  expect(modules).toMatchObject({ path: "c.incept", formerPath: null, networks: [] });
});

test("a subfolder sees the whole repository", async () => {
  const { folder, commit } = createRepository({ "a.incept": TINY });
  commit({ "a.incept": WIDER });
  mkdirSync(join(folder, "sub"));
  const { stdout } = await runIn(join(folder, "sub"), ["review", "HEAD~1"]);
  expect(stdout).toContain("a.incept\nTiny → Tiny");
});
