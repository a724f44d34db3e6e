/** Tests names of files that git passes or keeps, and that could be taken for something else. */
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createRepository } from "./support/create-repository.ts";
import { createFolder, runIn, TINY } from "./support/run-in-folder.ts";

const WIDER = TINY.replace("3x3 8 /2", "3x3 12 /2");

describe("git's diff driver", () => {
  const hex = "0".repeat(40);
  const texts = ["old", hex, "100644", "new", hex, "100644"];

  test.each([
    [["-x.incept", ...texts]],
    [["--stat", "--help", ...texts]],
    [["--stat", "--", "-x.incept", ...texts]],
    [["a.incept", ...texts, "-x.incept", "similarity index 98%"]],
    [["-x.incept", ...texts, "--y.incept", "similarity index 98%"]],
  ])("takes a name that begins with a dash for a name: %j", async (args) => {
    const folder = createFolder({ old: TINY, new: WIDER });
    const { exitCode, stdout, stderr } = await runIn(folder, ["git-diff-driver", ...args]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("eights");
    expect(stdout).not.toContain("Usage");
  });

  test("still prints its help, and says of a file with conflicts that it is not compared", async () => {
    const help = await runIn(createFolder(), ["git-diff-driver", "--help"]);
    expect(help.stdout).toContain("Usage: inceptc git-diff-driver");
    const unmerged = await runIn(createFolder(), ["git-diff-driver", "a.incept"]);
    expect([unmerged.exitCode, unmerged.stdout]).toEqual([
      0,
      "a.incept: not compared: it is not merged yet\n",
    ]);
  });
});

describe("a path in a revision", () => {
  test("that is in a submodule is said to be", async () => {
    const inner = createRepository({ "a.incept": TINY });
    const { folder, git, commit } = createRepository({ "b.incept": TINY });
    git(
      "-c",
      "protocol.file.allow=always",
      "submodule",
      "--quiet",
      "add",
      inner.folder,
      "nets/sub",
    );
    commit({});
    for (const path of ["nets/sub/a.incept", "nets/sub"]) {
      const { exitCode, stderr } = await runIn(folder, ["diff", `HEAD:${path}`, "b.incept"]);
      expect(exitCode).toBe(3);
      expect(stderr).toBe(
        `inceptc: HEAD:${path} is in the submodule nets/sub, whose files belong to another repository\n`,
      );
    }
    const missing = await runIn(folder, ["diff", "HEAD:nets/a.incept", "b.incept"]);
    expect(missing.stderr).toContain("HEAD:nets/a.incept is not in that revision");
  });

  test.each(["../../etc/passwd", "/etc/passwd"])(
    "that leads out of it is a sentence: %s",
    async (path) => {
      const { folder } = createRepository({ "b.incept": TINY });
      const { exitCode, stderr } = await runIn(folder, ["diff", `HEAD:${path}`, "b.incept"]);
      expect(exitCode).toBe(3);
      expect(stderr).toMatch(/^inceptc: HEAD:\S*etc\/passwd is outside the repository\n$/);
    },
  );

  test("starts in a folder whose name ends with a space", async () => {
    const { folder, git, commit } = createRepository({ "a /net.incept": TINY });
    expect(git("rev-parse", "HEAD")).toMatch(/^[0-9a-f]+$/);
    commit({});
    const args = ["diff", "HEAD:./net.incept", "net.incept"];
    expect((await runIn(join(folder, "a "), args)).exitCode).toBe(0);
  });

  test("begins with a dash", async () => {
    const { folder } = createRepository({ "-x.incept": TINY });
    renameSync(join(folder, "-x.incept"), join(folder, "y.incept"));
    writeFileSync(join(folder, "y.incept"), WIDER);
    const { stdout } = await runIn(folder, ["diff", "HEAD:-x.incept", "y.incept"]);
    expect(stdout).toContain("Tiny → Tiny");
  });
});
