import { expect, test } from "vitest";
import { createCostMeter } from "../../../src/compiler/cost/measure-cost.ts";
import { measureFactorizations } from "../../../src/compiler/cost/measure-factorizations.ts";
import { checkedText } from "../../support/checked-networks.ts";

test("a factor is held against the plain convolution that it stands for", () => {
  const { root } = checkedText(`
    network N {
      input 10x10x4
      defaults conv(norm=none, bias=false)
      a: 2 x { factor 7x7 (1x7 6, 7x1 4) }
      b: factor 5x5 (3x3 8, 3x3 16 /2)
    }`);
  const seven = {
    kernel: [7, 7],
    params: 7 * 4 * 6 + 7 * 6 * 4,
    macs: 100 * (7 * 4 * 6 + 7 * 6 * 4),
    plainParams: 49 * 4 * 4,
    plainMacs: 100 * 49 * 4 * 4,
  };
  expect(measureFactorizations(root, createCostMeter())).toEqual([
    { path: "a.0.factor", ...seven },
    { path: "a.1.factor", ...seven },
    {
      path: "b.factor",
      kernel: [5, 5],
      params: 9 * 4 * 8 + 9 * 8 * 16,
      macs: 100 * 9 * 4 * 8 + 25 * 9 * 8 * 16,
      plainParams: 25 * 4 * 16,
      plainMacs: 25 * 25 * 4 * 16,
    },
  ]);
});
