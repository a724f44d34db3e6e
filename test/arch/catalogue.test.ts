/** Checks that every diagnostic code is documented, used and named by the rules. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { catalogue } from "../../src/compiler/diagnostics/catalogue.ts";

const codes = Object.keys(catalogue);
const families = readdirSync("src/compiler/diagnostics/catalogue")
  .map((name) => name.replace(/\.ts$/, ""))
  .filter((name) => name !== "entry");

test("a code is its family and a few words", () => {
  for (const code of codes) expect(code).toMatch(/^[a-z]+\/[a-z0-9]+(-[a-z0-9]+)*$/);
});

test("every family has its own file, and every file its family", () => {
  const used = new Set(codes.map((code) => code.split("/")[0]));
  expect([...used].sort()).toEqual([...families].sort());
});

test("every code is reported somewhere in the compiler", () => {
  const text = execFileSync("grep", ["-rhoE", '"[a-z]+/[a-z0-9-]+"', "src/compiler"], {
    encoding: "utf8",
  });
  // Once where it is declared, and at least once more where it is reported.
  const count = (code: string): number => text.split(`"${code}"\n`).length - 1;
  expect(codes.filter((code) => count(code) < 2)).toEqual([]);
});

describe("documentation", () => {
  test("has a page for every code", () => {
    expect(codes.filter((code) => !existsSync(`docs/diagnostics/${code}.md`))).toEqual([]);
  });

  test("has no page for a code that does not exist", () => {
    const pages = families
      .filter((family) => existsSync(`docs/diagnostics/${family}`))
      .flatMap((family) =>
        readdirSync(`docs/diagnostics/${family}`).map(
          (name) => `${family}/${name.replace(/\.md$/, "")}`,
        ),
      );
    expect(pages.filter((page) => !codes.includes(page))).toEqual([]);
  });
});
