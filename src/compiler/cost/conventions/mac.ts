/** Counts the multiply-adds of convolutions and dense layers and nothing else. */
import type { Convention } from "./convention.ts";

export const mac: Convention = {
  name: "mac",
  word: "MACs",
  doc: "Multiply-adds of convolutions and dense layers, and nothing else.",
  weights: {
    convMacs: 1,
    denseMacs: 1,
  },
};
