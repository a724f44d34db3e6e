/** Pairs of networks that a comparison once judged wrongly, or could judge wrongly: what is the same function, what is another, what is not known. */
import { describe, expect, test } from "vitest";
import type { AlignOptions } from "../../../src/compiler/diff/align/alignment.ts";
import { compareNetworks, type NetworkDiff } from "../../../src/compiler/index.ts";
import { checkedText } from "../../support/checked-networks.ts";

function compare(base: string, head: string, options: AlignOptions = {}): NetworkDiff {
  const [one, other] = [base, head].map((statements) =>
    checkedText(`network N {\n  input 12x12x4\n${statements}\n}`),
  );
  if (!one || !other) throw new Error("a side is missing");
  return compareNetworks(one, other, options).diff;
}

const mapped = (map: Readonly<Record<string, string>>): AlignOptions => ({
  map: new Map(Object.entries(map).map(([from, to]) => [from, [to]])),
});

const grave = ({ findings }: NetworkDiff): readonly string[] =>
  findings
    .filter(({ class: of, isConsequence }) => !isConsequence && of !== "cosmetic" && of !== "cost")
    .map(({ id }) => id)
    .filter((id) => !id.endsWith("-renamed"));

describe("the same function", () => {
  test.each([
    [
      "a block around the first of two equal layers",
      "conv 3x3 4\nconv 3x3 4",
      "b: { conv 3x3 4 }\nconv 3x3 4",
    ],
    [
      "a block around a chain",
      "conv 3x3 4\nrelu6\nconv 1x1 4",
      "m: {\nconv 3x3 4\nrelu6\n}\nconv 1x1 4",
    ],
    [
      "a repeat of one around repeats with labels in them",
      "conv 3x3 4\n1 x {\nconv 3x3 4\n2 x {\nconv 3x3 4\ns: conv 3x3 4\n}\n}",
      "conv 3x3 4\nconv 3x3 4\n2 x {\nconv 3x3 4\ns: conv 3x3 4\n}",
    ],
    ["a repeat of four as three and one", "r: 4 x conv 3x3 4", "r: 3 x conv 3x3 4\nconv 3x3 4"],
    ["a repeat of four as one and three", "r: 4 x conv 3x3 4", "conv 3x3 4\nr: 3 x conv 3x3 4"],
    ["a repeat of repeats", "2 x { 2 x conv 3x3 4 }", "4 x conv 3x3 4"],
    [
      "a repeat that begins one step later",
      "conv 1x1 4\n2 x {\nmaxpool 3x3\nconv 1x1 4\n}",
      "2 x {\nconv 1x1 4\nmaxpool 3x3\n}\nconv 1x1 4",
    ],
    ["a residual and its sum", "residual { a: conv 3x3 4 }", "sum { | identity | a: conv 3x3 4 }"],
    [
      "residuals of what is added twice",
      "b: {\nresidual { conv 3x3 4 } shortcut { identity }\nresidual { identity }\n}\nconv 3x3 4",
      "c: {\nb: {\nresidual { conv 3x3 4 } shortcut { identity }\nresidual { identity }\n}\n}\nconv 3x3 4",
    ],
    [
      "a scale of a sum",
      "residual(scale=0.5) { residual { a: conv 3x3 4 } }",
      "residual(scale=0.5) { sum { | a: conv 3x3 4 | identity } }",
    ],
    ["an activation of what it does not change", "conv 3x3 4\nrelu", "conv 3x3 4"],
    [
      "an activation of what never gets negative",
      "conv 3x3 4\ntanh\nrelu\nconv 1x1 4",
      "conv 3x3 4\ntanh\nconv 1x1 4",
    ],
    ["relu6 after relu", "conv 3x3 4\nrelu6", "conv 3x3 4 act=relu6"],
    [
      "a maximum before or after an activation",
      "conv 3x3 4 linear\nrelu\nmaxpool 2x2 /2",
      "conv 3x3 4 linear\nmaxpool 2x2 /2\nrelu",
    ],
    [
      "a mean of a sum",
      "conv 3x3 4\nresidual { tanh }\navgpool 2x2 /2",
      "conv 3x3 4\nsum { | avgpool 2x2 /2 | tanh -> avgpool 2x2 /2 }",
    ],
    [
      "a window over everything",
      "globalavgpool\ndense 3",
      "avgpool 12x12 /12 valid\nflatten\ndense 3",
    ],
    [
      "padding that no window reaches",
      "conv 1x1 4 same\nconv 3x3 4 /3 same",
      "conv 1x1 4 valid\nconv 3x3 4 /3 valid",
    ],
    [
      "an activation of each branch or of all",
      "concat { | a: conv 3x3 4 linear | b: conv 1x1 2 linear }\nrelu\nconv 1x1 3",
      "concat { | a: conv 3x3 4 linear -> relu | b: conv 1x1 2 linear -> relu }\nconv 1x1 3",
    ],
    [
      "shares of which nothing is made",
      "split { | identity | identity }\nconv 1x1 4",
      "conv 1x1 4",
    ],
    [
      "shuffles that undo each other",
      "conv 1x1 8\nshuffle 2\nshuffle 4\nconv 1x1 3",
      "conv 1x1 8\nconv 1x1 3",
    ],
    [
      "equal branches, in blocks and in another order",
      "sum { | conv 3x3 4 | conv 3x3 4 -> tanh }",
      "sum { | { conv 3x3 4 -> tanh } | { conv 3x3 4 } }",
    ],
    [
      "joins in joins, in another order",
      "concat { | a: conv 3x3 4 | concat { | b: conv 1x1 2 | c: conv 1x1 6 } }\nconv 1x1 3",
      "concat { | concat { | c: conv 1x1 6 | a: conv 3x3 4 } | b: conv 1x1 2 }\nconv 1x1 3",
    ],
  ])("is seen in %s", (_, base, head) => {
    for (const diff of [compare(base, head), compare(head, base)]) {
      expect(diff.function).toBe("same");
      expect(diff.findings.filter(({ class: of }) => of === "numerics")).toEqual([]);
    }
  });

  test("does not hide that channels have to be permuted", () => {
    const diff = compare("conv 1x1 8\nshuffle 2\nk: conv 1x1 3", "conv 1x1 8\nk: conv 1x1 3");
    expect([diff.function, diff.weights.verdict]).toEqual(["same", "permuted"]);
    expect(grave(diff)).toEqual(["channel-order-changed"]);
  });

  test("is found under names that were swapped, if they are said to be", () => {
    const [base, head] = ["a: conv 3x3 4\nb: conv 3x3 4", "b: conv 3x3 4\na: conv 3x3 4"];
    expect(compare(base, head).function).toBe("different");
    expect(compare(base, head, mapped({ a: "b", b: "a" })).function).toBe("same");
    const declared = "b was a: conv 3x3 4\na was b: conv 3x3 4";
    expect(compare(base, declared).function).toBe("same");
  });
});

