import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { analyze } from "../../../src/compiler/compile.ts";
import { createSourceFile, type SourceFile } from "../../../src/compiler/core/source-file.ts";
import type { Diagnostic } from "../../../src/compiler/diagnostics/diagnostic.ts";
import { type Outcome, sortDiagnostics } from "../../../src/compiler/diagnostics/outcome.ts";
import {
  type CheckedDeclarations,
  checkDeclarations,
} from "../../../src/compiler/elaborate/check-declarations.ts";
import type { CompilerHost } from "../../../src/compiler/host.ts";
import { bind } from "../../../src/compiler/names/bind.ts";
import { loadFiles } from "../../../src/compiler/names/load-files.ts";
import { createNodeHost } from "../../../src/node/node-host.ts";
import { REPOSITORY } from "../../support/checked-networks.ts";
import { createMemoryHost } from "../../support/memory-host.ts";
import { describeFindings, PARSE_LIMITS } from "../../support/parse-text.ts";

function checkFile(main: SourceFile, host: CompilerHost): Outcome<CheckedDeclarations> {
  const limits = { ...PARSE_LIMITS, files: 100 };
  const loaded = loadFiles(main, host, limits, { parsed: new Map() });
  const bound = bind(loaded.value);
  const { value, diagnostics } = checkDeclarations(bound.value);
  return { value, diagnostics: [...loaded.diagnostics, ...bound.diagnostics, ...diagnostics] };
}

function checkText(text: string): Outcome<CheckedDeclarations> {
  return checkFile(createSourceFile("main.incept", text), createMemoryHost({}));
}

/** `«a»` marks a place where something is to be found; gives the text without marks, and the places. */
function readMarks(marked: string): { readonly text: string; readonly places: readonly string[] } {
  const places: string[] = [];
  let text = "";
  let start = 0;
  for (const part of marked.split(/(?=[«»])/)) {
    if (part.startsWith("«")) start = text.length;
    if (part.startsWith("»")) places.push(`${start} ${text.slice(start)}`);
    text += part.replace(/^[«»]/, "");
  }
  return { text, places };
}

function describePlaces(diagnostics: readonly Diagnostic[]): readonly string[] {
  return sortDiagnostics(diagnostics).map(({ code, span }) => {
    const { start, end, file } = span;
    return `${code} ${start} ${file.text.slice(start, end)}`;
  });
}

/** Exactly this, from the declarations alone; and nothing more once the whole program was analyzed. */
function expectAtMarks(codes: string, marked: string): void {
  const { text, places } = readMarks(marked);
  const expected = codes.split(" ").map((code, index) => `${code} ${places[index]}`);
  expect(describePlaces(checkText(text).diagnostics)).toEqual(expected);
  const { diagnostics } = analyze(text);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  expect(describePlaces(errors)).toEqual(expected);
}

function network(statements: string, parameters = ""): string {
  return `network N${parameters} { input 8x8x3 ${statements} }`;
}

const M = "module M(filters: int, act: act = relu) { conv 3x3 filters act=act } ";

