/** Tests the inputs, output and exit codes of `inceptc diff`. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { schemaErrors } from "../support/validate-schema.ts";
import { createRepository, type Repository } from "./support/create-repository.ts";
import { BROKEN, createFolder, runIn, TINY } from "./support/run-in-folder.ts";

/** Wider stem: the kernel, its normalization and the classifier's kernel have other shapes. */
const WIDER = TINY.replace("3x3 8 /2", "3x3 12 /2");
const MODULE = "module Stem { conv 3x3 8 /2 -> maxpool 3x3 /2 }\n";
const IMPORTING = `import { Stem } from "./stem.incept"\n\n${TINY.replace("conv 3x3 8 /2 -> maxpool 3x3 /2", "Stem")}`;
const VARIANT = `${TINY}\nvariant Wide of Tiny {\n  width 2\n}\n`;

function pair(base = TINY, head = WIDER): string {
  return createFolder({ "base.incept": base, "head.incept": head });
}

const BOTH = ["diff", "base.incept", "head.incept"];

describe("exit codes", () => {
  test.each([
    ["differences alone", [], 0],
    ["--exit-code", ["--exit-code"], 1],
    ["--fail-on with a graver finding", ["--fail-on", "numerics"], 1],
    ["--fail-on with slighter findings only", ["--fail-on", "interface"], 0],
    ["--fail-on any", ["--fail-on", "any"], 1],
    ["a limit that is passed", ["--max-params", "+2%"], 1],
    ["a limit that is kept", ["--max-params", "1K"], 0],
    ["a limit that makes no sense", ["--max-macs", "2%"], 2],
    ["a rule that is none", ["--ignore", "filter-changed"], 2],
    ["--map-only without a map", ["--map-only"], 2],
    ["a map that does not exist", ["--map", "missing.json"], 3],
  ])("%s", async (_, options, expected) => {
    const { exitCode } = await runIn(pair(), [...BOTH, ...options]);
    expect(exitCode).toBe(expected);
  });

  const many = (statements: string): string =>
    `network N {\n  input 4x4x2\n  450 x residual { conv 1x1 2 }\n${statements}\n}\n`;
  const unproved = [
    many("residual {\na: conv 3x3 2\nb: conv 3x3 2\n}"),
    many("residual { a: conv 3x3 2 }\nb: conv 3x3 2"),
  ] as const;

  test.each([
    [["--exit-code"], 1],
    [["--fail-on", "any"], 1],
    [["--fail-on", "numerics"], 1],
    [["--fail-on", "unproved"], 1],
  ])("what is not proved fails with %j", async (options, expected) => {
    const ignored = ["--ignore", "output-renamed", "--ignore-names"];
    const { exitCode } = await runIn(pair(...unproved), [...BOTH, ...options, ...ignored]);
    expect(exitCode).toBe(expected);
  });

  test.each(["text", "markdown", "html", "github", "json"])(
    "what is not proved is said as %s",
    async (format) => {
      const { stdout } = await runIn(pair(...unproved), [...BOTH, "--format", format]);
      expect(stdout).toMatch(/not.proved/);
      expect(stdout).not.toMatch(/no structural changes|computes the same:/);
    },
  );

  test("networks that are the same say so, and exit 0 whatever is asked", async () => {
    const folder = pair(TINY, TINY);
    const { exitCode, stdout } = await runIn(folder, [...BOTH, "--exit-code", "--fail-on", "any"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("no structural changes: 1 conv compared");
  });

  test.each(["text", "json", "unified", "markdown", "github", "html"])(
    "a side with errors is exit 3 and no comparison, as %s",
    async (format) => {
      const folder = pair(TINY, BROKEN);
      const { exitCode, stdout, stderr } = await runIn(folder, [...BOTH, "--format", format]);
      expect(exitCode).toBe(3);
      expect(stdout).toBe("");
      expect(stderr).toContain("has errors, so nothing was compared");
    },
  );

  test("a side that does not exist is exit 3", async () => {
    const { exitCode, stdout, stderr } = await runIn(pair(), ["diff", "base.incept", "no.incept"]);
    expect([exitCode, stdout]).toEqual([3, ""]);
    expect(stderr).toContain("no.incept does not exist");
  });
});

describe("what is compared", () => {
  test("a variant alone is compared with its base", async () => {
    const folder = createFolder({ "net.incept": VARIANT });
    const { exitCode, stdout } = await runIn(folder, ["diff", "net.incept:Wide"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Tiny → Wide");
    expect(stdout).toContain("output channels: 8 → 16");
  });

  test("the base of a variant may stand in a file that it imports", async () => {
    const text = 'import { Tiny } from "./tiny.incept"\nvariant Wide of Tiny {\n  width 2\n}\n';
    const folder = createFolder({ "tiny.incept": TINY, "net.incept": text });
    const { stdout, stderr } = await runIn(folder, ["diff", "net.incept"]);
    expect(stderr).toBe("");
    expect(stdout).toContain("output channels: 8 → 16");
  });

  test("a network that is no variant needs a second", async () => {
    const { exitCode, stderr } = await runIn(pair(), ["diff", "base.incept"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("Tiny is not a variant");
  });

  test("standard input is one side, and not both", async () => {
    const folder = pair();
    const { stdout } = await runIn(folder, ["diff", "-", "head.incept"], { stdin: TINY });
    expect(stdout).toContain("output channels: 8 → 12");
    expect((await runIn(folder, ["diff", "-", "-"], { stdin: TINY })).exitCode).toBe(2);
  });

  test("a preset is a specification that comes with inceptc", async () => {
    const folder = pair();
    const { exitCode, stdout } = await runIn(folder, [
      "diff",
      "preset:inception-v4",
      "preset:inception-v4:InceptionV4Timm",
    ]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("gamma added");
    const outside = await runIn(folder, ["diff", "preset:../package", "base.incept"]);
    expect(outside.exitCode).toBe(3);
  });

  test("an empty side is a network that was added or removed", async () => {
    const { stdout, exitCode } = await runIn(pair(), [
      "diff",
      "/dev/null",
      "head.incept",
      "--json",
    ]);
    expect(exitCode).toBe(0);
    const { base, findings, cost, weights } = JSON.parse(stdout);
    expect(base).toBeNull();
    expect(findings.map(({ id }: { id: string }) => id)).toEqual(["network-added"]);
    expect(cost.params.delta).toBeNull();
    expect(weights.verdict).toBe("none");
  });
});

describe("git", () => {
  function repository(): Repository {
    const created = createRepository({ "nets/net.incept": IMPORTING, "nets/stem.incept": MODULE });
    writeFileSync(join(created.folder, "nets/stem.incept"), MODULE.replace("3x3 8", "3x3 12"));
    return created;
  }

  test("a revision is read with the imports of that revision", async () => {
    const { folder, commit } = repository();
    const args = ["diff", "HEAD:nets/net.incept", "nets/net.incept"];
    const { stdout, exitCode, stderr } = await runIn(folder, args);
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("output channels: 8 → 12");
    const variant = 'import { Tiny } from "./net.incept"\nvariant Wide of Tiny {\n  width 2\n}\n';
    commit({ "nets/wide.incept": variant });
    const wide = await runIn(folder, ["diff", "HEAD:nets/wide.incept"]);
    expect(wide.stdout).toContain("Tiny → Wide");
    const named = await runIn(folder, [
      "diff",
      "main~1:nets/net.incept:Tiny",
      "HEAD~1:nets/net.incept",
    ]);
    expect(named.stdout).toContain("no structural changes");
  });

  test.each([
    "--output=stolen:nets/net.incept",
    "-c:nets/net.incept",
    "--upload-pack=touch stolen:nets/net.incept",
    "HEAD;touch stolen:nets/net.incept",
    "$(touch stolen):nets/net.incept",
    "HEAD\n--output=stolen:nets/net.incept",
    "HEAD:../../etc/passwd",
    "HEAD:/etc/passwd",
    "HEAD:nets/net.incept\nHEAD:x",
    "nowhere:nets/net.incept",
    "HEAD:nets/missing.incept",
    "HEAD:nets",
  ])("%j is refused, and nothing is done", async (side) => {
    const { folder } = repository();
    const { exitCode, stdout } = await runIn(folder, ["diff", "--", side, "nets/net.incept"]);
    expect([exitCode, stdout]).toEqual([3, ""]);
    expect(existsSync(join(folder, "stolen"))).toBe(false);
  });

  test("the diff driver shows every network of a file, and added and removed ones", async () => {
    const { folder } = repository();
    writeFileSync(join(folder, "old"), TINY);
    writeFileSync(join(folder, "new"), VARIANT.replace("3x3 8", "3x3 12"));
    const args = ["git-diff-driver", "net.incept", "old", "a", "100644", "new", "b", "100644"];
    const { stdout, exitCode, stderr } = await runIn(folder, args);
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Tiny → Tiny");
    expect(stdout).toContain("nothing → Wide");
    const gone = [...args.slice(0, 5), "/dev/null", ".", "."];
    expect((await runIn(folder, gone)).stdout).toContain("Tiny → nothing");
  });

  test("what the driver cannot compare it says, without ending git's list of files", async () => {
    const { folder } = repository();
    writeFileSync(join(folder, "old"), MODULE);
    writeFileSync(join(folder, "new"), BROKEN);
    const run = (one: string, other: string): ReturnType<typeof runIn> =>
      runIn(folder, ["git-diff-driver", "net.incept", one, "a", "100644", other, "b", "100644"]);
    const modules = await run("old", "old");
    expect([modules.exitCode, modules.stdout]).toEqual([
      0,
      "net.incept: not compared: it contains only modules\n",
    ]);
    const broken = await run("old", "new");
    expect([broken.exitCode, broken.stdout]).toEqual([
      0,
      "net.incept: not compared: net.incept has errors, so nothing was compared\n",
    ]);
    expect(broken.stderr).toContain("shape/");
  });

  test("git itself calls the driver", () => {
    const { folder, git } = repository();
    const root = join(import.meta.dirname, "../..");
    const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
    const driver = `'${process.execPath}' '${tsx}' '${join(root, "src/cli/bin.ts")}' git-diff-driver --stat`;
    writeFileSync(join(folder, ".gitattributes"), "*.incept diff=incept\n");
    const text = readFileSync(join(folder, "nets/net.incept"), "utf8");
    writeFileSync(
      join(folder, "nets/net.incept"),
      text.replace("classes: int = 10", "classes: int = 7"),
    );
    const out = git("-c", `diff.incept.command=${driver}`, "diff", "HEAD", "--", "nets/net.incept");
    expect(out).toContain("weights partial");
    const cmd = `${driver} "$MERGED" "$LOCAL" - - "$REMOTE" - -`;
    const shown = git(
      "-c",
      `difftool.incept.cmd=${cmd}`,
      "difftool",
      "--tool=incept",
      "-y",
      "HEAD",
    );
    expect(shown).toContain("weights partial");
    expect(shown).toContain("nets/stem.incept: not compared: it contains only modules");
  });
});

describe("findings that count", () => {
  test("approved fingerprints do not", async () => {
    const folder = pair();
    const { stdout } = await runIn(folder, [...BOTH, "--json"]);
    const approved = JSON.parse(stdout).findings.map(
      ({ fingerprint }: { fingerprint: string }) => ({
        fingerprint,
        reason: "wanted",
      }),
    );
    const write = (entries: readonly unknown[]): void =>
      writeFileSync(
        join(folder, "ok.json"),
        JSON.stringify({ formatVersion: 1, approved: entries }),
      );
    write(approved);
    const args = [...BOTH, "--approvals", "ok.json", "--exit-code"];
    const all = await runIn(folder, args);
    expect(all.exitCode).toBe(0);
    expect(all.stdout).toContain(`${approved.length} approved`);
    write(approved.slice(1));
    expect((await runIn(folder, args)).exitCode).toBe(1);
  });

  test("fingerprints are the same in another file and at another line", async () => {
    const fingerprints = async (folder: string): Promise<readonly string[]> => {
      const { stdout } = await runIn(folder, [...BOTH, "--json"]);
      return JSON.parse(stdout).findings.map(
        ({ fingerprint }: { fingerprint: string }) => fingerprint,
      );
    };
    const moved = pair(`// one\n\n${TINY}`, `\n\n\n// two\n${WIDER}`);
    expect(await fingerprints(moved)).toEqual(await fingerprints(pair()));
  });

  test.each([
    [["--only", "stem"], ["filters-changed"]],
    [["--only", "**.dense"], ["input-channels-changed"]],
    [["--exclude", "stem.*"], ["input-channels-changed"]],
    [["--ignore", "filters-changed"], ["input-channels-changed"]],
  ])("%j", async (options, ids) => {
    const { stdout } = await runIn(pair(), [...BOTH, "--json", ...options]);
    expect(JSON.parse(stdout).findings.map(({ id }: { id: string }) => id)).toEqual(ids);
  });

  test("renames are found, written as a map, and taken from one", async () => {
    const folder = pair(TINY, WIDER.replace("stem:", "trunk:"));
    const { stdout } = await runIn(folder, [...BOTH, "--json"]);
    const before = JSON.parse(stdout).findings.map(({ id }: { id: string }) => id);
    expect(before).toContain("block-removed");
    const map = { formatVersion: 1, map: { stem: "trunk" } };
    writeFileSync(join(folder, "map.json"), JSON.stringify(map));
    const hinted = await runIn(folder, [
      ...BOTH,
      "--json",
      "--map",
      "map.json",
      "--emit-map",
      "out.json",
    ]);
    const ids = JSON.parse(hinted.stdout).findings.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(["block-renamed", "filters-changed", "input-channels-changed"]);
    expect(JSON.parse(readFileSync(join(folder, "out.json"), "utf8"))).toEqual(map);
  });
});

describe("a label that says what it was called", () => {
  const headWith = (label: string): string => WIDER.replace("stem:", `${label}:`);

  test("is followed", async () => {
    const { stdout } = await runIn(pair(TINY, headWith("trunk was stem")), [...BOTH, "--json"]);
    const ids = JSON.parse(stdout).findings.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(["block-renamed", "filters-changed", "input-channels-changed"]);
  });

  test("is told of where it names nothing", async () => {
    const folder = pair(TINY, headWith("trunk was root"));
    const sentence = "note: trunk is declared as formerly root; base has neither\n";
    expect((await runIn(folder, BOTH)).stdout).toContain(sentence);
    expect((await runIn(folder, [...BOTH, "--format", "markdown"])).stdout).toContain(sentence);
  });
});

describe("forms", () => {
  test("json is what the published schema says", async () => {
    const schema = JSON.parse((await runIn(pair(), ["schema", "diff"])).stdout);
    const noted = pair(`defaults conv(bias=true)\n${TINY}`, TINY.replace("head:", "top was root:"));
    for (const args of [
      BOTH,
      ["diff", join(noted, "base.incept"), join(noted, "head.incept")],
      ["diff", "preset:inception-v4", "preset:inception-resnet-v2"],
      ["diff", "/dev/null", "base.incept"],
    ]) {
      const { stdout } = await runIn(pair(), [...args, "--json", "--all"]);
      expect(schemaErrors(schema, JSON.parse(stdout))).toEqual([]);
    }
  });

  test("markdown begins with the marker, and no name can break out of it", async () => {
    const { stdout } = await runIn(pair(), [...BOTH, "--format", "markdown"]);
    expect(stdout).toMatch(/^<!-- inceptc-diff -->\n### Tiny → Tiny\n\n\*\*\d findings?: /);
    expect(stdout).toContain("| ~ | weights | output channels: 8 → 12 | `stem.conv` |");
  });

  test("github annotates the line of head", async () => {
    const { stdout } = await runIn(pair(), [...BOTH, "--format", "github"]);
    expect(stdout).toMatch(
      /^::error file=head.incept,line=3,col=\d+,title=diff\/filters-changed::/,
    );
  });

  test("html is one page without anything to load", async () => {
    const { stdout } = await runIn(pair(), [...BOTH, "--format", "html"]);
    expect(stdout).toMatch(/^<!doctype html>/);
    expect(stdout).not.toMatch(/<script|<link|src=|https?:/);
    expect(stdout).toContain('<tr class="changed"');
  });

  test("unified lists both versions of a line", async () => {
    const { stdout } = await runIn(pair(), [...BOTH, "--format", "unified"]);
    expect(stdout).toContain("-  conv 3x3 8 /2\n+  conv 3x3 12 /2\n");
  });

  test("--stat is counts, --quiet nothing, --level tensors every tensor that does not fit", async () => {
    const folder = pair();
    expect((await runIn(folder, [...BOTH, "--stat"])).stdout).toMatch(
      /^1 finding: 1 weights; 1 consequence.*\nweights partial\nparameters \+/,
    );
    expect((await runIn(folder, [...BOTH, "--quiet"])).stdout).toBe("");
    expect((await runIn(folder, [...BOTH, "--quiet", "--json"])).stdout).not.toBe("");
    const tensors = await runIn(folder, [...BOTH, "--level", "tensors"]);
    expect(tensors.stdout).toMatch(/~ +stem\.conv\/kernel +3×3×3×8 → 3×3×3×12/);
  });

  test("every rule is listed with its class", async () => {
    const { stdout } = await runIn(pair(), ["rules"]);
    expect(stdout).toMatch(/^weights \(error\): /m);
    expect(stdout).toMatch(/^ {2}branch-order-changed /m);
  });
});
