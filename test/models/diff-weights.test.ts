/** The verdict of a comparison, proved on real models: weights are moved as it says, and both models predict the same. */
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { compareNetworks, type Finding, type WeightReport } from "../../src/compiler/index.ts";
import { arbitrarySpec } from "../fuzz/arbitrary-spec.ts";
import { fuzz } from "../fuzz/fuzz.ts";
import { checkedText } from "../support/checked-networks.ts";
import { differenceAfterMove } from "./difference-after-move.ts";
import { startBackend } from "./run-model.ts";

beforeAll(startBackend);

function network(statements: string, modules = ""): string {
  return `${modules}\nnetwork N {\n  input 12x12x3\n${statements}\n}`;
}

function compare(
  base: string,
  head: string,
): { readonly report: WeightReport; readonly findings: readonly Finding[] } {
  const { diff } = compareNetworks(checkedText(base), checkedText(head));
  return { report: diff.weights, findings: diff.findings };
}

const SAME_FUNCTION = 1e-4;
const A = "a: conv 3x3 4";
const B = "b: conv 1x1 6 -> conv 3x3 4";

const PERMUTED: Readonly<Record<string, readonly [base: string, head: string]>> = {
  "within a share of a split": [
    `c: concat { | ${A} | ${B} | d: conv 1x1 8 }\n split { | dwconv 3x3 -> conv 1x1 3 | identity }\n conv 1x1 5`,
    `c: concat { | ${B} | ${A} | d: conv 1x1 8 }\n split { | dwconv 3x3 -> conv 1x1 3 | identity }\n conv 1x1 5`,
  ],
  "branches of a split together with what they get": [
    `c: concat { | ${A} | ${B} }\n split { | p: dwconv 3x3 | q: conv 1x1 6 -> batchnorm }\n conv 1x1 5`,
    `c: concat { | ${B} | ${A} }\n split { | q: conv 1x1 6 -> batchnorm | p: dwconv 3x3 }\n conv 1x1 5`,
  ],
  "two branches": [
    `c: concat { | ${A} | ${B} }\n conv 1x1 5\n globalavgpool -> dense 3`,
    `c: concat { | ${B} | ${A} }\n conv 1x1 5\n globalavgpool -> dense 3`,
  ],
  "branches without labels": [
    "concat { | conv 1x1 4 | conv 3x3 4 -> conv 3x3 4 | maxpool 3x3 }\n conv 1x1 5",
    "concat { | maxpool 3x3 | conv 3x3 4 -> conv 3x3 4 | conv 1x1 4 }\n conv 1x1 5",
  ],
  "through pools, normalization and a depthwise convolution": [
    `c: concat { | ${A} | ${B} }\n maxpool 2x2 /2 -> batchnorm -> dwconv 3x3 mult=2 -> sepconv 3x3 5`,
    `c: concat { | ${B} | ${A} }\n maxpool 2x2 /2 -> batchnorm -> dwconv 3x3 mult=2 -> sepconv 3x3 5`,
  ],
  "through flatten": [
    `c: concat { | ${A} | ${B} }\n maxpool 4x4 /4 -> flatten -> dense 3`,
    `c: concat { | ${B} | ${A} }\n maxpool 4x4 /4 -> flatten -> dense 3`,
  ],
  "through residuals, whose projections follow": [
    `c: concat { | ${A} | ${B} }\n r: residual(scale=0.3) { conv 3x3 5 -> project } -> relu\n conv 1x1 5`,
    `c: concat { | ${B} | ${A} }\n r: residual(scale=0.3) { conv 3x3 5 -> project } -> relu\n conv 1x1 5`,
  ],
  "through a gate": [
    `c: concat { | ${A} | ${B} }\n scale_by { globalavgpool -> dense 8 act=sigmoid }\n conv 1x1 5`,
    `c: concat { | ${B} | ${A} }\n scale_by { globalavgpool -> dense 8 act=sigmoid }\n conv 1x1 5`,
  ],
  "through layer normalization": [
    `c: concat { | ${A} | ${B} }\n layernorm -> dwconv 3x3 norm=layer -> conv 1x1 5`,
    `c: concat { | ${B} | ${A} }\n layernorm -> dwconv 3x3 norm=layer -> conv 1x1 5`,
  ],
  "through normalization of all channels, and of each": [
    `c: concat { | ${A} | ${B} }\n groupnorm groups=1 -> groupnorm groups=8 -> conv 1x1 5`,
    `c: concat { | ${B} | ${A} }\n groupnorm groups=1 -> groupnorm groups=8 -> conv 1x1 5`,
  ],
  "through a shuffle of channels": [
    `c: concat { | ${A} | ${B} }\n shuffle 2 -> dwconv 3x3 -> conv 1x1 5`,
    `c: concat { | ${B} | ${A} }\n shuffle 2 -> dwconv 3x3 -> conv 1x1 5`,
  ],
  "into a shuffle with other groups": [
    `c: concat { | ${A} | ${B} }\n shuffle 2 -> dwconv 3x3 -> conv 1x1 5`,
    `c: concat { | ${B} | ${A} }\n shuffle 4 -> dwconv 3x3 -> conv 1x1 5`,
  ],
  "into a shuffle that base has not": [
    `c: concat { | ${A} | ${B} }\n conv 1x1 5`,
    `c: concat { | ${B} | ${A} }\n shuffle 2 -> conv 1x1 5`,
  ],
  "through learned slopes and scales": [
    `c: concat { | ${A} | ${B} }\n prelu -> layer_scale -> deconv 2x2 5 /2`,
    `c: concat { | ${B} | ${A} }\n prelu -> layer_scale -> deconv 2x2 5 /2`,
  ],
  "a sum of one way that can choose and one that cannot": [
    `c: concat { | ${A} | ${B} }\n sum { | identity | conv 1x1 8 }\n conv 1x1 5`,
    `c: concat { | ${B} | ${A} }\n sum { | identity | conv 1x1 8 }\n conv 1x1 5`,
  ],
};

