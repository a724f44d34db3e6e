/** Counts as the calflops package does; it ignores the bias of dense layers. */
import type { Convention } from "./convention.ts";

export const calflops: Convention = {
  name: "calflops",
  word: "FLOPs",
  doc: "calflops: activations and normalization count, pools by what goes in, and the bias of a dense layer not at all.",
  weights: {
    convMacs: 2,
    denseMacs: 2,
    convBiasAdds: 1,
    batchNormElements: 2,
    reluElements: 1,
    otherActivationElements: 1,
    maxPoolInputElements: 1,
    avgPoolInputElements: 1,
    globalPoolInputElements: 1,
  },
};
