/** Counts as torch-scan's multiply-adds do, including its reading of a square pool kernel as one number. */
import type { Convention } from "./convention.ts";

export const torchScan: Convention = {
  name: "torch-scan",
  word: "MACs",
  doc: "torch-scan's multiply-adds: it takes a pool whose kernel is the one number 3 for a window of 3 cells, and so do we.",
  weights: {
    convMacs: 1,
    denseMacs: 1,
    batchNormElements: 2,
    maxPoolRowElements: 1,
    maxPoolOutputElements: -1,
    avgPoolRowElements: 1,
    avgPoolOutputElements: 1,
    globalPoolInputElements: 1,
    globalPoolOutputElements: 1,
  },
  missesFusedNorm: true,
};
