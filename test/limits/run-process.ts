/** Runs `inceptc` as a process of its own, with little memory. */
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { RunResult } from "../cli/support/run-in-folder.ts";
import { REPOSITORY } from "../support/checked-networks.ts";

const TSX = createRequire(import.meta.url).resolve("tsx");

/** As the tests of limits run themselves (vitest.config.ts). */
const HEAP_MEGABYTES = 768;

export function runProcess(folder: string, args: readonly string[]): Promise<RunResult> {
  const bin = join(REPOSITORY, "src/cli/bin.ts");
  const node = [`--max-old-space-size=${HEAP_MEGABYTES}`, "--import", TSX, bin];
  return new Promise((resolve) => {
    execFile(process.execPath, [...node, ...args], { cwd: folder }, (error, stdout, stderr) => {
      const { code = 0 } = error ?? {};
      resolve({ exitCode: typeof code === "number" ? code : -1, stdout, stderr });
    });
  });
}
