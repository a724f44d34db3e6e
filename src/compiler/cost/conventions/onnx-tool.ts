/** Counts as onnx-tool's profile of an exported graph does, with its 31 operations per normalized element. */
import type { Convention } from "./convention.ts";

export const onnxTool: Convention = {
  name: "onnx-tool",
  word: "MACs",
  doc: "onnx-tool's profile of the exported graph: a normalized element is 31, as if its square root were taken again for every pixel.",
  weights: {
    convMacs: 1,
    denseMacs: 1,
    convBiasAdds: 1,
    denseBiasAdds: 1,
    batchNormElements: 31,
    reluElements: 1,
    otherActivationElements: 1,
    maxPoolWindowElements: 1,
    avgPoolWindowElements: 1,
    globalPoolInputElements: 1,
    globalPoolOutputElements: 4,
    scaleMuls: 1,
    joinAdds: 1,
  },
};
