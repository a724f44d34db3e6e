/** Counts as torchinfo does; normalization counts per channel, whatever the size of the picture. */
import type { Convention } from "./convention.ts";

export const torchinfo: Convention = {
  name: "torchinfo",
  word: "mult-adds",
  doc: "torchinfo's summary: biases count, and a normalization counts two for each channel, whatever the size of the picture.",
  weights: {
    convMacs: 1,
    denseMacs: 1,
    convBiasAdds: 1,
    denseBiasAdds: 1,
    batchNormChannels: 2,
  },
  missesFusedNorm: true,
};
