import { describe, expect, it } from "vitest";
import { spanText } from "../../../src/compiler/core/span.ts";
import { parseClean, parseText, placesOf, withoutSpans } from "../../support/parse-text.ts";

const number = (value: number) => ({ kind: "number", value, isInteger: Number.isInteger(value) });
const name = (text: string) => ({ kind: "name", text });

describe("files", () => {
  it("hold their declarations by kind, each in the order of the text", () => {
    const tree = parseClean(`
      incept 1
      import { A, B } from "./ab.incept"
      module C { relu } network N { relu } let a = 1 variant V of N {} module D { relu }
      defaults conv(norm=none)
    `);
    expect(tree.languageVersion?.value).toBe(1);
    expect(tree.imports[0]?.names.map(({ text }) => text)).toEqual(["A", "B"]);
    expect(tree.imports[0] && spanText(tree.imports[0].specifierSpan)).toBe('"./ab.incept"');
    expect(tree.modules.map((one) => one.name.text)).toEqual(["C", "D"]);
    expect(tree.networks.map((one) => one.name.text)).toEqual(["N"]);
    expect(tree.variants.map((one) => [one.name.text, one.base.text])).toEqual([["V", "N"]]);
    expect(tree.lets.map((one) => one.name.text)).toEqual(["a"]);
    expect(tree.defaults.map((one) => one.operator.text)).toEqual(["conv"]);
  });

  it("know the place of every declaration", () => {
    const text = "module A { relu }\nnetwork N { relu }";
    const { modules, networks } = parseClean(text);
    expect([...modules, ...networks].map(({ span }) => spanText(span))).toEqual(text.split("\n"));
  });
});

describe("modules", () => {
  it("have parameters with type and default, both optional", () => {
    const [module] = parseClean("module M(a, b: int, c = 3, d: float = 2 * 0.5) { relu }").modules;
    expect(withoutSpans(module?.parameters)).toEqual([
      { name: { text: "a" } },
      { name: { text: "b" }, type: { text: "int" } },
      { name: { text: "c" }, default: number(3) },
      {
        name: { text: "d" },
        type: { text: "float" },
        default: { kind: "binary", operator: "*", left: number(2), right: number(0.5) },
      },
    ]);
  });

  it("may have a signature", () => {
    const [module] = parseClean("module M : [H, W, _] => [H, W, 384] { relu }").modules;
    expect(withoutSpans(module?.signature)).toEqual({
      input: { dimensions: [{ value: "H" }, { value: "W" }, { value: "_" }] },
      output: { dimensions: [{ value: "H" }, { value: "W" }, { value: 384 }] },
    });
    expect(parseClean("module M() { relu }").modules[0]).not.toHaveProperty("signature");
  });
});

describe("networks", () => {
  const [network] = parseClean(`network N(classes: int = 10) {
    input 75x75x3
    preprocess(range=[-1, 1], crop=0.875)
    let n = 2
    defaults batchnorm(eps=0.001)
    relu
    budget params <= 2.2M
    budget a.0.pool.macs < 1_000
    budget depth == 10
    budget peak_memory > 1.5GiB
    budget flops >= 1e9
  }`).networks;

  it("hold what is said in them by kind", () => {
    expect(withoutSpans(network?.inputs)).toEqual([
      { names: [], size: { kind: "size", dimensions: [75, 75, 3] } },
    ]);
    expect(network?.preprocess[0]?.attributes.map((one) => one.name.text)).toEqual([
      "range",
      "crop",
    ]);
    expect(network?.body.lets).toHaveLength(1);
    expect(network?.body.defaults).toHaveLength(1);
    expect(network?.body.statements).toHaveLength(1);
  });

  it("bound a metric of the whole or of a block", () => {
    expect(
      network?.budgets.map(({ path, relation, amount, unit }) => [
        path.text,
        relation,
        amount,
        unit?.text,
      ]),
    ).toEqual([
      ["params", "<=", 2.2, "M"],
      ["a.0.pool.macs", "<", 1000, undefined],
      ["depth", "==", 10, undefined],
      ["peak_memory", ">", 1.5, "GiB"],
      ["flops", ">=", 1e9, undefined],
    ]);
  });

  it("take an input from a name or an expression, too", () => {
    const inputs = parseClean("network N { input size } network M { input (size) }").networks;
    expect(inputs.map((one) => withoutSpans(one.inputs[0]?.size))).toEqual([
      name("size"),
      name("size"),
    ]);
  });
});

describe("edits of variants", () => {
  const [variant] = parseClean(`variant V of N {
    width 0.5
    width 1 / 3 round 4
    input 96x96x3
    set classes = 100
    defaults conv(act=silu)
    preprocess(mean=0.5)
    replace a.0.pool with conv 1x1 8 -> 2 x M
    insert extra: dropout 0.1 -> relu after b.1
    insert relu before head
    remove head.dropout
    use A for B
    budget params <= 1K
  }`).variants;

  it("keep their order and what they say", () => {
    expect(variant?.edits.map(({ kind }) => kind)).toEqual([
      "width",
      "width",
      "input",
      "set",
      "defaults",
      "preprocess",
      "replace",
      "insert",
      "insert",
      "remove",
      "use",
      "budget",
    ]);
    expect(withoutSpans(variant?.edits[1])).toEqual({
      kind: "width",
      factor: { kind: "binary", operator: "/", left: number(1), right: number(3) },
      round: 4,
    });
    expect(withoutSpans(variant?.edits[3])).toEqual({
      kind: "set",
      name: { text: "classes" },
      value: number(100),
    });
    expect(variant?.edits[6]).toMatchObject({
      path: { text: "a.0.pool", segments: { length: 3 } },
      statement: { steps: [{ kind: "operator" }, { kind: "repeat" }] },
    });
    expect(variant?.edits[7]).toMatchObject({
      statement: { label: { text: "extra" }, steps: { length: 2 } },
      side: "after",
      path: { text: "b.1" },
    });
    expect(variant?.edits[8]).not.toHaveProperty("statement.label");
    expect(withoutSpans(variant?.edits[10])).toEqual({
      kind: "use",
      replacement: { text: "A" },
      replaced: { text: "B" },
    });
  });

  it("lie where they were written", () => {
    expect(variant?.edits.map(({ span }) => spanText(span)).slice(6, 10)).toEqual([
      "replace a.0.pool with conv 1x1 8 -> 2 x M",
      "insert extra: dropout 0.1 -> relu after b.1",
      "insert relu before head",
      "remove head.dropout",
    ]);
  });

  it.each([
    ["a.0", ["a", "0"]],
    ["a.0.1.b", ["a", "0", "1", "b"]],
    ["a.10.conv_1", ["a", "10", "conv_1"]],
    ["mixed_5b.0", ["mixed_5b", "0"]],
    ["a . 0 . b", ["a", "0", "b"]],
  ])("read the path %s as names and indices", (path, segments) => {
    const [one] = parseClean(`variant V of N { remove ${path} }`).variants;
    const [edit] = one?.edits ?? [];
    expect(edit?.kind === "remove" && edit.path.segments.map(({ text }) => text)).toEqual(segments);
  });

  it.each([
    ["remove 0.a", "1:25"],
    ["remove a..b", "1:27"],
    ["replace a with", "1:33"],
    ["insert relu a", "1:30"],
    ["use A B", "1:24"],
    ["set = 3", "1:22"],
  ])("that are not whole are reported where they break off: %s", (edit, place) => {
    expect(placesOf(parseText(`variant V of N { ${edit} }`).diagnostics)[0]).toMatch(
      new RegExp(`^${place} syntax/`),
    );
  });
});