describe("names", () => {
  it.each([
    ["name/unknown-operator", network("«cnv» 3x3 8")],
    ["name/unknown-operator", network("defaults «cnv»(act=relu) conv 3x3 8")],
    ["name/unknown-operator", network("«Conv» 3x3 8")],
    ["name/unknown-module", network("«Blok»")],
    ["name/unknown-module", network("«Blok»(filters=8)")],
    ["name/unknown-name", network("conv 3x3 «n»")],
    ["name/unknown-name", network("«n» x relu")],
    ["type/unknown-word", network("conv 3x3 8 act=«rlu»")],
    ["name/unknown-name", network("conv 3x3 8 /«n»")],
    ["name/unknown-name", network("conv 3x3 «toString»")],
    ["name/unknown-name", network("{ let a = 3 conv 3x3 a } conv 3x3 «a»")],
    ["name/unknown-name", network("relu", "(a: int = «b», b: int = 3)")],
    ["name/unknown-name", `module P(a: int = «b») { let b = 8 conv 3x3 a } ${network("P")}`],
    ["name/unknown-name", `let a = «b» ${network("relu")}`],
    ["name/unknown-name", `${M}${network("M(filters=«b»)")}`],
    ["name/unknown-name", network("relu => «shape»")],
    ["name/unknown-name", network("relu => «HxWxC»")],
    ["name/unknown-name", `module P : «size» => [8, 8, 3] { relu } ${network("P")}`],
    ["name/unbound-size", `module P : [H, W, C] => [H, W, «D»] { relu } ${network("P")}`],
    ["name/unknown-function", network("conv 3x3 (8 + «mni»(3, 4))")],
    ["name/unknown-function", network("conv 3x3 («constructor»(3))")],
    ["type/function-arguments", network("conv 3x3 («floor(3, 4)»)")],
    ["type/function-arguments", `module P { conv 3x3 («round(3, 4)») } ${network("P")}`],
  ])("%s: %s", expectAtMarks);

  it("are looked for in modules and networks that nothing uses, and in what is imported", () => {
    const files = {
      "a.incept": "module A { cnv 3x3 8 } network B { input 8x8x3 conv 3x3 n }",
    };
    const main = createSourceFile(
      "main.incept",
      'import { A } from "./a.incept" module Unused { Nothing }',
    );
    const { diagnostics } = checkFile(main, createMemoryHost(files));
    expect(describePlaces(diagnostics)).toEqual([
      "name/unknown-operator 11 cnv",
      "name/unknown-name 56 n",
      "name/unknown-module 47 Nothing",
    ]);
  });

  it("come with the nearest that there are, and a fix", () => {
    const { diagnostics } = checkText(`let filters = 8 ${network("conv 3x3 fliters -> Block")}`);
    expect(diagnostics[0]?.help).toBe("did you mean `filters`?");
    expect(diagnostics[0]?.fixes[0]?.edits.map(({ text }) => text)).toEqual(["filters"]);
  });

  it("in a shape without brackets are told to be put in brackets", () => {
    const { diagnostics } = checkText(network("relu => HxWxC"));
    expect(diagnostics[0]?.help).toContain("`[H, W, C]`");
  });

  it.each([
    network("conv 3x3 b let a = 4 let b = 2 * a"),
    network("let a = 8 { { conv 3x3 a } }"),
    network("conv 3x3 b -> conv 3x3 c", "(b: int = 8, c: int = b * 2)"),
    network("residual { let half = max(1, floor(trunk / 2)) conv 3x3 half -> project }"),
    `module P(out: int) : [H, W, C] => [H, W, out] { conv 3x3 out } ${network("P(8)")}`,
    `module P(s: size) : s => s { relu } ${network("P(8x8x3)")}`,
    `module P { conv 3x3 trunk } ${network("residual { P }")}`,
    network("relu => [H, _, 3]"),
  ])("are found where they may be used: %s", (text) => {
    expect(describeFindings(checkText(text).diagnostics)).toEqual([]);
    expect(describeFindings(analyze(text).diagnostics)).toEqual([]);
  });

  it.each([
    'import { Q } from "./nowhere.incept" network N { input 8x8x3 Q(a=1) }',
    'import { Q } from "./nowhere.incept" variant V of Q { width 2 }',
    `import { Q } from "./nowhere.incept" module P { relu } ${network("P")} variant V of N { use Q for P }`,
  ])("that an import owed are blamed on the import alone: %s", (text) => {
    const codes = checkText(text).diagnostics.map(({ code }) => code);
    expect(codes).toEqual(["name/import-not-found"]);
  });
});

describe("trunk", () => {
  const code = "type/trunk-outside-residual";
  it.each([
    network("conv 3x3 «trunk»"),
    network("let a = «trunk» residual { conv 3x3 a -> project }"),
    network("residual(scale=«trunk») { identity }"),
    network("relu", "(a: int = «trunk»)"),
    `let a = «trunk» ${network("relu")}`,
    `${network("conv 3x3 8")} variant V of N { width «trunk» }`,
    `${network("conv 3x3 n", "(n: int = 8)")} variant V of N { set n = «trunk» }`,
  ])("has no meaning here: %s", (marked) => expectAtMarks(code, marked));

  it.each([
    `module P { conv 3x3 «trunk» } ${network("P")}`,
    `${network("c: conv 3x3 8")} variant V of N { replace c with conv 3x3 «trunk» }`,
  ])("is known to be missing only where it is used: %s", (marked) => {
    const { text, places } = readMarks(marked);
    expect(checkText(text).diagnostics).toEqual([]);
    expect(describePlaces(analyze(text).diagnostics)).toEqual([`${code} ${places[0]}`]);
  });

  it.each(["conv 3x3 trunk", "conv 3x3 8 -> project", "let half = trunk / 2 conv 3x3 half"])(
    "may come from a caller that a module does not have yet: %s",
    (body) => {
      const errors = analyze(`module P { ${body} }`).diagnostics.filter(
        ({ severity }) => severity === "error",
      );
      expect(describeFindings(errors)).toEqual([]);
    },
  );
});

