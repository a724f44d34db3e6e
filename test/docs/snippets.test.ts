import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readRepositoryFile } from "../../scripts/derived-file.ts";
import { deriveCostPage } from "../../scripts/docs/derive-cost-page.ts";
import { deriveOperatorPages } from "../../scripts/docs/derive-operator-pages.ts";
import { derivePaperVsCode } from "../../scripts/docs/derive-paper-vs-code.ts";
import { deriveTargets } from "../../scripts/docs/derive-targets.ts";
import { check, renderDiagnostics } from "../../src/compiler/index.ts";
import { createMemoryHost } from "../support/memory-host.ts";
import { readSnippets } from "./read-snippets.ts";

const pages = [
  ...readSnippets("docs/language"),
  ...readSnippets("docs/ops"),
  ...readSnippets("docs/cookbook"),
  ...readSnippets("docs/README.md"),
];

/** What `inceptc init` copies, which pages of the cookbook import. */
const TEMPLATES = Object.fromEntries(
  readdirSync("specs", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".incept"))
    .map((path) => [path, readFileSync(join("specs", path), "utf8")]),
);

describe.each(pages.flatMap((snippets) => snippets.map((snippet) => ({ ...snippet, snippets }))))(
  "$place",
  ({ text, codes, snippets }) => {
    it(codes.length === 0 ? "is clean" : `gives ${codes.join(" and ")}`, () => {
      const files = snippets.flatMap((one) => (one.fileName ? [[one.fileName, one.text]] : []));
      const host = createMemoryHost({
        ...TEMPLATES,
        ...Object.fromEntries(files),
        "snippet.incept": text,
      });
      const { diagnostics } = check({ path: "snippet.incept", host });
      const found = [...new Set(diagnostics.map(({ code }) => code))].sort();
      expect(found, renderDiagnostics(diagnostics)).toEqual([...codes].sort());
    });
  },
);

describe("pages derived from the compiler", () => {
  it.each([...deriveOperatorPages(), deriveCostPage(), derivePaperVsCode(), deriveTargets()])(
    "$path is what `npm run generate:docs` writes",
    (file) => {
      expect(readRepositoryFile(file.path)).toBe(file.text);
    },
  );
});
