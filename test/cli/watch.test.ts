/** Tests --watch when files change, disappear and return, and when the user interrupts. */
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import {
  watch as fileWatch,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { BROKEN, createFolder, type RunResult, runIn, TINY } from "./support/run-in-folder.ts";

interface Watched {
  /** Resolves once standard error ends a run: `text` was printed after what was awaited before. */
  until(text: string): Promise<void>;
  /** Interrupts, and gives what was printed. */
  end(): Promise<RunResult>;
}

function watch(folder: string, args: readonly string[]): Watched {
  const controller = new AbortController();
  let unseen = "";
  let check = (): void => {};
  const result = runIn(folder, args, {
    signal: controller.signal,
    onStderr: (text) => {
      unseen += text;
      check();
    },
  });
  return {
    until: (text) =>
      new Promise((resolve) => {
        check = () => {
          const at = unseen.indexOf(text);
          if (at < 0) return;
          unseen = unseen.slice(at + text.length);
          check = () => {};
          resolve();
        };
        check();
      }),
    end: () => {
      controller.abort();
      return result;
    },
  };
}

describe("check --watch", () => {
  test("checks again when the file changes, and prints a line for it", async () => {
    const folder = createFolder({ "net.incept": TINY });
    const watched = watch(folder, ["check", "--watch", "net.incept"]);
    await watched.until("✓ net.incept: Tiny\nwatching 1 file; press Ctrl-C to stop\n");
    writeFileSync(join(folder, "net.incept"), BROKEN);
    await watched.until("net.incept changed\n");
    await watched.until("✗ 1 error\n");
    const { exitCode, stdout, stderr } = await watched.end();
    expect(exitCode).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).not.toContain("\u001b");
  });

  test("follows imports, also one that an editor replaces by renaming", async () => {
    const folder = createFolder({
      "net.incept": 'import { Part } from "./part.incept"\nnetwork N {\n  input 8x8x3\n  Part\n}\n',
      "part.incept": "module Part {\n  conv 3x3 8\n}\n",
    });
    const watched = watch(folder, ["check", "--watch", "net.incept"]);
    await watched.until("watching 2 files; press Ctrl-C to stop\n");
    writeFileSync(join(folder, "part.new"), "module Part {\n  conv 3x3 0\n}\n");
    renameSync(join(folder, "part.new"), join(folder, "part.incept"));
    await watched.until("part.incept changed\n");
    await watched.until("✗ 1 error\n");
    await watched.end();
  });

  test("waits for a file whose folders are missing, too", async () => {
    const folder = createFolder();
    const watched = watch(folder, ["check", "--watch", "a/b/net.incept"]);
    await watched.until("watching 1 file");
    const own = fileWatch(folder);
    const seen = once(own, "change");
    mkdirSync(join(folder, "a/b"), { recursive: true });
    // Every watcher has seen the folders before there is a file.
    await seen;
    await new Promise((resolve) => setImmediate(resolve));
    own.close();
    writeFileSync(join(folder, "a/b/net.incept"), TINY);
    await watched.until("✓ a/b/net.incept: Tiny\n");
    await watched.end();
  });

  test("does not wait for a pipe that takes the file's place", async () => {
    const folder = createFolder({ "net.incept": TINY });
    const watched = watch(folder, ["check", "--watch", "net.incept"]);
    await watched.until("watching 1 file");
    rmSync(join(folder, "net.incept"));
    execFileSync("mkfifo", [join(folder, "net.incept")]);
    await watched.until("net.incept is not a regular file\n");
    rmSync(join(folder, "net.incept"));
    writeFileSync(join(folder, "net.incept"), TINY);
    await watched.until("✓ net.incept: Tiny\n");
    await watched.end();
  });

  test("waits for a file that is missing or was deleted", async () => {
    const folder = createFolder();
    const watched = watch(folder, ["check", "--watch", "net.incept"]);
    await watched.until("net.incept does not exist");
    await watched.until("watching 1 file");
    writeFileSync(join(folder, "net.incept"), TINY);
    await watched.until("✓ net.incept: Tiny\n");
    rmSync(join(folder, "net.incept"));
    await watched.until("net.incept does not exist");
    const { exitCode } = await watched.end();
    expect(exitCode).toBe(3);
  });

  test("says nothing but errors with --quiet", async () => {
    const folder = createFolder({ "net.incept": BROKEN });
    const watched = watch(folder, ["check", "-q", "--watch", "net.incept"]);
    await watched.until("✗ 1 error\n");
    const { stderr } = await watched.end();
    expect(stderr).not.toContain("watching");
  });
});