describe("branches in another order", () => {
  test.each(Object.entries(PERMUTED))("%s", async (_, [before, after]) => {
    const [base, head] = [network(before), network(after)];
    const { report, findings } = compare(base, head);
    expect(report.verdict).toBe("permuted");
    expect(findings.map(({ id }) => id)).toContain("branch-order-changed");
    expect(await differenceAfterMove("diff-weights", base, head, report)).toBeLessThan(
      SAME_FUNCTION,
    );
  });

  test("without the permutation the function is another", async () => {
    const [before = "", after = ""] = PERMUTED["two branches"] ?? [];
    const [base, head] = [network(before), network(after)];
    const { report } = compare(base, head);
    const plain = { ...report, permuted: report.permuted.map((move) => ({ ...move, axes: [] })) };
    expect(await differenceAfterMove("diff-weights", base, head, plain)).toBeGreaterThan(0.01);
  });

  test("an output whose channels come in another order is a finding of its own", () => {
    const join = (one: string, other: string): string =>
      network(`c: concat { | ${one} | ${other} }`);
    const { findings } = compare(join(A, B), join(B, A));
    expect(findings.map(({ id }) => id)).toContain("output-order-changed");
  });

  test("a group of channels cannot be permuted, and is not said to fit", () => {
    const { report } = compare(
      network(`c: concat { | ${A} | ${B} }\n conv 3x3 8 groups=2`),
      network(`c: concat { | ${B} | ${A} }\n conv 3x3 8 groups=2`),
    );
    expect(report.verdict).toBe("partial");
    expect(report.mismatched.map(({ reason }) => reason)).toEqual(["channels"]);
  });
});

describe("channels that no permutation of base's gives are not said to fit", () => {
  const WIDE = "b: conv 1x1 6 -> conv 3x3 8";
  test.each([
    ["a shuffle with other groups", "shuffle 2 -> lrn 3", "shuffle 3 -> lrn 3"],
    ["a shuffle that base has not", "lrn 3", "shuffle 2 -> lrn 3"],
    ["normalization over neighbouring channels", "lrn 3", "lrn 3"],
    [
      "normalization of groups of channels",
      "groupnorm groups=2 gamma=false beta=false",
      "groupnorm groups=2 gamma=false beta=false",
    ],
  ])("%s", (_, before, after) => {
    const { report } = compare(
      network(`c: concat { | ${A} | ${WIDE} }\n ${before}\n k: conv 1x1 5`),
      network(`c: concat { | ${WIDE} | ${A} }\n ${after}\n k: conv 1x1 5`),
    );
    expect(report.verdict).toBe("partial");
    expect(report.mismatched.map(({ head, reason }) => [head, reason])).toEqual([
      ["k.conv/kernel", "channels"],
    ]);
  });
});