describe("another function", () => {
  test.each([
    [
      "a mean before or after an activation",
      "conv 3x3 4 linear\nrelu\navgpool 2x2 /2",
      "conv 3x3 4 linear\navgpool 2x2 /2\nrelu",
    ],
    ["a residual of an identity", "conv 3x3 4\nresidual { identity }", "conv 3x3 4\nidentity"],
    [
      "a layer and a dropout that change places across a residual",
      "residual { dropout 0.5 }\nconv 3x3 4",
      "residual { conv 3x3 4 }\ndropout 0.5",
    ],
    [
      "a scaled body and its shortcut exchanged",
      "residual(scale=0.5) { a: conv 3x3 4 } shortcut { b: conv 1x1 4 }",
      "residual(scale=0.5) { b: conv 1x1 4 } shortcut { a: conv 3x3 4 }",
    ],
    [
      "a step that leaves a repeat",
      "2 x {\nconv 3x3 4\nmaxpool 3x3\n}",
      "2 x { conv 3x3 4 }\nmaxpool 3x3",
    ],
    [
      "labels swapped between branches",
      "sum { | a: conv 3x3 4 -> tanh | b: conv 3x3 4 }",
      "sum { | b: conv 3x3 4 -> tanh | a: conv 3x3 4 }",
    ],
    [
      "softmax of each branch or of all",
      "concat { | a: conv 3x3 4 | b: conv 1x1 2 }\nsoftmax\nconv 1x1 3",
      "concat { | a: conv 3x3 4 -> softmax | b: conv 1x1 2 -> softmax }\nconv 1x1 3",
    ],
    [
      "auxiliary heads that leave elsewhere",
      "a: conv 3x3 4\naux h { globalavgpool -> dense 3 }\nb: conv 3x3 4\nglobalavgpool\ndense 3",
      "a: conv 3x3 4\nb: conv 3x3 4\naux h { globalavgpool -> dense 3 }\nglobalavgpool\ndense 3",
    ],
    [
      "auxiliary heads in another order",
      "conv 3x3 4\naux h { globalavgpool -> dense 3 }\naux i { globalavgpool -> dense 3 }\nglobalavgpool\ndense 3",
      "conv 3x3 4\naux i { globalavgpool -> dense 3 }\naux h { globalavgpool -> dense 3 }\nglobalavgpool\ndense 3",
    ],
  ])("is seen in %s", (_, base = "", head = "") => {
    for (const diff of [compare(base, head), compare(head, base)]) {
      expect(diff.function).toBe("different");
      expect(grave(diff)).not.toEqual([]);
    }
  });

  test.each([
    [
      "layers that are said to be one another",
      "a: conv 3x3 4\nb: conv 3x3 4",
      "a: conv 3x3 4\nb: conv 3x3 4",
      { a: "b", b: "a" },
    ],
    [
      "a step that is said to be another",
      "a: relu\nconv 3x3 4",
      "a: tanh\nconv 3x3 4",
      { "a.relu": "a.tanh" },
    ],
  ])("is seen in %s", (_, base, head, map) => {
    const diff = compare(base, head, mapped(map));
    expect(diff.function).toBe("different");
    expect(grave(diff)).not.toEqual([]);
  });

  test("is not one that weights fit, where groups hold other channels", () => {
    const { weights } = compare(
      "c: concat { | a: conv 3x3 4 | b: conv 1x1 4 }\ngroupnorm 4\nconv 1x1 3",
      "c: concat { | b: conv 1x1 4 | a: conv 3x3 4 }\ngroupnorm 4\nconv 1x1 3",
    );
    expect(weights.verdict).toBe("partial");
  });
});

describe("what is too costly to prove", () => {
  const MANY = "450 x residual { conv 1x1 4 }";

  test("is a finding of its own class, and no other claim is made", () => {
    const diff = compare(
      `${MANY}\nresidual {\na: conv 3x3 4\nb: conv 3x3 4\n}`,
      `${MANY}\nresidual { a: conv 3x3 4 }\nb: conv 3x3 4`,
    );
    expect(diff.function).toBe("not-proved");
    const open = diff.findings.filter(({ id }) => id === "not-proved");
    expect(open.map(({ class: of, path, isConsequence }) => [of, path, isConsequence])).toEqual([
      ["unproved", "b.conv", false],
      ["unproved", "", false],
    ]);
    expect(diff.findings.filter(({ class: of }) => of === "numerics")).toEqual([]);
  });

  test("is proved all the same where it is put together alike", () => {
    expect(compare(MANY, `b: { ${MANY} }`).function).toBe("same");
  });
});
