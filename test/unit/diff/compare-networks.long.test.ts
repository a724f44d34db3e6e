/** Tests comparisons of very long networks: matched in the best way while few edits differ, and given up in time. */
import { describe, expect, test } from "vitest";
import { compareNetworks } from "../../../src/compiler/index.ts";
import { checkedText } from "../../support/checked-networks.ts";

describe("ten thousand layers", () => {
  const SIZE = 10_000;

  function chain(stepOf: (index: number) => string): string {
    const steps = Array.from({ length: SIZE }, (_, index) => `  ${stepOf(index)}`);
    return `network N {\n  input 8x8x3\n${steps.join("\n")}\n}`;
  }

  test("with a few edits are compared in the best way", () => {
    const stepOf = (index: number): string => `conv 1x1 ${1 + (index % 97)} norm=none`;
    const base = chain(stepOf);
    const head = chain((index) =>
      index % 1000 === 500 ? "conv 3x3 200 norm=none" : stepOf(index),
    );
    const { diff } = compareNetworks(checkedText(base), checkedText(head));
    expect(diff.notes).toEqual([]);
    expect(diff.findings.filter(({ isConsequence }) => !isConsequence)).toHaveLength(20);
  });

  test("with nothing in common are given up in time, which is said", () => {
    const base = chain((index) => `conv 1x1 ${1 + ((index * 7919) % 9973)} norm=none bias=false`);
    const head = chain(
      (index) => `conv 1x1 ${10_000 + ((index * 104_729) % 9967)} norm=none act=elu`,
    );
    const longer = head.replace("conv", "conv 3x3 1 -> conv");
    const { diff } = compareNetworks(checkedText(base), checkedText(longer));
    expect(diff.notes.length).toBeGreaterThan(0);
    expect(diff.weights.verdict).not.toBe("full");
  });
});
