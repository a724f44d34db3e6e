/** Holds the search for the smallest input against all sizes tried one by one. */
import { describe, expect, it } from "vitest";
import { findMinInput } from "../../../src/compiler/cost/find-min-input.ts";

describe("the smallest input", () => {
  it("is found from below, square and side by side", () => {
    const accepts = (height: number, width: number) => height >= 75 && width >= 40;
    expect(findMinInput(accepts, [299, 299])).toEqual({
      square: 75,
      sides: { height: 75, width: 40 },
    });
  });

  it("need not be the first step down from the declared one", () => {
    // Halved four times and enlarged again: multiples of 16 alone.
    const accepts = (height: number, width: number) => height % 16 === 0 && width % 16 === 0;
    expect(findMinInput(accepts, [256, 128])).toEqual({
      square: 16,
      sides: { height: 16, width: 16 },
    });
  });

  it("has no square where both sides must differ", () => {
    const accepts = (height: number, width: number) => height === 2 * width;
    expect(findMinInput(accepts, [64, 32])).toEqual({ sides: { height: 64, width: 32 } });
  });

  it("is the declared one where nothing smaller will do", () => {
    const accepts = (height: number, width: number) => height === 224 && width === 224;
    expect(findMinInput(accepts, [224, 224])).toEqual({
      square: 224,
      sides: { height: 224, width: 224 },
    });
  });

  it("takes few tries for pictures of any size", () => {
    let tries = 0;
    const accepts = (height: number, width: number): boolean => {
      tries++;
      return height >= 70_001 && width >= 3;
    };
    expect(findMinInput(accepts, [1_000_000, 1_000_000])).toEqual({
      square: 70_001,
      sides: { height: 70_001, width: 3 },
    });
    expect(tries).toBeLessThan(2000);
  });
});
