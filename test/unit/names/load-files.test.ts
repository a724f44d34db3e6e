import { describe, expect, it } from "vitest";
import { createSourceFile } from "../../../src/compiler/core/source-file.ts";
import type { CompilerHost } from "../../../src/compiler/host.ts";
import { loadFiles, type ParseCache, sourceFor } from "../../../src/compiler/names/load-files.ts";
import { createMemoryHost } from "../../support/memory-host.ts";
import { describeFindings, PARSE_LIMITS } from "../../support/parse-text.ts";

const LIMITS = { ...PARSE_LIMITS, files: 100 };

function load(files: Readonly<Record<string, string>>, fileLimit = 100) {
  const main = createSourceFile("main.incept", files["main.incept"] ?? "");
  const limits = { ...LIMITS, files: fileLimit };
  const { value, diagnostics } = loadFiles(main, createMemoryHost(files), limits, {
    parsed: new Map(),
  });
  return {
    paths: value.map(({ source }) => source.path),
    findings: describeFindings(diagnostics),
  };
}

describe("loadFiles", () => {
  it("reads each file once, in the order in which imports are met", () => {
    expect(
      load({
        "main.incept": 'import { A } from "./a.incept" import { B } from "./b.incept"',
        "a.incept": 'import { C } from "./c.incept" import { B } from "./../b.incept"',
        "b.incept": 'import { A } from "./a.incept"',
        "c.incept": "",
      }),
    ).toEqual({
      paths: ["main.incept", "a.incept", "b.incept", "c.incept"],
      findings: [
        "1:50 name/import-outside-root `./../b.incept` is outside the folder that imports may be read from",
      ],
    });
  });

  it("reads a file that imports itself once", () => {
    expect(load({ "main.incept": 'import { A } from "./main.incept" module A { relu }' })).toEqual({
      paths: ["main.incept"],
      findings: [],
    });
  });

  it("says where it looked for a file that does not exist", () => {
    const { findings } = load({ "main.incept": 'import { A } from "./lib/a.incept"' });
    expect(findings).toEqual([
      "1:19 name/import-not-found `./lib/a.incept` does not exist (looked for `lib/a.incept`)",
    ]);
  });

  it("says why a file cannot be read", () => {
    const host: CompilerHost = {
      read: () => ({ problem: "not-readable", detail: "it is a directory" }),
      resolve: (specifier) => specifier,
    };
    const main = createSourceFile("main.incept", 'import { A } from "./lib"');
    const { diagnostics } = loadFiles(main, host, LIMITS, { parsed: new Map() });
    expect(describeFindings(diagnostics)).toEqual([
      "1:19 name/import-not-readable `./lib` cannot be read: it is a directory",
    ]);
  });

  it("stops at the limit on files", () => {
    const chain = Array.from({ length: 10 }, (_, i) => [
      i === 0 ? "main.incept" : `f${i}.incept`,
      `import { A } from "./f${i + 1}.incept"`,
    ]);
    const { paths, findings } = load(Object.fromEntries(chain), 4);
    expect(paths).toHaveLength(4);
    expect(findings).toEqual([
      "1:19 name/import-limit with this import, the program has more than 4 files",
    ]);
  });

  it("reports a language version that it does not know", () => {
    expect(load({ "main.incept": "incept 1" }).findings).toEqual([]);
    expect(load({ "main.incept": "incept 2" }).findings).toEqual([
      "1:8 syntax/language-version this file is written for language version 2; this compiler knows 1",
    ]);
  });

  it("reports the syntax errors of every file", () => {
    const { findings } = load({
      "main.incept": 'import { A } from "./a.incept" module {}',
      "a.incept": "network {}",
    });
    expect(findings.map((one) => one.split(" ")[0])).toEqual(["1:39", "1:9"]);
  });
});

describe("the parse cache", () => {
  it("keeps the tree of a file as long as its text is the same", () => {
    const cache: ParseCache = { parsed: new Map() };
    const host = createMemoryHost({});
    const treeOf = (text: string) =>
      loadFiles(sourceFor("main.incept", text, cache), host, LIMITS, cache).value[0]?.tree;
    const first = treeOf("module A { relu }");
    expect(treeOf("module A { relu }")).toBe(first);
    const changed = treeOf("module A { tanh }");
    expect(changed).not.toBe(first);
    expect(treeOf("module A { tanh }")).toBe(changed);
  });
});
