/** Counts as ptflops does with its `aten` backend. */
import type { Convention } from "./convention.ts";

export const ptflopsAten: Convention = {
  name: "ptflops-aten",
  word: "MACs",
  doc: "ptflops with its `aten` backend: convolutions and dense layers with their biases.",
  weights: {
    convMacs: 1,
    denseMacs: 1,
    convBiasAdds: 1,
    denseBiasAdds: 1,
  },
};
