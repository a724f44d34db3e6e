/** Counts as PyTorch's FlopCounterMode does: two for each multiply-add. */
import type { Convention } from "./convention.ts";

export const torch: Convention = {
  name: "torch",
  word: "FLOPs",
  doc: "PyTorch's FlopCounterMode: two for each multiply-add, and nothing else.",
  weights: {
    convMacs: 2,
    denseMacs: 2,
  },
};
