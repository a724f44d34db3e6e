/** Counts as ptflops does with its `pytorch` backend, which counts activations and pools twice. */
import type { Convention } from "./convention.ts";

export const ptflops: Convention = {
  name: "ptflops",
  word: "MACs",
  doc: "ptflops with its `pytorch` backend, which counts activations and pools twice: once by module and once by function.",
  weights: {
    convMacs: 1,
    denseMacs: 1,
    convBiasAdds: 1,
    denseBiasAdds: 1,
    batchNormElements: 2,
    reluElements: 2,
    otherActivationElements: 2,
    maxPoolInputElements: 2,
    avgPoolInputElements: 2,
    globalPoolInputElements: 2,
  },
  missesFusedNorm: true,
};
