/** Counts as torch-scan's FLOPs do; n products take n - 1 additions. */
import type { Convention } from "./convention.ts";

export const torchScanFlops: Convention = {
  name: "torch-scan-flops",
  word: "FLOPs",
  doc: "torch-scan's FLOPs by module: n products take n - 1 additions; pools as in its multiply-adds.",
  weights: {
    convMacs: 2,
    denseMacs: 2,
    convOutputElements: -1,
    convBiasAdds: 1,
    batchNormElements: 4,
    batchNormChannels: 2,
    reluElements: 1,
    otherActivationElements: 1,
    maxPoolRowElements: 1,
    maxPoolOutputElements: -1,
    avgPoolRowElements: 1,
    avgPoolOutputElements: 1,
    globalPoolInputElements: 1,
    globalPoolOutputElements: 1,
  },
  missesFusedNorm: true,
};
