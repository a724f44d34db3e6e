/** Reads one file up to a size limit and explains in words why a file cannot be read. */
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from "node:fs";

/** Source files hold at most this many bytes; the compiler's own limit on characters is lower or equal. */
export const MAX_SOURCE_BYTES = 16 * 1024 * 1024;

export type FileBytes =
  | { readonly bytes: Uint8Array }
  | { readonly problem: "not-found" }
  | { readonly problem: "not-readable"; readonly detail: string };

/** At most the first `maxBytes` bytes of a regular file. Never throws. */
export function readFileStart(path: string, maxBytes: number): FileBytes {
  return readOpened(path, false, (descriptor) => {
    const start = Buffer.alloc(maxBytes);
    return { bytes: start.subarray(0, readSync(descriptor, start, 0, maxBytes, 0)) };
  });
}

/**
 * The bytes of a regular file, or of a pipe or device where `allowStreams` says so. Never throws and never reads
 * more than the limit, whatever size the file claims.
 */
export function readFileBytes(
  path: string,
  options: { readonly maxBytes: number; readonly allowStreams: boolean },
): FileBytes {
  const { maxBytes, allowStreams } = options;
  return readOpened(path, allowStreams, (descriptor) => readAtMost(descriptor, maxBytes));
}

function readOpened(
  path: string,
  allowStreams: boolean,
  read: (descriptor: number) => FileBytes,
): FileBytes {
  let descriptor: number;
  try {
    // Opening a pipe that nobody writes to would wait for ever; only the input that the user named may do so.
    const flags = allowStreams ? 0 : constants.O_NONBLOCK;
    descriptor = openSync(path, constants.O_RDONLY | flags);
  } catch (error) {
    return openProblem(error);
  }
  try {
    const stats = fstatSync(descriptor);
    if (stats.isDirectory()) return { problem: "not-readable", detail: "is a folder, not a file" };
    if (!stats.isFile() && !allowStreams) {
      return { problem: "not-readable", detail: "is not a regular file" };
    }
    return read(descriptor);
  } catch (error) {
    return { problem: "not-readable", detail: reasonOf(error) };
  } finally {
    closeSync(descriptor);
  }
}

/** Whether there is a folder at `path`. Never throws. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** The sentence for an input that is larger than `maxBytes`. */
export function tooLarge(maxBytes: number): string {
  return `is larger than ${maxBytes.toLocaleString("en")} bytes, which is the limit`;
}

function readAtMost(descriptor: number, maxBytes: number): FileBytes {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(64 * 1024);
    const count = readSync(descriptor, chunk, 0, chunk.length, null);
    if (count === 0) return { bytes: Buffer.concat(chunks, total) };
    total += count;
    if (total > maxBytes) return { problem: "not-readable", detail: tooLarge(maxBytes) };
    chunks.push(chunk.subarray(0, count));
  }
}

function openProblem(error: unknown): FileBytes {
  const code = codeOf(error);
  if (code === "ENOENT" || code === "ENOTDIR") return { problem: "not-found" };
  return { problem: "not-readable", detail: reasonOf(error) };
}

/** The operating system's name for an error, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;
}

/** Why the operating system refused, in words; every sentence continues "the file …". */
export function reasonOf(error: unknown): string {
  switch (codeOf(error)) {
    case "EACCES":
    case "EPERM":
      return "may not be read or written: permission denied";
    case "ERR_INVALID_ARG_VALUE":
      return "has a zero byte in its name";
    case "ENOENT":
      return "is in a folder that does not exist and cannot be made";
    case "EISDIR":
      return "is a folder, not a file";
    case "ENOTDIR":
    case "EEXIST":
      return "would be inside a file, where a folder is needed";
    case "ELOOP":
      return "is a symbolic link that leads back to itself";
    case "ENAMETOOLONG":
      return "has a name longer than the file system allows";
    case "ENOSPC":
      return "cannot be written: no space is left on the device";
    case "EROFS":
      return "is on a read-only file system";
    case "EMFILE":
    case "ENFILE":
      return "cannot be opened: too many files are open";
    default:
      return `cannot be read or written (${codeOf(error) ?? String(error)})`;
  }
}
