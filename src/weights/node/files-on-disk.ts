/** Checkpoints on disk: files that are read in ranges and stay open until they are closed. */
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { reasonOf } from "../../node/file-bytes.ts";
import {
  type ByteSource,
  type CheckpointFiles,
  checkRange,
  safeRelativeName,
} from "../byte-source.ts";
import { CheckpointError } from "../checkpoint-error.ts";

export interface OpenFiles extends CheckpointFiles {
  /** Closes every file that was opened; reading ends with an error then. */
  close(): Promise<void>;
}

/**
 * Opens the file at `path`; those beside it when they are asked for. Rejects with a {@link CheckpointError} where it is
 * missing, no regular file, or may not be read. Errors call it `name`.
 */
export async function filesOnDisk(path: string, name = path): Promise<OpenFiles> {
  const handles: FileHandle[] = [];
  const openSource = async (file: string, name: string): Promise<ByteSource | undefined> => {
    const handle = await openRegular(file, name);
    if (handle !== undefined) handles.push(handle);
    return handle && sourceOf(handle, name);
  };
  const close = async () => {
    await Promise.all(handles.splice(0).map((handle) => handle.close()));
  };
  const main = await openSource(path, name).catch(async (error) => {
    await close();
    throw error;
  });
  if (main === undefined) throw new CheckpointError({ file: name }, "does not exist");
  return {
    main,
    beside: async (name) => {
      const file = join(dirname(path), safeRelativeName(basename(path), name));
      return openSource(file, file);
    },
    close,
  };
}

/** Undefined where there is no such file. Opening a pipe does not wait for somebody to write to it. */
async function openRegular(path: string, name: string): Promise<FileHandle | undefined> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = await handle.stat();
    if (stats.isFile()) return handle;
    await handle.close();
  } catch (error) {
    await handle?.close();
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new CheckpointError({ file: name }, reasonOf(error));
  }
  throw new CheckpointError({ file: name }, "is not a regular file");
}

function sourceOf(handle: FileHandle, name: string): Promise<ByteSource> {
  return handle.stat().then(({ size }) => ({
    name,
    size,
    async read(start, end) {
      checkRange({ name, size }, start, end);
      const bytes = new Uint8Array(end - start);
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await handle.read(
          bytes,
          filled,
          bytes.length - filled,
          start + filled,
        );
        if (bytesRead === 0) {
          throw new CheckpointError(
            { file: name, bytes: [start, end] },
            "became shorter while they were read",
          );
        }
        filled += bytesRead;
      }
      return bytes;
    },
  }));
}
