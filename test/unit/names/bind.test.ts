import { describe, expect, it } from "vitest";
import { createSourceFile } from "../../../src/compiler/core/source-file.ts";
import type { Diagnostic } from "../../../src/compiler/diagnostics/diagnostic.ts";
import { bind } from "../../../src/compiler/names/bind.ts";
import type { BoundProgram } from "../../../src/compiler/names/bound-program.ts";
import { loadFiles } from "../../../src/compiler/names/load-files.ts";
import { createMemoryHost } from "../../support/memory-host.ts";
import { describeFindings, PARSE_LIMITS } from "../../support/parse-text.ts";

interface Bound {
  readonly program: BoundProgram;
  readonly diagnostics: readonly Diagnostic[];
  /** `line:column code message`. */
  readonly findings: readonly string[];
}

/** Binds `main.incept`, which may import the other files. */
function bindFiles(files: Readonly<Record<string, string>>): Bound {
  const main = createSourceFile("main.incept", files["main.incept"] ?? "");
  const limits = { ...PARSE_LIMITS, files: 100 };
  const loaded = loadFiles(main, createMemoryHost(files), limits, { parsed: new Map() });
  const bound = bind(loaded.value);
  const diagnostics = [...loaded.diagnostics, ...bound.diagnostics];
  return { program: bound.value, diagnostics, findings: describeFindings(diagnostics) };
}

function bindText(text: string): Bound {
  return bindFiles({ "main.incept": text });
}

describe("names of a file", () => {
  it("are its modules, networks and values", () => {
    const { program, findings } = bindText(
      "let a = 1 module M { relu } network N { relu } variant V of N {}",
    );
    expect(findings).toEqual([]);
    expect([...program.main.modules.keys()]).toEqual(["M"]);
    expect([...program.main.networks.keys()]).toEqual(["N", "V"]);
    expect([...program.main.lets.keys()]).toEqual(["a"]);
  });

  it.each([
    ["module A { relu } module A { tanh }", "1:26", "module `A` is declared twice"],
    ["module A { relu } network A { tanh }", "1:27", "network `A` is declared twice"],
    ["network A { relu } variant A of A {}", "1:28", "variant `A` is declared twice"],
    ["let a = 1 let a = 2", "1:15", "value `a` is declared twice"],
  ])("mean one thing: %s", (text, place, message) => {
    const { findings, diagnostics } = bindText(text);
    expect(findings).toEqual([`${place} name/duplicate ${message}`]);
    expect(diagnostics[0]?.related.map((one) => one.message)).toEqual(["first declared here"]);
  });

  it("keep their first meaning", () => {
    const { program } = bindText("let a = 1 let a = 2");
    expect(program.main.lets.get("a")?.value).toMatchObject({ value: 1 });
  });

  it.each([
    ["module block { relu }", "modules start with an upper-case letter; `block` does not", "Block"],
    ["network _n { relu }", "networks start with an upper-case letter; `_n` does not", "N"],
    [
      "network N { relu } variant v of N {}",
      "variants start with an upper-case letter; `v` does not",
      "V",
    ],
    ["let Rate = 1", "values start with a lower-case letter; `Rate` does not", "rate"],
    ["let _ = 1", "values start with a lower-case letter; `_` does not", "name"],
  ])("have a case: %s", (text, message, repaired) => {
    const { diagnostics } = bindText(text);
    expect(diagnostics.map((one) => one.message)).toEqual([message]);
    expect(diagnostics[0]?.fixes[0]?.edits.map((edit) => edit.text)).toEqual([repaired]);
  });
});

