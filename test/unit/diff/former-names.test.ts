/** Tests former names on labels (`was`): where they are looked up, and their effect on the comparison. */
import { describe, expect, test } from "vitest";
import {
  type AlignOptions,
  analyze,
  compareNetworks,
  compile,
  type NetworkDiff,
} from "../../../src/compiler/index.ts";
import { checkedText } from "../../support/checked-networks.ts";

function network(statements: string, modules = ""): string {
  return `${modules}\nnetwork N {\n  input 32x32x3\n  ${statements}\n  last: conv 1x1 4\n}`;
}

function diffOf(base: string, head: string, options: AlignOptions = {}): NetworkDiff {
  return compareNetworks(checkedText(base), checkedText(head), options).diff;
}

function findingsOf(base: string, head: string): readonly string[] {
  return diffOf(base, head)
    .findings.filter(({ isConsequence }) => !isConsequence)
    .map(({ id, path, before, after }) => `${id} ${path}: ${before} → ${after}`)
    .toSorted();
}

/** A block that nothing but a hint could take for the other. */
const OLD = "old: { conv 3x3 8 -> conv 3x3 8 }";
const NEW = "conv 5x5 16 groups=1 -> maxpool 2x2 -> conv 1x1 9 linear";

test("without a word they are two blocks, with one they are the same, edited", () => {
  const base = network(`a: conv 1x1 6\n  ${OLD}`);
  const unsaid = findingsOf(base, network(`a: conv 1x1 6\n  new: { ${NEW} }`));
  expect(unsaid).toContain("block-removed old: conv 3x3 8 -> conv 3x3 8 → null");
  const said = findingsOf(base, network(`a: conv 1x1 6\n  new was old: { ${NEW} }`));
  expect(said).toContain("block-renamed new: old → new");
  expect(said).toContain("kernel-changed new.conv: 3x3 → 5x5");
  expect(said.filter((finding) => /^block-(?:added|removed)/.test(finding))).toEqual([]);
});

describe("the name is looked for", () => {
  test("in the scope around the label, in each instance of a repeat", () => {
    const module = (label: string): string =>
      `module M { concat { | ${label}: conv 1x1 4 | b: conv 3x3 4 } }`;
    const found = findingsOf(
      network("r: 3 x M", module("a")),
      network("r: 3 x M", module("z was a").replace("4 |", "5 |")),
    );
    expect(found).toEqual([
      "block-renamed r.*.z: r.*.a → r.*.z",
      "filters-changed r.*.z.conv: 4 → 5",
    ]);
  });

  test("in scopes further out, where a block was put around", () => {
    const found = findingsOf(
      network(`${OLD}\n  b: conv 1x1 5`),
      network(`features: { new was old: { ${NEW} }\n  b: conv 1x1 5 }`),
    );
    expect(found).toContain("block-renamed features.new: old → features.new");
  });

  test("below what the block around was called, from the outside in", () => {
    const found = findingsOf(
      network("s: { a: conv 3x3 4\n  b: conv 3x3 4 }"),
      network("t was s: { d was b: conv 5x5 4\n  c was a: conv 7x7 4 }"),
    );
    expect(found).toContain("kernel-changed t.d.conv: 3x3 → 5x5");
    expect(found).toContain("kernel-changed t.c.conv: 3x3 → 7x7");
  });

  test("along a path", () => {
    const found = findingsOf(
      network("s: { a: conv 3x3 4\n  b: conv 3x3 4 }"),
      network("s: { a: conv 3x3 4 }\n  c was s.b: conv 5x5 4"),
    );
    expect(found).toContain("kernel-changed c.conv: 3x3 → 5x5");
    expect(found).toContain("block-renamed c: s.b → c");
  });

  test("as a layer without a label too", () => {
    const found = findingsOf(
      network("conv 3x3 4 -> conv 3x3 4"),
      network("conv 3x3 4\n  second was conv_1: conv 5x5 7"),
    );
    expect(found).toEqual([
      "filters-changed second.conv: 4 → 7",
      "kernel-changed second.conv: 3x3 → 5x5",
      "layer-renamed second.conv: conv_1 → second.conv",
    ]);
  });

  test("from a variant in what it is made from", () => {
    const base = network(OLD);
    const head = `${base}\nvariant V of N {\n  remove old\n  insert new was old: { ${NEW} } before last\n}`;
    const [one, other] = analyze(head).checked();
    if (!one || !other) throw new Error("a network is missing");
    const { findings } = compareNetworks(one, other).diff;
    expect(findings.map(({ id }) => id)).toContain("block-renamed");
    expect(findings.map(({ id }) => id)).not.toContain("block-added");
  });
});

test("two blocks may take each other's name", () => {
  const found = findingsOf(
    network("a: conv 3x3 4\n  b: conv 1x1 4"),
    network("b was a: conv 3x3 4\n  a was b: conv 1x1 4"),
  );
  expect(found).toEqual(["block-renamed a: b → a", "block-renamed b: a → b"]);
});

describe("a name that says nothing", () => {
  test("is a note where base has neither name, once for all instances", () => {
    const module = "module M { z was gone: conv 1x1 4 }";
    const { notes } = diffOf(network("r: 3 x { conv 1x1 4 }"), network("r: 3 x M", module));
    expect(notes).toEqual([{ kind: "unknown-former-name", path: "r.*.z", was: "gone" }]);
  });

  test("is none where base has the new name already", () => {
    const { notes, findings } = diffOf(network("z: conv 1x1 4"), network("z was a: conv 1x1 4"));
    expect([notes, findings]).toEqual([[], []]);
  });

  test("is none where base says it too, whatever has the former name now", () => {
    const text = network("a: conv 1x1 4\n  b was a: conv 3x3 4");
    const { notes, findings } = diffOf(text, text);
    expect([notes, findings]).toEqual([[], []]);
  });

  test("does not count beside a map that is all", () => {
    const head = network(`new was old: { ${NEW} }`);
    const { notes, findings } = diffOf(network(OLD), head, { mapOnly: true });
    expect(notes).toEqual([]);
    expect(findings.map(({ id }) => id)).toContain("block-added");
  });
});

test("generated code does not know of it", async () => {
  /** Without the hash of the specification's text. */
  const codeOf = async (text: string): Promise<readonly string[]> =>
    (await compile(text)).files.map((file) => String(file.content).replace(/ hash of .*/, ""));
  const files = await codeOf(network("s: conv 3x3 4\n  r: 2 x { a: conv 1x1 4 }"));
  expect(files.length).toBeGreaterThan(0);
  const said = network("s was t: conv 3x3 4\n  r was q.x: 2 x { a was b: conv 1x1 4 }");
  expect(await codeOf(said)).toEqual(files);
});
