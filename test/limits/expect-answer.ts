/** What tests of limits share: a hostile text is answered with a finding or a usage error, briefly, and nothing is written. */
import { readdirSync } from "node:fs";
import { expect } from "vitest";
import { limitsWith } from "../../src/compiler/core/limits.ts";
import { createFolder, type RunResult, runIn, TINY } from "../cli/support/run-in-folder.ts";
import type { HostileCase } from "./hostile-cases.ts";

/** Most characters of an answer. */
const MAX_ANSWER = 100_000;

/** A mistake of inceptc's own would be exit code 4, and a stack in the text. */
function expectAnswered({ exitCode, stderr }: RunResult): void {
  expect([0, 1, 2, 3]).toContain(exitCode);
  expect(stderr).not.toMatch(/mistake of inceptc|^ {4}at |heap out of memory/m);
}

/** What `inceptc check` prints of the case. */
export function expectFinding(result: RunResult, { says, sooner }: HostileCase): void {
  expectAnswered(result);
  expect(result.stderr.length).toBeLessThan(MAX_ANSWER);
  if (says === undefined) {
    expect(result.stderr).toMatch(/^✓ main.incept/);
    return;
  }
  const said = says(limitsWith(sooner));
  // `main.incept:1:2 error CODE MESSAGE`
  const [first = ""] = result.stderr.split("\n");
  expect(first.replace(/^\S+ \w+ /, "").slice(0, said.length)).toBe(said);
  expect(result.exitCode).toBe(said.startsWith("lint/") ? 0 : 1);
}

/** Runs all commands but `check` on the case. */
export async function expectCommandsEnd({ files, sooner = {} }: HostileCase): Promise<void> {
  const folder = createFolder({ ...files(limitsWith(sooner)), "other.incept": TINY });
  const before = readdirSync(folder);
  for (const args of [
    ["report", "main.incept"],
    ["compile", "main.incept", "--out", "out", "--list-files"],
    ["graph", "main.incept"],
    ["fmt", "--check", "main.incept"],
    ["diff", "other.incept", "main.incept", "--stat"],
    ["diff", "main.incept", "main.incept", "--stat"],
  ]) {
    expectAnswered(await runIn(folder, [...args, ...limitOptions(sooner)]));
  }
  expect(readdirSync(folder)).toEqual(before);
}

/** `--limit name=value` for each. */
export function limitOptions(limits: HostileCase["sooner"] = {}): readonly string[] {
  return Object.entries(limits).flatMap(([name, value]) => ["--limit", `${name}=${value}`]);
}