describe("operators", () => {
  it.each([
    ["type/missing-operand", network("«conv» 3x3")],
    ["type/missing-operand", network("«conv»")],
    ["type/missing-operand", network("«maxpool» /2")],
    ["type/missing-operand", network("«conv» filters=8")],
    ["type/extra-operand", network("conv 3x3 8 «16»")],
    ["type/extra-operand", network("relu «3»")],
    ["type/unknown-attribute", network("conv 3x3 8 «filter»=4")],
    ["type/unknown-attribute", network("conv 3x3 8 «toString»=4")],
    ["type/unknown-attribute", network("defaults conv(«ac»=relu) conv 3x3 8")],
    ["type/unknown-attribute", network("factor 3x3 (1x3 8 «strid»=1, 3x1 8)")],
    ["type/unknown-attribute", network("residual(«scal»=0.2) { identity }")],
    ["type/unknown-attribute", network("preprocess(«rang»=[0, 1]) relu")],
    ["type/duplicate-attribute", network("conv 3x3 8 act=relu «act=elu»")],
    ["type/duplicate-attribute", network("conv 3x3 8 valid «pad=same»")],
    ["type/duplicate-attribute", network("conv 3x3 8 /2 «stride=2»")],
    ["type/duplicate-attribute", network("conv 3x3 8 «filters=4»")],
    ["type/duplicate-attribute", network("conv 8 «kernel=3x3»")],
    ["type/duplicate-attribute", network("defaults conv(act=relu, «act=elu») conv 3x3 8")],
    ["type/duplicate-attribute", network("residual(scale=0.1, «scale=0.2») { identity }")],
    ["type/duplicate-attribute", network("preprocess(crop=0.5, «crop=0.6») relu")],
    ["type/derived-attribute", network("residual { project «filters=3» }")],
    ["type/flag-without-meaning", network("relu «valid»")],
    ["type/flag-without-meaning", network("maxpool 3x3 «linear»")],
    ["type/stride-without-meaning", network("flatten -> dense 8 «/2»")],
    ["type/factor-part", network("factor 3x3 («1x3», 3x1 8)")],
    ["type/factor-part", network("factor 3x3 (1x3 8, «3x1 8 9»)")],
  ])("%s: %s", expectAtMarks);

  it("say by example what is missing", () => {
    const { diagnostics } = checkText(network("conv 3x3"));
    expect(diagnostics[0]?.message).toBe("`conv` needs its filters");
    expect(diagnostics[0]?.help).toBe("write for example `conv 3x3 32`");
  });

  it.each([
    "conv kernel=3x3 filters=8",
    "conv 3x3 filters=8",
    "avgpool global",
    "conv 3x3 8 /2 same",
  ])("take operands by name, too, and leave out what a flag makes needless: %s", (statement) =>
    expect(describeFindings(checkText(network(statement)).diagnostics)).toEqual([]),
  );
});

