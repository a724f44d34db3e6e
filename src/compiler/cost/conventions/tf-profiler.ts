/** Counts as TensorFlow's profiler does on a frozen graph; taken from its source, not from a run. */
import type { Convention } from "./convention.ts";

export const tfProfiler: Convention = {
  name: "tf-profiler",
  word: "FLOPs",
  doc: "TensorFlow's profiler on a frozen graph, read from flops_registry.py and not run: what it has no rule for, activations among it, is left out.",
  weights: {
    convMacs: 2,
    denseMacs: 2,
    convBiasAdds: 1,
    denseBiasAdds: 1,
    batchNormElements: 2,
    maxPoolWindowElements: 1,
    avgPoolWindowElements: 1,
    globalPoolInputElements: 1,
    scaleMuls: 1,
    joinAdds: 1,
  },
};
