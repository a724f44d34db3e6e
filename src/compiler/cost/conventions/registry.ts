/** All counting conventions: how the compiler and other tools weigh each primitive operation. */
import type { Convention } from "./convention.ts";

/** Counts the multiply-adds of convolutions and dense layers and nothing else. */
export const mac: Convention = {
  name: "mac",
  word: "MACs",
  doc: "Multiply-adds of convolutions and dense layers, and nothing else.",
  weights: {
    convMacs: 1,
    denseMacs: 1,
  },
};

/** The compiler's own FLOP count: every arithmetic operation, with two for a multiply-add. */
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
    layerNormElements: 7,
    groupNormElements: 7,
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
    // The factor alpha / size, the power and the product; a square and an addition for each channel of the window.
    lrnElements: 3,
    lrnWindowElements: 2,
  },
};

/** Counts as fvcore does, and so as timm's GMACs. */
export const fvcore: Convention = {
  name: "fvcore",
  word: "flops",
  doc: "The flops of fvcore, and so timm's GMACs: they are multiply-adds, with two for each normalized element; activations, local pools, additions and multiplications are left out.",
  weights: {
    convMacs: 1,
    denseMacs: 1,
    batchNormElements: 2,
    layerNormElements: 5,
    groupNormElements: 5,
    globalPoolInputElements: 1,
    resampleElements: 1,
    nearestElements: 1,
  },
};

/** Counts as torchinfo does; normalization counts per channel, whatever the size of the picture. */
const torchinfo: Convention = {
  name: "torchinfo",
  word: "mult-adds",
  doc: "torchinfo's summary: biases count, and a normalization counts two for each channel, whatever the size of the picture.",
  weights: {
    convMacs: 1,
    denseMacs: 1,
    convBiasAdds: 1,
    denseBiasAdds: 1,
    batchNormChannels: 2,
    layerNormChannels: 2,
    groupNormChannels: 2,
  },
  missesFusedNorm: true,
};

/** Counts as ptflops does with its `pytorch` backend, which counts activations and pools twice. */
const ptflops: Convention = {
  name: "ptflops",
  word: "MACs",
  doc: "ptflops with its `pytorch` backend, which counts activations and pools twice: once by module and once by function.",
  weights: {
    convMacs: 1,
    denseMacs: 1,
    convBiasAdds: 1,
    denseBiasAdds: 1,
    batchNormElements: 2,
    layerNormElements: 2,
    groupNormElements: 2,
    reluElements: 2,
    otherActivationElements: 2,
    maxPoolInputElements: 2,
    avgPoolInputElements: 2,
    globalPoolInputElements: 2,
  },
  missesFusedNorm: true,
};

/** Counts as ptflops does with its `aten` backend. */
const ptflopsAten: Convention = {
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

/** Counts as the calflops package does; it ignores the bias of dense layers. */
const calflops: Convention = {
  name: "calflops",
  word: "FLOPs",
  doc: "calflops: activations and normalization count, pools by what goes in, and the bias of a dense layer not at all.",
  weights: {
    convMacs: 2,
    denseMacs: 2,
    convBiasAdds: 1,
    batchNormElements: 2,
    layerNormElements: 5,
    groupNormElements: 5,
    reluElements: 1,
    otherActivationElements: 1,
    maxPoolInputElements: 1,
    avgPoolInputElements: 1,
    globalPoolInputElements: 1,
  },
};

/** Counts as thop does, with four operations per normalized element. */
const thop: Convention = {
  name: "thop",
  word: "MACs",
  doc: "thop's profile: a normalized element is four, an average pool counts one for each output, a global one what goes in and out.",
  weights: {
    convMacs: 1,
    denseMacs: 1,
    batchNormElements: 4,
    layerNormElements: 4,
    avgPoolOutputElements: 1,
    globalPoolInputElements: 1,
    globalPoolOutputElements: 1,
  },
  missesFusedNorm: true,
};

/** Counts as PyTorch's FlopCounterMode does: two for each multiply-add. */
const torch: Convention = {
  name: "torch",
  word: "FLOPs",
  doc: "PyTorch's FlopCounterMode: two for each multiply-add, and nothing else.",
  weights: {
    convMacs: 2,
    denseMacs: 2,
  },
};

/** Counts as torch-scan's multiply-adds do, including its reading of a square pool kernel as one number. */
const torchScan: Convention = {
  name: "torch-scan",
  word: "MACs",
  doc: "torch-scan's multiply-adds: it takes a pool whose kernel is the one number 3 for a window of 3 cells, and so do we.",
  weights: {
    convMacs: 1,
    denseMacs: 1,
    batchNormElements: 2,
    maxPoolRowElements: 1,
    maxPoolOutputElements: -1,
    avgPoolRowElements: 1,
    avgPoolOutputElements: 1,
    globalPoolInputElements: 1,
    globalPoolOutputElements: 1,
  },
  missesFusedNorm: true,
};

/** Counts as torch-scan's FLOPs do; n products take n - 1 additions. */
const torchScanFlops: Convention = {
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

/** Counts as onnx-tool's profile of an exported graph does, with its 31 operations per normalized element. */
const onnxTool: Convention = {
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
    // Of a node LRN, read from its source: a division, a power and an addition, and a product for each channel of the window.
    lrnElements: 37,
    lrnWindowElements: 1,
  },
};

/** Counts as Netscope's column of multiply-adds does; taken from its source, not from a run. */
const netscope: Convention = {
  name: "netscope",
  word: "MACs",
  doc: "Netscope's column of multiply-adds, read from its source and not run; its other operations stand in columns of their own.",
  weights: {
    convMacs: 1,
    denseMacs: 1,
  },
};

/** Counts as TensorFlow's profiler does on a frozen graph; taken from its source, not from a run. */
const tfProfiler: Convention = {
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

/** In the order in which help lists them. */
export const CONVENTIONS = {
  mac,
  flop,
  fvcore,
  torchinfo,
  ptflops,
  "ptflops-aten": ptflopsAten,
  calflops,
  thop,
  torch,
  "torch-scan": torchScan,
  "torch-scan-flops": torchScanFlops,
  "onnx-tool": onnxTool,
  netscope,
  "tf-profiler": tfProfiler,
} as const satisfies Readonly<Record<string, Convention>>;

export type ConventionName = keyof typeof CONVENTIONS;