describe("calls", () => {
  it.each([
    ["type/call-takes-arguments", `${M}${network("M «3x3»")}`],
    ["type/call-takes-arguments", `${M}${network("M(8) «valid»")}`],
    ["type/call-takes-arguments", `${M}${network("M(8) «/2»")}`],
    ["name/missing-argument", `${M}${network("«M»")}`],
    ["name/unknown-argument", `${M}${network("M(8, «act_1»=elu)")}`],
    ["name/unknown-argument", `${M}${network("M(«filter»=8)")}`],
    ["name/unknown-argument", `${M}${network("M(«width»=8)")}`],
    ["name/unknown-argument name/missing-argument", `${M}${network("«M»(«actt»=elu)")}`],
    ["name/duplicate-argument", `${M}${network("M(filters=8, «filters=9»)")}`],
    ["name/duplicate-argument", `${M}${network("M(8, «filters=9»)")}`],
    ["name/too-many-arguments", `${M}${network("M(8, elu, «9», 10)")}`],
    ["name/positional-after-named", `${M}${network("M(act=elu, «8»)")}`],
    ["name/positional-after-named", `${M}${network("M(filters=8, «elu»)")}`],
  ])("%s: %s", (codes, marked) => {
    const inOrder = codes.split(" ").reverse().join(" ");
    expectAtMarks(inOrder, marked);
  });

  it("of a module with a syntax error are not held against what is left of its parameters", () => {
    const { diagnostics } = checkText(`module P(a: int, b: ) { relu } ${network("P(a=1, b=2)")}`);
    expect(diagnostics.map(({ code }) => code)).toEqual(["syntax/unexpected-token"]);
  });

  it.each([
    ["name/unknown-argument", "module S(b: int = 8) { conv 3x3 b }"],
    ["name/missing-argument", "module S(filters: int, b: int) { conv 3x3 (filters + b) }"],
  ])(
    "are held against the module that stands for the one called, at its edit: %s",
    (code, stand) => {
      const { text, places } = readMarks(
        `${M}${stand} ${network("M(filters=8)")} variant V of N { «use S for M» }`,
      );
      expect(describePlaces(analyze(text).diagnostics)).toEqual([`${code} ${places[0]}`]);
    },
  );
});

describe("declarations of names", () => {
  it.each([
    ["type/unknown-type", `module P(a: «itn» = 3) { conv 3x3 a } ${network("P")}`],
    ["name/duplicate", `module P(a: int, «a»: int) { conv 3x3 a } ${network("P(3, 4)")}`],
    ["name/duplicate", `module P(a: int) { let «a» = 2 * a conv 3x3 a } ${network("P(3)")}`],
    ["name/duplicate", network("let «a» = 4 conv 3x3 a", "(a: int = 3)")],
    ["name/duplicate", network("let a = 4 let «a» = 5 conv 3x3 a")],
    ["name/wrong-case", network("conv 3x3 A", "(«A»: int = 3)")],
    ["name/wrong-case", network("let «A» = 4 conv 3x3 A")],
    ["name/wrong-case", network("«Stem»: conv 3x3 8")],
    ["name/wrong-case", network("concat { | «A»: relu | relu }")],
    ["name/wrong-case", network("aux «Head» { relu } relu")],
    ["syntax/reserved-word", network("tanh", "(«relu»: int = 3)")],
    ["syntax/reserved-word", network("conv 3x3 trunk", "(«trunk»: int = 3)")],
    ["syntax/reserved-word", network("let «batch» = 3 conv 3x3 batch")],
    ["syntax/reserved-word", `let «trunk» = 3 ${network("conv 3x3 trunk")}`],
    ["name/cyclic-value", network("let «a» = b let b = a relu")],
    ["name/cyclic-value", network("let a = b + 1 let «b» = 2 * b conv 3x3 a")],
    ["name/cyclic-value", `let «a» = b let b = (c > 1 ? 1 : a) let c = 1 ${network("conv 3x3 a")}`],
  ])("%s: %s", expectAtMarks);

  it("hide outer names in inner blocks without ado", () => {
    const text = `let a = 1 ${network("let a = 2 { let a = 3 conv 3x3 a } conv 3x3 a")}`;
    expect(describeFindings(checkText(text).diagnostics)).toEqual([]);
  });
});