describe("shares of a split that base deals to no or another branch", () => {
  const ONE = "p: conv 1x1 4 -> conv 3x3 3";
  const OTHER = "q: conv 3x3 4";
  const LAST = "k: conv 1x1 5";
  test.each([
    [
      "branches that change places",
      `conv 1x1 8\n split { | ${ONE} | ${OTHER} }\n ${LAST}`,
      `conv 1x1 8\n split { | ${OTHER} | ${ONE} }\n ${LAST}`,
      ["q.conv/kernel", "p.conv/kernel"],
    ],
    [
      "a permutation across shares",
      `c: concat { | ${A} | ${B} | d: conv 1x1 8 }\n split { | ${ONE} | identity }\n ${LAST}`,
      `c: concat { | ${A} | d: conv 1x1 8 | ${B} }\n split { | ${ONE} | identity }\n ${LAST}`,
      ["p.conv/kernel", "k.conv/kernel"],
    ],
    [
      "a sum in its place",
      `conv 1x1 8\n j: sum { | relu | tanh }\n ${LAST}`,
      `conv 1x1 8\n j: split { | relu | tanh }\n ${LAST}`,
      ["k.conv/kernel"],
    ],
    [
      "a sum in place of it",
      `conv 1x1 8\n j: split { | relu | tanh }\n ${LAST}`,
      `conv 1x1 8\n j: sum { | relu | tanh }\n ${LAST}`,
      ["k.conv/kernel"],
    ],
    [
      "a split that base has not",
      `conv 1x1 8\n ${LAST}`,
      `conv 1x1 8\n split { | identity | tanh }\n ${LAST}`,
      ["k.conv/kernel"],
    ],
  ])("do not fit: %s", (_, before, after, kernels) => {
    const { report } = compare(network(before), network(after));
    expect(report.verdict).toBe("partial");
    expect(report.mismatched.map(({ head, reason }) => [head, reason])).toEqual(
      kernels.map((kernel) => [kernel, "channels"]),
    );
  });
});

describe("other names", () => {
  test.each([
    ["a label", "one: conv 3x3 4\n two: conv 1x1 4", "uno: conv 3x3 4\n dos: conv 1x1 4"],
    [
      "a block around layers",
      "conv 3x3 4 -> conv 1x1 4 -> conv 3x3 2",
      "w: { conv 3x3 4 -> conv 1x1 4 } -> conv 3x3 2",
    ],
    ["a repeat of one", "a: { conv 3x3 3 }", "a: 1 x { conv 3x3 3 }"],
  ])("%s is a name map", async (_, before, after) => {
    const [base, head] = [network(before), network(after)];
    const { report } = compare(base, head);
    expect(report.verdict).toBe("full");
    expect(report.renamedCount).toBeGreaterThan(0);
    expect(await differenceAfterMove("diff-weights", base, head, report)).toBe(0);
  });
});

test("a gamma that is missing is filled with 1, and a bias and beta with 0", async () => {
  const without = "defaults batchnorm(gamma=false, beta=false)\n conv 3x3 4 -> conv 1x1 3";
  const base = network(without);
  const head = network("defaults batchnorm(gamma=true)\n conv 3x3 4 -> conv 1x1 3 bias");
  const { report } = compare(base, head);
  expect(report.verdict).toBe("partial");
  expect(report.isRepairable).toBe(true);
  expect(await differenceAfterMove("diff-weights", base, head, report)).toBeLessThan(SAME_FUNCTION);
});

test("scale and offset of layer normalization that are missing are filled with 1 and 0", async () => {
  const layers = "conv 3x3 4 norm=layer -> layernorm -> conv 1x1 3 norm=layer";
  const base = network(`defaults layernorm(gamma=false, beta=false)\n ${layers} bias=false`);
  const head = network(`${layers} bias`);
  const { report, findings } = compare(base, head);
  expect(findings.map(({ id }) => id)).toEqual(expect.arrayContaining(["norm-part-added"]));
  expect(report.missing.length).toBe(7);
  expect(report.isRepairable).toBe(true);
  expect(await differenceAfterMove("diff-weights", base, head, report)).toBeLessThan(SAME_FUNCTION);
});

