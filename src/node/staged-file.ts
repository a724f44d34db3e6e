/**
 * One output file on its way: its bytes are first written beside the target, then put in place by a rename.
 *
 * A process that is killed in between leaves files behind. Their names say which process made them, so that a later one can
 * remove them without touching those of a process that still runs.
 */
import {
  chmodSync,
  copyFileSync,
  linkSync,
  lstatSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { codeOf } from "./file-bytes.ts";
import { makeFolder } from "./make-folder.ts";

/** A file whose bytes lie beside the target, ready to be renamed. */
export interface StagedFile {
  readonly path: string;
  readonly temporary: string;
  /** Where the former file stays reachable until all files are in place. */
  readonly backup: string;
  isCommitted: boolean;
}

/** Writes the bytes beside `path`, with the permissions of the file that they replace. Throws what the file system throws. */
export function stageFile(path: string, bytes: Uint8Array): StagedFile {
  const staged = placeBeside(path);
  try {
    writeFileSync(staged.temporary, bytes, { flag: "wx", flush: true });
    keepMode(staged);
    return staged;
  } catch (error) {
    undoFile(staged);
    throw error;
  }
}

/** The same for bytes that are made while they are written. */
export async function stageStream(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
): Promise<StagedFile> {
  const staged = placeBeside(path);
  try {
    const handle = await open(staged.temporary, "wx");
    try {
      for await (const piece of pieces) await handle.writeFile(piece);
      await handle.sync();
    } finally {
      await handle.close();
    }
    keepMode(staged);
    return staged;
  } catch (error) {
    undoFile(staged);
    throw error;
  }
}

function placeBeside(path: string): StagedFile {
  const folder = dirname(path);
  makeFolder(folder);
  // The global is loaded at its first use; node:crypto would be at the start of every command.
  const mark = `${PREFIX}${machine()}-${process.pid}-${crypto.randomUUID().slice(0, 13)}`;
  return {
    path,
    temporary: join(folder, `${mark}.new`),
    backup: join(folder, `${mark}.old`),
    isCommitted: false,
  };
}

function keepMode({ path, temporary }: StagedFile): void {
  const former = statSync(path, { throwIfNoEntry: false });
  if (former !== undefined) chmodSync(temporary, former.mode);
}

/** Puts the new file in place by one rename. */
export function commitFile(staged: StagedFile): void {
  const { path, backup, temporary } = staged;
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) keepFormer(path, backup);
  renameSync(temporary, path);
  staged.isCommitted = true;
}

function keepFormer(path: string, backup: string): void {
  try {
    linkSync(path, backup);
  } catch {
    copyFileSync(path, backup);
  }
}

/** Leaves the target as it was before {@link stageFile}. */
export function undoFile({ path, temporary, backup, isCommitted }: StagedFile): void {
  if (isCommitted) {
    if (lstatSync(backup, { throwIfNoEntry: false })) renameSync(backup, path);
    else rmSync(path, { force: true });
  }
  rmSync(temporary, { force: true });
  rmSync(backup, { force: true });
}

/** Ends what {@link commitFile} began. */
export function discardBackup({ backup }: StagedFile): void {
  rmSync(backup, { force: true });
}

const PREFIX = ".inceptc-";

/** Removes what processes of this machine left in the folder when they were killed. Never throws. */
export function removeLeftovers(folder: string): void {
  const pattern = new RegExp(`^\\${PREFIX}${machine()}-(\\d+)-[0-9a-f-]{13}\\.(?:new|old)$`);
  try {
    for (const name of readdirSync(folder)) {
      const pid = pattern.exec(name)?.[1];
      if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(folder, name), { force: true });
    }
  } catch {
    // The folder does not exist yet, or may not be listed; what matters is that the files get written.
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== "ESRCH";
  }
}

/** Where a process id means what it means here: on this host and, on Linux, in this container. */
function machine(): string {
  const host = hostname().replace(/\W/g, "").slice(0, 24);
  try {
    return `${host}${readlinkSync("/proc/self/ns/pid").replace(/\D/g, "")}`;
  } catch {
    return host;
  }
}
