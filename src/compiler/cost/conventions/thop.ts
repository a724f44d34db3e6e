/** Counts as thop does, with four operations per normalized element. */
import type { Convention } from "./convention.ts";

export const thop: Convention = {
  name: "thop",
  word: "MACs",
  doc: "thop's profile: a normalized element is four, an average pool counts one for each output, a global one what goes in and out.",
  weights: {
    convMacs: 1,
    denseMacs: 1,
    batchNormElements: 4,
    avgPoolOutputElements: 1,
    globalPoolInputElements: 1,
    globalPoolOutputElements: 1,
  },
  missesFusedNorm: true,
};
