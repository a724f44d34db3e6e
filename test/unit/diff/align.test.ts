/** Tests that parts are matched as a reader of both texts would match them, with the fewest edits. */
import { expect, test } from "vitest";
import { compareNetworks } from "../../../src/compiler/index.ts";
import { checkedText } from "../../support/checked-networks.ts";

/** What is found, as `rule path: before → after`, without what follows from it. */
function findingsOf(before: string, after: string): readonly string[] {
  const [base, head] = [before, after].map((statements) =>
    checkedText(`network N {\n  input 32x32x3\n  ${statements}\n  last: conv 1x1 4\n}`),
  );
  if (!base || !head) throw new Error("a side is missing");
  return compareNetworks(base, head)
    .diff.findings.filter(({ isConsequence }) => !isConsequence)
    .map(({ id, path, before, after }) => `${id} ${path}: ${before} → ${after}`);
}

test.each([
  [
    "kernels of a factor in another order are one finding",
    "factor 7x7 (7x1 64, 1x7 64)",
    "factor 7x7 (1x7 64, 7x1 64)",
    ["kernel-order-changed factor: 7x1, 1x7 → 1x7, 7x1"],
  ],
  [
    "so they are where widths stay in their places",
    "conv 1x1 192 -> factor 7x7 (1x7 192, 7x1 224)",
    "conv 1x1 192 -> factor 7x7 (7x1 192, 1x7 224)",
    ["kernel-order-changed factor: 1x7, 7x1 → 7x1, 1x7"],
  ],
  [
    "and in a chain without a factor, at the first of them",
    "conv 3x3 8 -> conv 5x1 8 -> conv 1x5 8 -> conv 1x1 9",
    "conv 3x3 8 -> conv 1x5 8 -> conv 5x1 8 -> conv 1x1 9",
    ["kernel-order-changed conv_1: 5x1, 1x5 → 1x5, 5x1"],
  ],
  [
    "one kernel that is another is no order",
    "factor 7x7 (7x1 64, 1x7 64)",
    "factor 9x7 (9x1 64, 1x7 64)",
    ["kernel-changed factor.conv: 7x1 → 9x1", "factor-changed factor: 7x7 → 9x7"],
  ],
  [
    "what a factor was put around is compared part by part",
    "b: { conv 1x1 192 -> conv 1x7 224 -> conv 1x7 256 }",
    "b: { conv 1x1 192 -> factor 7x7 (1x7 224, 7x1 256) }",
    [
      "layer-renamed b.factor.conv: b.conv_1 → b.factor.conv",
      "layer-renamed b.factor.conv_1: b.conv_2 → b.factor.conv_1",
      "kernel-changed b.factor.conv_1: 1x7 → 7x1",
    ],
  ],
  [
    "steps that moved up by one are known by their contents",
    "conv 1x1 8 -> conv 3x3 9 -> conv 5x5 10 -> conv 3x3 11",
    "conv 3x3 9 -> conv 5x5 10 -> conv 3x3 11 -> conv 1x1 12",
    [
      "layer-renamed conv: conv_1 → conv",
      "layer-renamed conv_1: conv_2 → conv_1",
      "layer-renamed conv_2: conv_3 → conv_2",
      "layer-removed conv: conv 1x1 8 → null",
      "layer-added conv_3: null → conv 1x1 12",
    ],
  ],
  [
    "branches without names whose widths alone are others are the same branches",
    "concat { | conv 1x1 96 | conv 1x1 64 -> conv 3x3 96 | maxpool 3x3 }",
    "concat { | conv 1x1 48 | conv 1x1 32 -> conv 3x3 48 | maxpool 3x3 }",
    [
      "filters-changed conv: 96 → 48",
      "filters-changed conv_1: 64 → 32",
      "filters-changed conv_2: 96 → 48",
    ],
  ],
  [
    "a pool over the whole picture has no window to compare",
    "avgpool 32x32 valid",
    "avgpool global",
    ["window-changed avgpool: 32x32 → global"],
  ],
  [
    "an attribute without a rule of its own is told by its name",
    "conv 3x3 8 act=leaky_relu slope=0.1",
    "conv 3x3 8 act=leaky_relu slope=0.2",
    ["attribute-changed conv: slope=0.1 → slope=0.2"],
  ],
])("%s", (_, before, after, expected) => {
  expect(findingsOf(before, after).toSorted()).toEqual(expected.toSorted());
});
