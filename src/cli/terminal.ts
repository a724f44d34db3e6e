/** Wraps the process for commands: streams, environment and working folder; commands use nothing else of it. */
import { writeSync } from "node:fs";
import { codeOf, reasonOf } from "../node/file-bytes.ts";
import { EXIT_CODES } from "./exit-codes.ts";

export interface OutputStream {
  write(text: string): void;
  readonly isTty: boolean;
}

/** A stream that takes text, which it writes in UTF-8, or bytes, which it writes as they are. */
export interface ByteStream extends OutputStream {
  write(content: string | Uint8Array): void;
}

export interface Terminal {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: ByteStream;
  readonly stderr: OutputStream;
  readonly stdinIsTty: boolean;
  /** All of standard input, or more than `maxBytes` of it where there is more. */
  readStdin(maxBytes: number): Promise<Uint8Array>;
  /**
   * Aborts when the user asks the process to end (Ctrl-C). After the first call, Ctrl-C no longer ends the process by
   * itself.
   */
  interruption(): AbortSignal;
}

/**
 * The terminal that this process runs in. A reader that goes away (`| head`) is no error: the command ends as it would have,
 * and `--watch` ends. A stream that cannot be written for another reason ends the process with exit code 3.
 */
export function createProcessTerminal(): Terminal {
  const unread = new AbortController();
  const onGone = (): void => unread.abort();
  return {
    cwd: process.cwd(),
    env: process.env,
    stdout: toOutputStream("standard output", () => process.stdout, onGone),
    stderr: toOutputStream("standard error", () => process.stderr, onGone),
    get stdinIsTty() {
      return process.stdin.isTTY === true;
    },
    readStdin,
    interruption: () => {
      const controller = new AbortController();
      for (const signal of ["SIGINT", "SIGTERM"] as const) {
        process.once(signal, () => controller.abort());
      }
      return AbortSignal.any([controller.signal, unread.signal]);
    },
  };
}

/** Node makes each stream when it is first asked for, which takes time; most commands use one of the three. */
function toOutputStream(
  name: string,
  open: () => NodeJS.WriteStream,
  onGone: () => void,
): ByteStream {
  let opened: NodeJS.WriteStream | undefined;
  let isGone = false;
  const fail = (error: unknown): void => {
    if (codeOf(error) !== "EPIPE") endUnwritable(name, error);
    isGone = true;
    onGone();
  };
  const stream = (): NodeJS.WriteStream => {
    opened ??= open().on("error", fail);
    return opened;
  };
  return {
    write: (content) => {
      if (isGone) return;
      try {
        stream().write(content);
      } catch (error) {
        // A stream to a file throws; the others report later.
        fail(error);
      }
    },
    get isTty() {
      return stream().isTTY === true;
    },
  };
}

/** What was to be said can no longer be; a command that went on would look like one that succeeded. */
function endUnwritable(name: string, error: unknown): never {
  try {
    writeSync(2, `inceptc: ${name} ${reasonOf(error)}\n`);
  } catch {
    // Standard error is no better; the exit code says it.
  }
  process.exit(EXIT_CODES.unreadable);
}

async function readStdin(maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    total += bytes.length;
    if (total > maxBytes) break;
  }
  return Buffer.concat(chunks, total);
}
