/**
 * Compares every case of the corpus with the files beside it. `npm run test:update` rewrites them; a new case gets an
 * empty file for each output that it wants to pin down.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/compiler/index.ts";
import { findCases } from "./find-cases.ts";
import { EXPECTED_FILES, produce } from "./run-case.ts";

const isUpdate = process.env.UPDATE === "1";
if (isUpdate && process.env.CI) throw new Error("the corpus is never rewritten in CI");

const cases = findCases();

/** The file as expected; no text where there is none. */
function readExpected(folder: string, file: string): string {
  const path = join(folder, file);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

describe.each(cases)("$name", (one) => {
  const files = EXPECTED_FILES.filter(
    (file) => file === "diagnostics.txt" || existsSync(join(one.folder, file)),
  );
  it.each(files)("%s", async (file) => {
    const produced = await produce(one, file);
    if (isUpdate) {
      const path = join(one.folder, file);
      if (produced === "") rmSync(path, { force: true });
      else writeFileSync(path, produced);
    }
    expect(produced).toBe(readExpected(one.folder, file));
  });
});

describe("the corpus", () => {
  const findings = cases.map(({ folder }) => readExpected(folder, "diagnostics.txt")).join("");
  const covered = new Set(
    [...findings.matchAll(/^\S+:\d+:\d+ (?:error|warning|info) (\S+) /gm)].map((match) => match[1]),
  );

  it.each(Object.keys(catalogue))("has a case that gives %s", (code) => {
    expect(covered.has(code)).toBe(true);
  });
});
