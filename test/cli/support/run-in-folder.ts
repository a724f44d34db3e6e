/** Runs the command line in this process, in a folder of its own, and captures its streams. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { runCli } from "../../../src/cli/main.ts";
import type { Terminal } from "../../../src/cli/terminal.ts";

export interface RunOptions {
  readonly env?: Terminal["env"];
  readonly stdin?: string | Uint8Array;
  readonly isTty?: boolean;
  readonly signal?: AbortSignal;
  /** Sees what is written to standard error, as it is. */
  readonly onStderr?: (text: string) => void;
}

export interface RunResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A new folder with the files in it; it vanishes when the test ends. */
export function createFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "inceptc-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return folder;
}

/** Runs `inceptc` with the arguments, as if started in `folder`. */
export async function runIn(
  folder: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  return inTerminal(folder, options, (terminal) => runCli(args, terminal));
}

/** Runs a program in a terminal of its own, and gives what it printed. */
export async function inTerminal(
  folder: string,
  options: RunOptions,
  run: (terminal: Terminal) => Promise<number>,
): Promise<RunResult> {
  const out: Uint8Array[] = [];
  const err: string[] = [];
  const isTty = options.isTty ?? false;
  const exitCode = await run({
    cwd: folder,
    env: options.env ?? {},
    stdout: { isTty, write: (content) => out.push(Buffer.from(content)) },
    stderr: {
      isTty,
      write: (text) => {
        err.push(text);
        options.onStderr?.(text);
      },
    },
    stdinIsTty: false,
    readStdin: async () => Buffer.from(options.stdin ?? ""),
    interruption: () => options.signal ?? new AbortController().signal,
  });
  return { exitCode, stdout: Buffer.concat(out).toString("utf8"), stderr: err.join("") };
}

/** A network without a fault. */
export const TINY = `network Tiny(classes: int = 10) {
  input 32x32x3
  stem: conv 3x3 8 /2 -> maxpool 3x3 /2
  head: globalavgpool -> dense classes -> softmax
}
`;

/** A network whose branches do not fit together: one error. */
export const BROKEN = `network Broken {
  input 32x32x3
  both: concat {
    | conv 3x3 8 /2
    | conv 3x3 8
  }
}
`;