describe("imports", () => {
  it("bring modules and networks, and nothing that was not named", () => {
    const { program, findings } = bindFiles({
      "main.incept": 'import { A, N } from "./lib/a.incept"',
      "lib/a.incept": "module A { relu } module B { relu } network N { relu } let a = 1",
    });
    expect(findings).toEqual([]);
    expect([...program.main.modules.keys()]).toEqual(["A"]);
    expect([...program.main.networks.keys()]).toEqual(["N"]);
    expect([...program.main.lets.keys()]).toEqual([]);
  });

  it("leave a module at home: its own file gives its names meaning", () => {
    const { program } = bindFiles({
      "main.incept": 'import { A } from "./a.incept"',
      "a.incept": "module A { B } module B { relu }",
    });
    expect(program.main.modules.get("A")?.file.modules.has("B")).toBe(true);
    expect(program.main.modules.has("B")).toBe(false);
  });

  it("are relative to the file that they stand in, and may go in circles", () => {
    const { program, findings } = bindFiles({
      "main.incept": 'import { A } from "./lib/a.incept" module M { A }',
      "lib/a.incept": 'import { B } from "./deep/b.incept" module A { B }',
      "lib/deep/b.incept": 'import { M } from "../../main.incept" module B { relu }',
    });
    expect(findings).toEqual([]);
    expect(program.files.map(({ source }) => source.path)).toEqual([
      "main.incept",
      "lib/a.incept",
      "lib/deep/b.incept",
    ]);
  });

  it("do not pass on what was imported", () => {
    const { findings } = bindFiles({
      "main.incept": 'import { B } from "./a.incept"',
      "a.incept": 'import { B } from "./b.incept"',
      "b.incept": "module B { relu }",
    });
    expect(findings).toEqual(["1:10 name/not-in-file `./a.incept` declares nothing called `B`"]);
  });

  it("may name the same module twice, but not two modules by one name", () => {
    const files = { "a.incept": "module A { relu }", "b.incept": "module A { tanh }" };
    const twice = 'import { A, A } from "./a.incept" import { A } from "./a.incept"';
    expect(bindFiles({ ...files, "main.incept": twice }).findings).toEqual([]);
    const clash = 'import { A } from "./a.incept" import { A } from "./b.incept"';
    expect(bindFiles({ ...files, "main.incept": clash }).findings).toEqual([
      "1:41 name/duplicate name `A` is declared twice",
    ]);
    const own = 'import { A } from "./a.incept" module A { elu }';
    expect(bindFiles({ ...files, "main.incept": own }).findings).toEqual([
      "1:10 name/duplicate name `A` is declared twice",
    ]);
  });

  it("of a misspelt name offer the nearest", () => {
    const { diagnostics } = bindFiles({
      "main.incept": 'import { InceptonA } from "./a.incept"',
      "a.incept": "module InceptionA { relu }",
    });
    expect(diagnostics[0]?.help).toBe("did you mean `InceptionA`?");
    expect(diagnostics[0]?.fixes.map(({ title }) => title)).toEqual(["write `InceptionA`"]);
  });
});

describe("modules that contain themselves", () => {
  const cyclesOf = (text: string): readonly string[] =>
    bindText(text).diagnostics.map(({ message }) => message);

  it.each([
    ["module A { A }", "A → A"],
    ["module A { B } module B { C } module C { A }", "A → B → C → A"],
    ["module A { concat { | B | relu } } module B { residual { A } }", "A → B → A"],
    ["module A { residual { relu } shortcut { A } }", "A → A"],
    ["module A { scale_by { A } }", "A → A"],
    ["module A { aux side { A } }", "A → A"],
    ["module A { { 3 x A } }", "A → A"],
  ])("%s: the cycle is printed", (text, cycle) => {
    expect(cyclesOf(text)).toEqual([`a module cannot contain itself: ${cycle}`]);
  });

  it("are found across files, once, at the call that closes the cycle", () => {
    const { findings, program } = bindFiles({
      "main.incept": 'import { A } from "./a.incept" module M { A }',
      "a.incept": 'import { M } from "./main.incept" module A { M }',
    });
    expect(findings).toEqual([
      expect.stringMatching(/^1:46 name\/recursive-module a module cannot contain itself: /),
    ]);
    expect([...program.recursiveModules].map(({ name }) => name.text).sort()).toEqual(["A", "M"]);
  });

  it("are not those that merely call them, or that are called twice", () => {
    const { program } = bindText(
      "module A { A } module B { A } module C { D -> D } module D { relu }",
    );
    expect([...program.recursiveModules].map(({ name }) => name.text)).toEqual(["A"]);
  });

  it("are found in chains longer than the engine's stack", () => {
    const length = 20_000;
    const chain = Array.from({ length }, (_, i) => `module M${i} { M${(i + 1) % length} }`);
    expect(cyclesOf(chain.join("\n"))).toHaveLength(1);
    expect(cyclesOf(chain.slice(0, -1).join("\n"))).toEqual([]);
  });
});