test("compile --watch writes again when the file changes", async () => {
  const folder = createFolder({ "net.incept": TINY });
  const watched = watch(folder, ["compile", "--watch", "net.incept", "--out", "gen"]);
  await watched.until("watching 1 file");
  writeFileSync(join(folder, "net.incept"), TINY.replace("Tiny", "Other"));
  await watched.until("net.incept changed\n");
  writeFileSync(join(folder, "net.incept"), BROKEN);
  await watched.until("✗ 1 error\n");
  const { exitCode, stdout } = await watched.end();
  expect(exitCode).toBe(1);
  expect(stdout).toContain("gen/tiny.ts\n");
});

describe("graph --watch", () => {
  const MODULE = "module Pair { conv 3x3 8 -> conv 3x3 8 }\n";
  const NETWORK = "network Tiny {\n  input 8x8x3\n  body: Pair\n}\n";

  test("draws again when the file changes, also after the block to expand was away", async () => {
    const folder = createFolder({ "net.incept": MODULE + NETWORK });
    const args = ["graph", "--watch", "net.incept", "--expand", "body", "--out", "net.svg"];
    const watched = watch(folder, args);
    await watched.until("watching 1 file");
    writeFileSync(join(folder, "net.incept"), MODULE + NETWORK.replace("body", "trunk"));
    await watched.until("nothing at `body` to expand");
    writeFileSync(join(folder, "net.incept"), (MODULE + NETWORK).replaceAll("Tiny", "Other"));
    await watched.until("net.incept changed\n");
    writeFileSync(join(folder, "net.incept"), BROKEN);
    await watched.until("✗ 1 error\n");
    const { exitCode, stdout } = await watched.end();
    expect(exitCode).toBe(1);
    expect(stdout).toBe("net.svg\nnet.svg\n");
    expect(readFileSync(join(folder, "net.svg"), "utf8")).toContain("<title>Other</title>");
  });

  test.each([
    ["a comparison", ["--diff", "--out", "net.svg"], "a comparison cannot be watched"],
    ["standard output", [], "--watch needs a file to write to"],
  ])("is not for %s: exit code 2", async (_, args, message) => {
    const folder = createFolder({ "net.incept": MODULE + NETWORK });
    const { exitCode, stderr } = await runIn(folder, ["graph", "--watch", "net.incept", ...args]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe("report --watch", () => {
  const parts = "module Part { conv 3x3 8 }\n";
  const files = {
    "net.incept": 'import { Part } from "./part.incept"\nnetwork N {\n  input 8x8x3\n  Part\n}\n',
    "part.incept": parts,
  };

  test("reports again when an imported file changes, and waits where there are errors", async () => {
    const folder = createFolder(files);
    const watched = watch(folder, ["report", "--watch", "net.incept", "--stats"]);
    await watched.until("total");
    await watched.until("watching 2 files; press Ctrl-C to stop\n");
    writeFileSync(join(folder, "part.incept"), parts.replace("8", "0"));
    await watched.until("✗ 1 error\n");
    writeFileSync(join(folder, "part.incept"), parts.replace("8", "16"));
    await watched.until("total");
    writeFileSync(join(folder, "net.incept"), BROKEN);
    await watched.until("✗ 1 error\n");
    const { exitCode, stdout } = await watched.end();
    expect(exitCode).toBe(1);
    expect([...stdout.matchAll(/^N {2}8×8×3 → (.*)$/gm)].map(([, output]) => output)).toEqual([
      "8×8×8",
      "8×8×16",
    ]);
  });

  test("writes a file anew each time", async () => {
    const folder = createFolder(files);
    // The timings are printed when a run has written its file.
    const args = ["report", "--watch", "net.incept", "--json", "--out", "net.json", "--stats"];
    const watched = watch(folder, args);
    const read = (): unknown =>
      JSON.parse(readFileSync(join(folder, "net.json"), "utf8")).outputs[0].shape;
    await watched.until("total");
    expect(read()).toEqual([8, 8, 8]);
    writeFileSync(join(folder, "part.incept"), parts.replace("8", "16"));
    await watched.until("total");
    writeFileSync(join(folder, "part.incept"), parts.replace("8", "0"));
    await watched.until("✗ 1 error\n");
    expect((await watched.end()).stdout).toBe("net.json\nnet.json\n");
    expect(read()).toEqual([8, 8, 16]);
  });

  test.each([
    ["documents on standard output", ["--watch", "--json"], "one json document after another"],
    ["standard input", ["--watch", "-"], "standard input cannot be watched"],
  ])("is not for %s: exit code 2", async (_, args, message) => {
    const { exitCode, stderr } = await runIn(createFolder(files), [
      "report",
      "net.incept",
      ...args,
    ]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});

test("standard input cannot be watched: exit code 2", async () => {
  const { exitCode, stderr } = await runIn(createFolder(), ["check", "--watch", "-"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("standard input cannot be watched");
});