/** What is left over or missing in a layer, beside a second layer that shows whether the first gives the same. */
const REPAIRED: Readonly<Record<string, readonly [base: string, head: string]>> = {
  "a bias into the moving mean": [
    "conv 3x3 4 bias -> conv 1x1 3 norm=none",
    "conv 3x3 4 -> conv 1x1 3 norm=none",
  ],
  "a gamma into the kernel and the moving mean": [
    "defaults batchnorm(gamma=true)\n conv 3x3 4 -> conv 1x1 3",
    "defaults batchnorm(gamma=false)\n conv 3x3 4 -> conv 1x1 3",
  ],
  "a gamma where a bias stays": [
    "defaults batchnorm(gamma=true)\n conv 3x3 4 bias",
    "defaults batchnorm(gamma=false)\n conv 3x3 4 bias",
  ],
  "a beta into the moving mean, beside a gamma": [
    "defaults batchnorm(beta=true)\n conv 3x3 4",
    "defaults batchnorm(beta=false)\n conv 3x3 4",
  ],
  "a beta of a normalization of its own": [
    "conv 3x3 4 norm=none -> batchnorm beta=true",
    "conv 3x3 4 norm=none -> batchnorm beta=false",
  ],
  "bias, gamma and beta at once": [
    "defaults batchnorm(gamma=true, beta=true)\n conv 3x3 4 bias -> flatten -> dense 3 norm=batch bias",
    "defaults batchnorm(gamma=false, beta=false)\n conv 3x3 4 -> flatten -> dense 3 norm=batch",
  ],
  "a whole normalization into kernel and bias": [
    "conv 3x3 4 bias -> conv 1x1 3",
    "conv 3x3 4 norm=none bias -> conv 1x1 3 norm=none bias",
  ],
  "a whole normalization without gamma": [
    "defaults batchnorm(gamma=false)\n conv 3x3 4",
    "conv 3x3 4 norm=none bias",
  ],
  "a normalization that is new, and a bias that is gone": [
    "conv 3x3 4 norm=none bias -> conv 1x1 3 norm=none bias",
    "conv 3x3 4 -> conv 1x1 3 bias",
  ],
  "a gamma into the kernel of a depthwise convolution": [
    "defaults batchnorm(gamma=true)\n dwconv 3x3 mult=2",
    "defaults batchnorm(gamma=false)\n dwconv 3x3 mult=2",
  ],
  "a gamma into the pointwise kernel of a separable one": [
    "defaults batchnorm(gamma=true)\n sepconv 3x3 5",
    "defaults batchnorm(gamma=false)\n sepconv 3x3 5",
  ],
  "gamma and beta of channels that come in another order": [
    `defaults batchnorm(gamma=true)\n c: concat { | ${A} | ${B} }\n dwconv 3x3 mult=2 -> batchnorm beta=true -> conv 1x1 5`,
    `defaults batchnorm(gamma=false)\n c: concat { | ${B} | ${A} }\n dwconv 3x3 mult=2 -> batchnorm gamma=true beta=false -> conv 1x1 5`,
  ],
  "a bias of filters that are permuted": [
    `c: concat { | ${A} | ${B} }\n residual { conv 3x3 5 -> project norm=batch bias }\n conv 1x1 5`,
    `c: concat { | ${B} | ${A} }\n residual { conv 3x3 5 -> project norm=batch bias=false }\n conv 1x1 5`,
  ],
};

describe("what is left over is folded", () => {
  test.each(Object.entries(REPAIRED))("%s", async (_, [before, after]) => {
    const [base, head] = [network(before), network(after)];
    const { report } = compare(base, head);
    expect(report.verdict).toBe("partial");
    expect(report.isRepairable).toBe(true);
    expect(report.extra.length).toBeGreaterThan(0);
    expect(await differenceAfterMove("diff-weights", base, head, report)).toBeLessThan(
      SAME_FUNCTION,
    );
  });

  test("without the fold the function is another", async () => {
    const [before = "", after = ""] = REPAIRED["a bias into the moving mean"] ?? [];
    const [base, head] = [network(before), network(after)];
    const { report } = compare(base, head);
    const unfolded = { ...report, extra: [] };
    expect(await differenceAfterMove("diff-weights", base, head, unfolded)).toBeGreaterThan(0.01);
  });

  test.each([
    [
      "a gamma of a normalization of its own",
      "conv 3x3 4 norm=none -> batchnorm",
      "conv 3x3 4 norm=none -> batchnorm gamma=false",
    ],
    [
      "a bias where nothing could take it in",
      "conv 3x3 4 norm=none bias",
      "conv 3x3 4 norm=none bias=false",
    ],
    [
      "a variance along an axis that is not the last of a kernel",
      "deconv 2x2 4 bias",
      "deconv 2x2 4 norm=none bias",
    ],
    ["a normalization where there is no bias", "conv 3x3 4", "conv 3x3 4 norm=none bias=false"],
    ["batch normalization before layer normalization", "conv 3x3 4 bias", "conv 3x3 4 norm=layer"],
    ["layer normalization", "conv 3x3 4 norm=layer", "conv 3x3 4 bias"],
    [
      "a bias before group normalization",
      "defaults groupnorm(groups=2)\n conv 3x3 4 norm=group",
      "defaults groupnorm(groups=2)\n conv 3x3 4 norm=group bias=false",
    ],
    [
      "a bias before layer normalization",
      "conv 3x3 4 norm=layer",
      "conv 3x3 4 norm=layer bias=false",
    ],
    [
      "an offset of layer normalization",
      "conv 3x3 4 norm=layer",
      "defaults layernorm(beta=false)\n conv 3x3 4 norm=layer",
    ],
    [
      "a scale of a step of its own",
      "conv 3x3 4 -> layernorm",
      "conv 3x3 4 -> layernorm gamma=false",
    ],
  ])("%s cannot be", (_, before, after) => {
    const { report } = compare(network(before), network(after));
    expect(report.verdict).toBe("partial");
    expect(report.isRepairable).toBe(false);
  });

  test("another kind of normalization is one finding", () => {
    const { findings } = compare(network("conv 3x3 4 bias"), network("conv 3x3 4 norm=layer"));
    expect(
      findings.map(({ id, class: of, before, after }) => [id, of, before, after]),
    ).toContainEqual(["norm-kind-changed", "weights", "batch", "layer"]);
    expect(findings.map(({ id }) => id)).not.toContain("norm-epsilon-changed");
  });
});

