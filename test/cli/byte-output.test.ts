/** Checks that a target may make bytes: they are written, printed and compared as they are. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it, vi } from "vitest";
import { runCli } from "../../src/cli/main.ts";
import { targetNamed } from "../../src/compiler/emit/targets.ts";
import { createFolder, inTerminal, runIn, TINY } from "./support/run-in-folder.ts";

/** No text in UTF-8, with a zero in it. */
const BYTES = new Uint8Array([0x08, 0x00, 0xff, 0xfe, 0x0a]);

beforeEach(() => {
  const spy = vi
    .spyOn(targetNamed("ir"), "emit")
    .mockResolvedValue({ value: [{ fileName: "tiny.bin", content: BYTES }], diagnostics: [] });
  return () => spy.mockRestore();
});

it("writes bytes as they are, and sees when they are out of date", async () => {
  const folder = createFolder({ "tiny.incept": TINY });
  const args = ["compile", "tiny.incept", "--target", "ir", "--out", "out"];
  expect(await runIn(folder, args)).toMatchObject({ exitCode: 0, stdout: "out/tiny.bin\n" });
  const path = join(folder, "out/tiny.bin");
  expect([...readFileSync(path)]).toEqual([...BYTES]);
  expect(await runIn(folder, [...args, "--check"])).toMatchObject({ exitCode: 0, stdout: "" });
  writeFileSync(path, BYTES.with(2, 0xfe));
  expect(await runIn(folder, [...args, "--check"])).toMatchObject({
    exitCode: 1,
    stdout: "out/tiny.bin\n",
  });
  expect((await runIn(folder, [...args, "--dry-run"])).stdout).toBe("changed   out/tiny.bin\n");
});

it("prints bytes as they are to a program, and none to a terminal", async () => {
  const folder = createFolder({ "tiny.incept": TINY });
  const args = ["compile", "tiny.incept", "--target", "ir", "--out", "-"];
  const written: Uint8Array[] = [];
  const printed = await inTerminal(folder, {}, (terminal) =>
    runCli(args, {
      ...terminal,
      stdout: { isTty: false, write: (content) => written.push(Buffer.from(content)) },
    }),
  );
  expect(printed.exitCode).toBe(0);
  expect([...Buffer.concat(written)]).toEqual([...BYTES]);
  const shown = await runIn(folder, args, { isTty: true });
  expect(shown).toMatchObject({ exitCode: 2, stdout: "" });
  expect(shown.stderr).toContain("tiny.bin is not text, and standard output is a terminal");
});
