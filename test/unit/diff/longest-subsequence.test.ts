/** Tests that lists are matched by a longest common subsequence, or by a good one where that takes too long. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Keys,
  longestCommonSubsequence,
} from "../../../src/compiler/diff/align/longest-subsequence.ts";

/** The textbook table, which is right and slow. */
function longestLength(a: Keys, b: Keys): number {
  let last = new Array<number>(b.length + 1).fill(0);
  for (const key of a) {
    const row = [0];
    b.forEach((other, j) => {
      const same = key !== undefined && key === other;
      row.push(same ? (last[j] ?? 0) + 1 : Math.max(last[j + 1] ?? 0, row[j] ?? 0));
    });
    last = row;
  }
  return last[b.length] ?? 0;
}

function requireAnchors(a: Keys, b: Keys, anchors: readonly (readonly [number, number])[]): void {
  let before = [-1, -1];
  for (const [i, j] of anchors) {
    expect(a[i]).toBeDefined();
    expect(a[i]).toBe(b[j]);
    expect(i).toBeGreaterThan(before[0] ?? 0);
    expect(j).toBeGreaterThan(before[1] ?? 0);
    before = [i, j];
  }
}

const keys = fc.array(fc.option(fc.nat({ max: 5 }), { nil: undefined }), { maxLength: 30 });

test("what is matched is equal, in order, and as much as can be", () => {
  fc.assert(
    fc.property(keys, keys, (a, b) => {
      const { anchors, isLongest } = longestCommonSubsequence(a, b, 100);
      requireAnchors(a, b, anchors);
      expect(isLongest).toBe(true);
      expect(anchors).toHaveLength(longestLength(a, b));
    }),
  );
});

test("past the bound, what is matched is still equal and in order, and unique keys are found", () => {
  fc.assert(
    fc.property(keys, keys, (a, b) => {
      requireAnchors(a, b, longestCommonSubsequence(a, b, 1).anchors);
    }),
  );
  const a = Array.from({ length: 1000 }, (_, index) => `a${index}`);
  const b = a.flatMap((key, index) => (index % 2 === 0 ? [key] : [`x${index}`, `y${index}`]));
  const { anchors, isLongest } = longestCommonSubsequence(a, b, 10);
  expect(isLongest).toBe(false);
  expect(anchors).toHaveLength(500);
});

test("ten thousand keys with nothing in common end at the bound", () => {
  const a = Array.from({ length: 10_000 }, (_, index) => index);
  const b = a.map((key) => -1 - key);
  expect(longestCommonSubsequence(a, b, 2000)).toEqual({ anchors: [], isLongest: false });
});
