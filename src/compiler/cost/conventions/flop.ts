/** The compiler's own FLOP count: every arithmetic operation, with two for a multiply-add. */
import type { Convention } from "./convention.ts";

export const flop: Convention = {
  name: "flop",
  word: "FLOPs",
  doc: "A multiply-add is two, and every other operation counts too: a pool window of K cells takes K - 1 comparisons, or K - 1 additions and a division, and an activation is one.",
  weights: {
    convMacs: 2,
    denseMacs: 2,
    convBiasAdds: 1,
    denseBiasAdds: 1,
    batchNormElements: 2,
    reluElements: 1,
    otherActivationElements: 1,
    maxPoolWindowElements: 1,
    maxPoolOutputElements: -1,
    avgPoolWindowElements: 1,
    globalPoolInputElements: 1,
    scaleMuls: 1,
    joinAdds: 1,
    resampleElements: 2,
    l2NormElements: 3,
  },
};
