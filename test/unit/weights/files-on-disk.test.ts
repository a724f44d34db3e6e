/** Tests that checkpoints on disk are read in ranges, and that what is no file beside them is refused. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { filesOnDisk } from "../../../src/weights/node/files-on-disk.ts";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "inceptc-weights-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test("reads ranges of a file, and of those beside it", async () => {
  const path = folder();
  writeFileSync(join(path, "a.bin"), Uint8Array.from([1, 2, 3, 4]));
  writeFileSync(join(path, "b.bin"), Uint8Array.from([5, 6]));
  const files = await filesOnDisk(join(path, "a.bin"));
  onTestFinished(() => files.close());
  expect(files.main.size).toBe(4);
  expect(await files.main.read(1, 3)).toEqual(Uint8Array.from([2, 3]));
  expect(await (await files.beside("b.bin"))?.read(0, 2)).toEqual(Uint8Array.from([5, 6]));
  expect(await files.beside("missing.bin")).toBeUndefined();
});

test("refuses names that lead out of the folder", async () => {
  const path = folder();
  writeFileSync(join(path, "a.bin"), "");
  const files = await filesOnDisk(join(path, "a.bin"));
  onTestFinished(() => files.close());
  for (const name of [
    "../a.bin",
    "/etc/passwd",
    "x/../../a.bin",
    "",
    "C:\\a.bin",
    "..\\a.bin",
    "a\0",
  ]) {
    await expect(files.beside(name)).rejects.toThrow(/names a file outside its folder/);
  }
});

test("says what is wrong with a path", async () => {
  const path = folder();
  mkdirSync(join(path, "folder"));
  execFileSync("mkfifo", [join(path, "pipe")]);
  await expect(filesOnDisk(join(path, "none"))).rejects.toThrow(/none does not exist/);
  await expect(filesOnDisk(join(path, "folder"))).rejects.toThrow(/folder is not a regular file/);
  await expect(filesOnDisk(join(path, "pipe"))).rejects.toThrow(/pipe is not a regular file/);
});

test("says that a file became shorter, and which bytes are not there", async () => {
  const path = join(folder(), "a.bin");
  writeFileSync(path, Uint8Array.from([1, 2, 3, 4]));
  const { main, close } = await filesOnDisk(path);
  onTestFinished(close);
  await expect(main.read(2, 9)).rejects.toThrow(
    /bytes 2 to 9 are not in the file, which has 4 bytes/,
  );
  truncateSync(path, 1);
  await expect(main.read(0, 4)).rejects.toThrow(/became shorter/);
});
