/** Writes output files atomically: all or none, each complete, none outside its folder. */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { reasonOf } from "./file-bytes.ts";
import { isInside, realPathOf } from "./root-directory.ts";

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

/** Compares one output file with what is in `folder`. Throws {@link WriteError} where its name leads out of the folder. */
export function compareFile(folder: string, file: OutputFile): FileState {
  const path = outputPath(folder, file.fileName);
  try {
    return readFileSync(path).equals(bytesOf(file)) ? "unchanged" : "changed";
  } catch {
    return existsSync(path) ? "changed" : "new";
  }
}

/**
 * Writes every file into `folder` (made where missing) and returns their paths in the same order. Files that hold
 * this already are left alone. A failure throws {@link WriteError} and leaves every file as it was.
 */
export function writeFiles(folder: string, files: readonly OutputFile[]): readonly string[] {
  const paths = files.map((file) => outputPath(folder, file.fileName));
  const duplicate = paths.find((path, index) => paths.indexOf(path) !== index);
  if (duplicate !== undefined) throw new WriteError(duplicate, "would be written twice");

  commitAll((add) => {
    files.forEach((file, index) => {
      const path = paths[index];
      if (path === undefined || compareFile(folder, file) === "unchanged") return;
      add(stage(path, bytesOf(file)));
    });
  });
  return paths;
}

/**
 * Writes new texts over files that exist, by absolute path, all or none; a symbolic link stays one, and a file keeps its
 * permissions. Throws {@link WriteError}.
 */
export function replaceFiles(texts: ReadonlyMap<string, string>): void {
  commitAll((add) => {
    for (const [path, text] of texts) {
      const file = attempt(path, () => realpathSync(path));
      const staged = stage(file, Buffer.from(text, "utf8"));
      add(staged);
      attempt(path, () => chmodSync(staged.temporary, statSync(file).mode));
    }
  });
}

/** Puts everything that `stageAll` adds in place, or leaves all as it was. */
function commitAll(stageAll: (add: (staged: Staged) => void) => void): void {
  const all: Staged[] = [];
  try {
    stageAll((staged) => {
      all.push(staged);
    });
    all.forEach(commit);
  } catch (error) {
    all.reverse().forEach(undo);
    throw error;
  }
  all.forEach(discardBackup);
}

/** A staged file: its bytes are in a file beside the target, ready to be renamed. */
interface Staged {
  readonly path: string;
  readonly temporary: string;
  readonly backup: string;
  isCommitted: boolean;
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

function stage(path: string, bytes: Uint8Array): Staged {
  // The global is loaded at its first use; node:crypto would be at the start of every command.
  const mark = crypto.randomUUID();
  const beside = (suffix: string): string =>
    join(dirname(path), `.${basename(path)}.${mark}.${suffix}`);
  const staged = { path, temporary: beside("new"), backup: beside("old"), isCommitted: false };
  return attempt(path, () => {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
      throw new WriteError(path, "is a folder: it cannot be replaced by a file");
    }
    mkdirSync(dirname(path), { recursive: true });
    try {
      writeFileSync(staged.temporary, bytes, { flag: "wx", flush: true });
    } catch (error) {
      rmSync(staged.temporary, { force: true });
      throw error;
    }
    return staged;
  });
}

/** Puts the new file in place by one rename; the old one stays reachable under its backup name until all are in place. */
function commit(staged: Staged): void {
  attempt(staged.path, () => {
    if (existsSync(staged.path)) keepOld(staged);
    renameSync(staged.temporary, staged.path);
    staged.isCommitted = true;
  });
}

function keepOld({ path, backup }: Staged): void {
  try {
    linkSync(path, backup);
  } catch {
    copyFileSync(path, backup);
  }
}

function undo(staged: Staged): void {
  if (staged.isCommitted) {
    if (existsSync(staged.backup)) renameSync(staged.backup, staged.path);
    else rmSync(staged.path, { force: true });
  }
  rmSync(staged.temporary, { force: true });
  rmSync(staged.backup, { force: true });
}

function discardBackup({ backup }: Staged): void {
  rmSync(backup, { force: true });
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof WriteError) throw error;
    throw new WriteError(path, reasonOf(error));
  }
}
