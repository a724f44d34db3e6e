/** Tests what becomes of files that a process leaves half-written, and in which folders one can be made. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeFiles } from "../../src/node/write-files.ts";
import { createFolder } from "./support/run-in-folder.ts";

const STAGED_FILE = join(import.meta.dirname, "../../src/node/staged-file.ts");

/** Arguments of a process that stages the file and then does `rest`. */
const staging = (path: string, rest: string): readonly string[] => [
  "--import",
  "tsx",
  "--input-type=module",
  "--eval",
  `import { stageFile } from ${JSON.stringify(STAGED_FILE)};
  stageFile(${JSON.stringify(path)}, Buffer.from("half"));
  ${rest}`,
];

test("what a killed process left goes with the next write, whatever it writes", () => {
  const folder = createFolder({ "b.txt": "same" });
  const killed = staging(join(folder, "a.txt"), 'process.kill(process.pid, "SIGKILL");');
  expect(() => execFileSync(process.execPath, killed, { stdio: "ignore" })).toThrow();
  expect(readdirSync(folder)).toHaveLength(2);
  writeFiles(folder, [{ fileName: "b.txt", content: "same" }]);
  expect(readdirSync(folder)).toEqual(["b.txt"]);
});

test("files of a process that runs, of another machine and of others stay", async () => {
  const others = [".inceptc-elsewhere1-1-01234567-0123.new", ".inceptc-notes", "c.new"];
  const folder = createFolder(Object.fromEntries(others.map((name) => [name, "theirs"])));
  const running = spawn(
    process.execPath,
    staging(join(folder, "a.txt"), 'console.log("staged"); setInterval(() => {}, 1000);'),
  );
  await once(running.stdout, "data");
  const before = readdirSync(folder);
  expect(before).toHaveLength(4);
  writeFiles(folder, [{ fileName: "b.txt", content: "new" }]);
  expect(readdirSync(folder)).toEqual([...before, "b.txt"].sort());
  running.kill("SIGKILL");
  await once(running, "exit");
  writeFiles(folder, [{ fileName: "b.txt", content: "newer" }]);
  expect(readdirSync(folder)).toEqual([...others, "b.txt"].sort());
});

test("a file keeps its permissions", () => {
  const folder = createFolder();
  writeFileSync(join(folder, "a.txt"), "old", { mode: 0o600 });
  writeFiles(folder, [{ fileName: "a.txt", content: "new" }]);
  expect(statSync(join(folder, "a.txt")).mode & 0o777).toBe(0o600);
});

test("a name as long as the file system allows can be written", () => {
  const folder = createFolder();
  const fileName = `${"a".repeat(251)}.txt`;
  for (const content of ["old", "new"]) writeFiles(folder, [{ fileName, content }]);
  expect(readdirSync(folder)).toEqual([fileName]);
});

test("names that differ in case only are refused, as some file systems take them for one", () => {
  const folder = createFolder();
  const files = ["a.txt", "A.txt"].map((fileName) => ({ fileName, content: fileName }));
  expect(() => writeFiles(folder, files)).toThrow("A.txt would be written twice");
  expect(readdirSync(folder)).toEqual([]);
});

test.runIf(process.platform === "linux")("a folder in which none can be made is an error", () => {
  for (const folder of ["/proc/x", "/proc/x/y"]) {
    expect(() => writeFiles(folder, [{ fileName: "a.txt", content: "new" }])).toThrow(
      `${folder}/a.txt is in a folder that does not exist and cannot be made`,
    );
  }
});
