/** Holds budgets against what networks cost: every metric, every relation, the place and the blocks that are named. */
import { describe, expect, it } from "vitest";
import { check } from "../../../src/compiler/check.ts";
import { positionAt } from "../../../src/compiler/core/source-file.ts";

/** 16×16×3: two modules of a 3×3 convolution each, and a classifier. */
function network(budgets: string): string {
  return `module Wide(n: int) { conv 3x3 n norm=none act=none bias=false }
network N {
  input 16x16x3
  a: Wide(n=8)
  b: 2 x Wide(n=16)
  head: globalavgpool -> dense 10
${budgets}
}`;
}

const A = 3 * 9 * 8;
const B = 8 * 9 * 16 + 16 * 9 * 16;
const HEAD = 170;
const PARAMS = A + B + HEAD;
const MACS = 256 * (A + B) + 160;

function codesOf(budgets: string): readonly string[] {
  return check(network(budgets)).diagnostics.map(({ code }) => code);
}

describe("a budget", () => {
  it.each([
    ["params", PARAMS],
    ["macs", MACS],
    // A multiply-add is two, the mean adds and divides 16×16×16, the classifier has ten biases.
    ["flops", 2 * MACS + 16 * 16 * 16 + 10],
    ["activations", 256 * (8 + 16 + 16) + 16 + 10],
    // The picture, and the 16 maps that the second convolution of b reads and makes.
    ["peak_memory", 4 * 256 * (3 + 16 + 16)],
    ["depth", 4],
    ["b.params", B],
    ["b.1.params", 16 * 9 * 16],
    ["b.1.conv.macs", 256 * 16 * 9 * 16],
    ["head.dense.params", HEAD],
    ["b.depth", 2],
    ["b.peak_memory", 4 * 256 * (8 + 16 + 16)],
  ])("on %s holds at %i exactly", (metric, actual) => {
    expect(codesOf(`budget ${metric} == ${actual}`)).toEqual([]);
    expect(codesOf(`budget ${metric} <= ${actual}`)).toEqual([]);
    expect(codesOf(`budget ${metric} >= ${actual}`)).toEqual([]);
    expect(codesOf(`budget ${metric} < ${actual}`)).toEqual(["budget/exceeded"]);
    expect(codesOf(`budget ${metric} > ${actual}`)).toEqual(["budget/exceeded"]);
    expect(codesOf(`budget ${metric} == ${actual + 1}`)).toEqual(["budget/exceeded"]);
  });

  it("counts moving means and variances among the parameters", () => {
    const text = (limit: number) =>
      `network N {\n input 8x8x3\n conv 1x1 4\n budget params <= ${limit}\n}`;
    expect(check(text(12 + 16)).diagnostics).toEqual([]);
    expect(check(text(12 + 15)).diagnostics).toHaveLength(1);
  });

  it("says by how much it is missed, and where most of it is", () => {
    const { diagnostics } = check(network("  budget params <= 3K"));
    const [found] = diagnostics;
    expect(diagnostics).toHaveLength(1);
    expect(found?.message).toBe(
      `this network has ${PARAMS.toLocaleString("en-US")} parameters; the budget is at most 3,000, missed by ${PARAMS - 3000} (${Math.round((PARAMS / 3000 - 1) * 100)}%)`,
    );
    expect(found?.help).toContain("`b` 3,456 (90%), `a` 216");
    expect(found?.span && positionAt(found.span.file, found.span.start).line).toBe(7);
  });

  it("on a block names the parts of that block", () => {
    const [found] = check(network("budget b.macs <= 1")).diagnostics;
    expect(found?.message).toMatch(/^`b` has 884,736 multiply-adds/);
    expect(found?.help).toContain("`b.1` 589,824 (67%), `b.0` 294,912 (33%)");
  });

  it("names three blocks at most, dearest first, and none that costs nothing", () => {
    const many = Array.from(
      { length: 5 },
      (_, index) => `l${index}: conv 1x1 ${index + 1} norm=none`,
    );
    const text = `network N {\n input 8x8x1\n${many.join("\n")}\nrelu\n budget macs <= 1\n}`;
    const [found] = check(text).diagnostics;
    expect(found?.help?.match(/`l\d`/g)).toEqual(["`l4`", "`l3`", "`l2`"]);
  });

  it.each(["depth", "peak_memory"])("on %s names no blocks: it does not add up", (metric) => {
    const [found] = check(network(`budget ${metric} <= 1`)).diagnostics;
    expect(found?.code).toBe("budget/exceeded");
    expect(found?.help).toBeUndefined();
  });

  it("on a path that does not exist tells the nearest", () => {
    const [found] = check(network("budget haed.params <= 1K")).diagnostics;
    expect(found?.code).toBe("budget/unknown-path");
    expect(found?.help).toContain("`head`");
  });

  it("is not held against a sum that is no longer exact", () => {
    const text = `network N {
  input 60000x60000x3
  5 x conv 9x9 1000 norm=none
  budget macs >= 1
}`;
    const codes = check(text).diagnostics.map(({ code }) => code);
    expect(codes).toEqual(["budget/not-computable"]);
  });

  it("of a variant of a variant is the one that holds, a lower bound beside an upper one", () => {
    const text = (limit: string) => `network N {
  input 8x8x1
  conv 1x1 4 norm=none
  budget params <= 1
}
variant Middle of N {
  budget params <= 2
}
variant Last of Middle {
  budget params <= ${limit}
  budget params >= 8
}`;
    const checkLast = (limit: string) =>
      check(text(limit), { network: "Last" }).diagnostics.map(({ code }) => code);
    expect(checkLast("8")).toEqual([]);
    expect(checkLast("7")).toEqual(["budget/exceeded"]);
  });
});
