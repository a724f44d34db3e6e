/** Wraps the process for commands: streams, environment and working folder; commands use nothing else of it. */

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

/** The terminal that this process runs in. A reader that goes away (`| head`) ends the process quietly. */
export function createProcessTerminal(): Terminal {
  return {
    cwd: process.cwd(),
    env: process.env,
    stdout: toOutputStream(() => process.stdout),
    stderr: toOutputStream(() => process.stderr),
    get stdinIsTty() {
      return process.stdin.isTTY === true;
    },
    readStdin,
    interruption: () => {
      const controller = new AbortController();
      for (const signal of ["SIGINT", "SIGTERM"] as const) {
        process.once(signal, () => controller.abort());
      }
      return controller.signal;
    },
  };
}

/** Node makes each stream when it is first asked for, which takes time; most commands use one of the three. */
function toOutputStream(open: () => NodeJS.WriteStream): ByteStream {
  let opened: NodeJS.WriteStream | undefined;
  const stream = (): NodeJS.WriteStream => {
    opened ??= open().on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit();
      throw error;
    });
    return opened;
  };
  return {
    write: (content) => {
      stream().write(content);
    },
    get isTty() {
      return stream().isTTY === true;
    },
  };
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