describe("variants", () => {
  const base = `module A { maxpool 3x3 } ${network("let n = 8 c: conv 3x3 a -> A", "(a: int = 3, b: int = 4)")}`;
  it.each([
    ["name/unknown-network", "variant V of «Nothing» { width 2 replace c with cnv 3x3 8 }"],
    ["name/unknown-network", "variant V of «A» { }"],
    ["name/recursive-variant", "variant V of W { } variant W of «V» { replace c with relu }"],
    ["name/recursive-variant", "variant V of «V» { }"],
    ["name/unknown-module", "variant V of N { use «B» for A }"],
    ["name/unknown-module", "variant V of N { use A for «B» }"],
    ["name/unknown-operator", "variant V of N { replace c with «cnv» 3x3 8 }"],
    ["name/unknown-name", "variant V of N { insert conv 3x3 «m» after c }"],
    ["name/unknown-name", "variant V of N { width «m» }"],
    ["name/unknown-name", "variant V of N { set a = «b» }"],
    ["name/unknown-name", "variant V of N { set a = «n» }"],
    ["type/unknown-attribute", "variant V of N { defaults conv(«ac»=relu) }"],
    ["type/unknown-attribute", "variant V of N { preprocess(«rang»=[0, 1]) }"],
  ])("%s: %s", (code, variant) => expectAtMarks(code, `${base} ${variant}`));

  it("know the names of the network at the bottom, and those of their own file", () => {
    const text = `let m = 2 ${base} variant V of N { set b = a * m replace c with conv 3x3 (n * m) }
      variant W of V { insert conv 3x3 b after c }`;
    expect(describeFindings(analyze(text).diagnostics)).toEqual([]);
  });

  it("speak once of a parameter that does not exist, however many variants inherit the edit", () => {
    const text = `${base} variant V of N { set z = 1 } variant W of V { }`;
    expect(
      describeFindings(analyze(text).diagnostics).map((one) => one.replace(/^\S+ /, "")),
    ).toEqual(["type/unknown-parameter `N` has no parameter called `z`"]);
  });

  it("see the values of their own file in `preprocess`", () => {
    const files = {
      "main.incept":
        'import { N } from "./n.incept" let middle = 127 variant V of N { preprocess(mean=middle) }',
      "n.incept": network("relu"),
    };
    const { checked } = analyze({ path: "main.incept", host: createMemoryHost(files) });
    expect(checked().map(({ architecture }) => architecture.preprocess?.mean)).toEqual([[127]]);
  });
});

describe("values of a file", () => {
  it.each([
    ["type/operator-operands", "let a = «3 + relu»"],
    ["type/division-by-zero", "let a = 3 / «0»"],
  ])("are evaluated whether or not a network uses them: %s", (code, declaration) => {
    for (const statement of ["conv 3x3 a", "relu"]) {
      const { text, places } = readMarks(`${declaration} ${network(statement)}`);
      const { diagnostics, checked } = analyze(text);
      expect(describePlaces(diagnostics)).toEqual([`${code} ${places[0]}`]);
      expect(checked()).toEqual([]);
    }
  });
});

describe("broken declarations", () => {
  function namesOfBroken(text: string): readonly string[] {
    return [...checkText(text).value.broken].map(({ name }) => name.text);
  }

  it.each([
    ["module A { conv 3x3 -> } module B { A }", ["A"]],
    ["module A { B } module B { A } module C { A }", ["A", "B"]],
    ["variant V of V { } variant W of V { }", ["V", "W"]],
    ["module A { cnv 3x3 8 } module B { Nothing -> conv 3x3 }", []],
  ])("are those that cannot be elaborated at all: %s", (text, broken) => {
    expect(namesOfBroken(text)).toEqual(broken);
  });

  it("leave the rest of a network to be checked", () => {
    const text = `module A { conv 3x3 -> } ${network("A -> sum { | conv 3x3 8 | conv 3x3 9 }")}`;
    const codes = analyze(text).diagnostics.map(({ code }) => code);
    expect(codes).toEqual(["syntax/unexpected-token", "shape/sum-mismatch"]);
  });
});

describe("the specs that ship", () => {
  const folder = join(REPOSITORY, "specs");
  const specs = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".incept"))
    .map((path) => relative(REPOSITORY, join(folder, path)))
    .sort();

  it("are there", () => expect(specs.length).toBeGreaterThan(10));

  it.each(specs)("have sound declarations: %s", (path) => {
    const host = createNodeHost({ cwd: REPOSITORY, root: REPOSITORY });
    const result = host.read(path);
    const text = "text" in result ? result.text : expect.fail(`cannot read ${path}`);
    const { diagnostics, value } = checkFile(createSourceFile(path, text), host);
    expect(describeFindings(diagnostics)).toEqual([]);
    expect([...value.broken]).toEqual([]);
  });
});
