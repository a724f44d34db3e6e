/** Counts as fvcore does, and so as timm's GMACs. */
import type { Convention } from "./convention.ts";

export const fvcore: Convention = {
  name: "fvcore",
  word: "flops",
  doc: "The flops of fvcore, and so timm's GMACs: they are multiply-adds, with two for each normalized element; activations, local pools, additions and multiplications are left out.",
  weights: {
    convMacs: 1,
    denseMacs: 1,
    batchNormElements: 2,
    globalPoolInputElements: 1,
  },
};
