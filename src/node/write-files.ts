/** Writes output files atomically: all or none, each complete, none outside its folder. */
import { realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, resolve } from "node:path";
import { readFileBytes, readFileStart, reasonOf } from "./file-bytes.ts";
import { isInside, realPathOf } from "./root-directory.ts";
import {
  commitFile,
  discardBackup,
  removeLeftovers,
  type StagedFile,
  stageFile,
  stageStream,
  undoFile,
} from "./staged-file.ts";

/** One file to write. */
export interface OutputFile {
  /** Relative to the output folder. */
  readonly fileName: string;
  /** Text, which is written in UTF-8, or bytes. */
  readonly content: string | Uint8Array;
}

/** How an output file compares with the file on disk. */
export type FileState = "new" | "changed" | "unchanged";

/** Thrown when output cannot be written; nothing has changed on disk then. */
export class WriteError extends Error {
  override readonly name = "WriteError";
  /** Absolute. */
  readonly path: string;
  /** Continues a sentence that begins with the path. */
  readonly reason: string;

  constructor(path: string, reason: string) {
    super(`${path} ${reason}`);
    this.path = path;
    this.reason = reason;
  }
}

/** What {@link writeFiles} may do. */
export interface WriteOptions {
  /**
   * Whether a file may be replaced, by the first {@link START_BYTES} bytes of what it contains now; without it, every
   * file may.
   */
  readonly mayReplace?: (start: string) => boolean;
}

/** How much of a file is enough to say who wrote it. */
const START_BYTES = 4096;

/**
 * Compares one output file with what is in `folder`. Throws {@link WriteError} where its name leads out of the folder, or
 * belongs to something that is not a file.
 */
export function compareFile(folder: string, file: OutputFile): FileState {
  const path = outputPath(folder, file.fileName);
  if (!requireReplaceable(path)) return "new";
  const bytes = bytesOf(file);
  const current = readFileBytes(path, { maxBytes: bytes.length, allowStreams: false });
  return "bytes" in current && Buffer.compare(current.bytes, bytes) === 0 ? "unchanged" : "changed";
}

/**
 * Writes every file into `folder` (made where missing) and returns their paths in the same order. Files that hold
 * this already are left alone. A failure throws {@link WriteError} and leaves every file as it was.
 */
export function writeFiles(
  folder: string,
  files: readonly OutputFile[],
  { mayReplace = () => true }: WriteOptions = {},
): readonly string[] {
  const paths = files.map((file) => outputPath(folder, file.fileName));
  requireDifferent(paths);
  for (const each of new Set(paths.map((path) => dirname(path)))) removeLeftovers(each);
  commitAll((add) => {
    files.forEach((file, index) => {
      const path = paths[index];
      const state = compareFile(folder, file);
      if (path === undefined || state === "unchanged") return;
      if (state === "changed" && !mayReplace(startOf(path))) {
        throw new WriteError(path, FOREIGN);
      }
      add(stage(path, bytesOf(file)));
    });
  });
  return paths;
}

/**
 * Writes one file whose bytes are made while they are written, by absolute path. A failure, of the disk or of what makes the
 * bytes, leaves everything as it was; of the disk it is a {@link WriteError}.
 */
export async function writeStream(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  { mayReplace = () => true }: WriteOptions = {},
): Promise<void> {
  removeLeftovers(dirname(path));
  if (requireReplaceable(path) && !mayReplace(startOf(path))) throw new WriteError(path, FOREIGN);
  let madeBytes = true;
  const noting = async function* () {
    const iterator = pieces[Symbol.asyncIterator]();
    for (;;) {
      madeBytes = false;
      const next = await iterator.next();
      madeBytes = true;
      if (next.done) return;
      yield next.value;
    }
  };
  const staged = await stageStream(path, noting()).catch((error) => {
    // What the bytes are made of failed, not the disk.
    if (!madeBytes) throw error;
    throw new WriteError(path, reasonOf(error));
  });
  commitAll((add) => add(staged));
}

/** The reason of a {@link WriteError} for a file that `mayReplace` protects. */
export const FOREIGN = "exists, and inceptc did not write it";

/**
 * Writes new texts over files that exist, by absolute path, all or none; a symbolic link stays one, and a file keeps its
 * permissions. Throws {@link WriteError}.
 */
export function replaceFiles(texts: ReadonlyMap<string, string>): void {
  const files = new Map(
    [...texts].map(([path, text]) => [attempt(path, () => realpathSync(path)), text] as const),
  );
  for (const each of new Set([...files.keys()].map((path) => dirname(path)))) removeLeftovers(each);
  commitAll((add) => {
    for (const [path, text] of files) {
      requireReplaceable(path);
      add(stage(path, Buffer.from(text, "utf8")));
    }
  });
}

/** Puts everything that `stageAll` adds in place, or leaves all as it was. */
function commitAll(stageAll: (add: (staged: StagedFile) => void) => void): void {
  const all: StagedFile[] = [];
  try {
    stageAll((staged) => {
      all.push(staged);
    });
    for (const staged of all) attempt(staged.path, () => commitFile(staged));
  } catch (error) {
    all.reverse().forEach(undoFile);
    throw error;
  }
  all.forEach(discardBackup);
}

function bytesOf({ content }: OutputFile): Uint8Array {
  return typeof content === "string" ? Buffer.from(content, "utf8") : content;
}

function outputPath(folder: string, fileName: string): string {
  const path = resolve(folder, fileName);
  const leavesFolder =
    fileName === "" ||
    fileName.includes("\0") ||
    isAbsolute(fileName) ||
    path === resolve(folder) ||
    !isInside(realPathOf(folder), realPathOf(dirname(path)));
  if (leavesFolder) throw new WriteError(path, `is outside ${folder}`);
  return path;
}

/** Also on a file system that takes `A.ts` and `a.ts` for one name, two outputs are two files. */
function requireDifferent(paths: readonly string[]): void {
  const folded = paths.map((path) => path.normalize("NFC").toLowerCase());
  const duplicate = paths.find((_, index) => folded.indexOf(folded[index] ?? "") !== index);
  if (duplicate !== undefined) throw new WriteError(duplicate, "would be written twice");
}

/** False where there is nothing; a folder, a pipe or a device would not survive a rename onto its name. */
function requireReplaceable(path: string): boolean {
  const stats = attempt(path, () => statSync(path, { throwIfNoEntry: false }));
  if (stats === undefined || stats.isFile()) return stats !== undefined;
  const what = stats.isDirectory() ? "is a folder" : "is not a regular file";
  throw new WriteError(path, `${what}: it cannot be replaced by a file`);
}

function startOf(path: string): string {
  const start = readFileStart(path, START_BYTES);
  if ("bytes" in start) return Buffer.from(start.bytes).toString("utf8");
  throw new WriteError(path, "detail" in start ? start.detail : "does not exist");
}

function stage(path: string, bytes: Uint8Array): StagedFile {
  return attempt(path, () => stageFile(path, bytes));
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof WriteError) throw error;
    throw new WriteError(path, reasonOf(error));
  }
}
