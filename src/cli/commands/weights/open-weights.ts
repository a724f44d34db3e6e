/** Opens a checkpoint for a command, and turns what is wrong with it into a failure of the command line. */
import { resolve } from "node:path";
import { type Checkpoint, CheckpointError, openCheckpoint } from "../../../weights/index.ts";
import { filesOnDisk } from "../../../weights/node/index.ts";
import { EXIT_CODES } from "../../exit-codes.ts";
import { Failure } from "../../failure.ts";
import type { Terminal } from "../../terminal.ts";

/** Runs `use` while the checkpoint's files are open. Throws a {@link Failure} (exit code 3) for what cannot be read. */
export async function withCheckpoint<Result>(
  file: string,
  { cwd }: Terminal,
  use: (checkpoint: Checkpoint) => Promise<Result>,
): Promise<Result> {
  return failOnBadCheckpoint(async () => {
    const files = await filesOnDisk(resolve(cwd, file), file);
    try {
      return await use(await openCheckpoint(files));
    } finally {
      await files.close();
    }
  });
}

/** Runs `read`; a {@link CheckpointError} becomes a {@link Failure}. */
export async function failOnBadCheckpoint<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    throw new Failure(EXIT_CODES.unreadable, error.message, error.help);
  }
}