/** Findings that leave the function at inference what it is. */
const HARMLESS = new Set([
  "network-renamed",
  "layer-renamed",
  "block-renamed",
  "step-renamed",
  "module-renamed",
  "output-renamed",
  "branch-order-changed",
  "term-order-changed",
  "argument-changed",
  "parameter-changed",
  "budget-changed",
  "dropout-changed",
  "norm-momentum-changed",
  "identity-changed",
  "factor-changed",
  "option-removed",
]);

/** Findings that repairs make up for. */
const REPAIRABLE = new Set([
  "bias-added",
  "bias-removed",
  "norm-part-added",
  "norm-gamma-added",
  "norm-gamma-removed",
  "norm-beta-added",
  "norm-beta-removed",
]);

const NORMALIZATIONS = [
  "",
  "defaults batchnorm(gamma=false)",
  "defaults batchnorm(gamma=false, beta=false)",
  "defaults conv(bias=true)",
];

test("whenever weights are said to fit or to be repaired and nothing else is found, both models predict the same", async () => {
  const proved = { full: 0, permuted: 0, partial: 0, none: 0 };
  const spec = arbitrarySpec({ maxSide: 12, depth: 1, maxStatements: 3, maxEdits: 0 });
  const defaults = fc.constantFrom(...NORMALIZATIONS);
  await fuzz(
    fc.asyncProperty(spec, defaults, defaults, async ({ text }, before, after) => {
      const base = `${before}\n${text}`;
      const head = `${after}\n${withBranchesReversed(text)}`;
      const { report, findings } = compare(base, head);
      if (!report.isRepairable) return;
      if (!findings.every(({ id }) => HARMLESS.has(id) || REPAIRABLE.has(id))) return;
      const difference = await differenceAfterMove("diff-weights", base, head, report);
      expect(difference).toBeLessThan(SAME_FUNCTION);
      proved[report.verdict]++;
    }),
    { runs: 60, longRuns: 300 },
  );
  // Which verdicts come up is chance; each has cases of its own above.
  expect(proved.full + proved.permuted + proved.partial).toBeGreaterThan(0);
});

/** Every outermost join, from its last branch to its first. */
function withBranchesReversed(text: string): string {
  let result = "";
  let rest = text;
  for (let found = JOIN.exec(rest); found; found = JOIN.exec(rest)) {
    const start = found.index + found[0].length;
    const { branches, end } = splitBranches(rest, start);
    result += `${rest.slice(0, start)}${branches
      .toReversed()
      .map((branch) => `|${branch}`)
      .join("")}`;
    rest = rest.slice(end);
  }
  return result + rest;
}

const JOIN = /\b(?:concat|sum) \{ (?=\|)/;

/** The branches from `start` to the brace that closes them, which lies at `end`. */
function splitBranches(
  text: string,
  start: number,
): { readonly branches: readonly string[]; readonly end: number } {
  const branches: string[] = [];
  let depth = 0;
  let end = start;
  for (; depth >= 0 && end < text.length; end++) {
    const character = text[end] ?? "";
    if (character === "{") depth++;
    else if (character === "}") depth--;
    if (depth < 0) break;
    if (character === "|" && depth === 0) branches.push("");
    else branches[branches.length - 1] += character;
  }
  return { branches, end };
}
