/** Tests what the process does where its output cannot be written, or is no longer read. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { BROKEN, createFolder, TINY } from "./support/run-in-folder.ts";

const BIN = join(import.meta.dirname, "../../src/cli/bin.ts");
const TSX = createRequire(import.meta.url).resolve("tsx");

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `inceptc`; a number in place of "pipe" is an open file. `onStdout` may close the pipe. */
async function run(
  folder: string,
  args: readonly string[],
  streams: readonly ["pipe" | number, "pipe" | number],
  isClosed = false,
): Promise<Ended> {
  const child = spawn(process.execPath, ["--import", TSX, BIN, ...args], {
    cwd: folder,
    stdio: ["ignore", ...streams],
  });
  const texts = ["", ""];
  [child.stdout, child.stderr].forEach((stream, index) => {
    if (isClosed && index === 0) stream?.destroy();
    stream?.on("data", (text) => {
      texts[index] += String(text);
    });
  });
  const [exitCode] = await once(child, "close");
  return { exitCode, stdout: texts[0] ?? "", stderr: texts[1] ?? "" };
}

describe.runIf(existsSync("/dev/full"))("a disk that is full", () => {
  const full = async (folder: string, args: readonly string[], stream: 0 | 1): Promise<Ended> => {
    const file = openSync("/dev/full", "w");
    try {
      return await run(folder, args, stream === 0 ? [file, "pipe"] : ["pipe", file]);
    } finally {
      closeSync(file);
    }
  };

  test.each([
    ["--help"],
    ["check", "--json", "a.incept"],
    ["compile", "a.incept", "--out", "-"],
    ["diff", "a.incept", "b.incept"],
  ])("is one line and exit code 3: %s %s", async (...args) => {
    const folder = createFolder({ "a.incept": TINY, "b.incept": TINY });
    expect(await full(folder, args, 0)).toEqual({
      exitCode: 3,
      stdout: "",
      stderr: "inceptc: standard output cannot be written: no space is left on the device\n",
    });
  });

  test("is exit code 3 where not even that can be said", async () => {
    const folder = createFolder({ "a.incept": TINY });
    expect(await full(folder, ["check", "a.incept"], 1)).toEqual({
      exitCode: 3,
      stdout: "",
      stderr: "",
    });
  });
});

test.each([
  ["a.incept", 0],
  ["broken.incept", 1],
])("a reader that went away changes no exit code: %s", async (name, exitCode) => {
  const folder = createFolder({ "a.incept": TINY, "broken.incept": BROKEN });
  const ended = await run(folder, ["check", "--json", name], ["pipe", "pipe"], true);
  expect(ended).toEqual({ exitCode, stdout: "", stderr: "" });
});

test("a watch ends once nobody reads it", async () => {
  const folder = createFolder({ "a.incept": TINY });
  const args = ["report", "--watch", "a.incept"];
  const { exitCode } = await run(folder, args, ["pipe", "pipe"], true);
  expect(exitCode).toBe(0);
});
