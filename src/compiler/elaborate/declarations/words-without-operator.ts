/** What to write instead of a word that names something in other languages and frameworks, but no operator here. */
import type { Identifier, Statement } from "../../syntax/ast.ts";
import { statementsIn } from "../../syntax/children-of.ts";

interface Words {
  readonly words: readonly string[];
  readonly help: string;
}

/** What the language writes as something other than an operator. */
const ELSEWHERE: readonly Words[] = [
  {
    words: ["for", "loop", "repeat", "while", "times"],
    help: "a repeat is written `3 x conv 3x3 32`, or `3 x { … }` for several steps",
  },
  {
    words: ["output", "outputs", "return", "yield"],
    help: "nothing names the output: it is what the last step gives; a second one is `aux side { … }`",
  },
  {
    words: ["concatenate", "cat", "merge", "stack", "branches", "parallel"],
    help: "branches are joined by `concat { | … | … }`",
  },
  {
    words: ["add", "plus", "eltwise"],
    help: "branches are added by `sum { | … | … }`; `residual { … }` adds to what comes in",
  },
  {
    words: ["skip", "shortcut", "resblock"],
    help: "`residual { … }` adds what its body gives to what comes in",
  },
  {
    words: ["when", "switch", "elif", "case"],
    help: "a choice among steps is `if n > 3 { … } else { … }`, one among values `n > 3 ? 32 : 16`",
  },
  {
    words: [
      "mul",
      "multiply",
      "gate",
      "se",
      "senet",
      "squeeze_excite",
      "squeeze_excitation",
      "cbam",
    ],
    help: "`scale_by { … }` multiplies what comes in by what its block gives, as squeeze-and-excitation does",
  },
  {
    words: ["drop_path", "stochastic_depth", "drop_connect"],
    help: "stochastic depth belongs to a residual: `residual(drop=0.1) { … }`",
  },
  {
    words: ["rescaling", "rescale", "normalization", "resizing", "center_crop"],
    help: "what happens to a picture before the network is `preprocess(range=[-1, 1], mean=…, std=…)`",
  },
  {
    words: ["chunk", "unstack"],
    help: "`split { | … | … }` gives each branch an equal share of the channels",
  },
  {
    words: [
      "spp",
      "sppf",
      "aspp",
      "fpn",
      "mlp",
      "ffn",
      "mbconv",
      "fire",
      "bottleneck",
      "inverted_residual",
    ],
    help: "a block of other operators is a module: `module Block(c: int) { … }`",
  },
];

const ACTIVATIONS = "`inceptc ops` lists the activations; another one is another function";

/** What the language has no way to say. A guess by spelling would be another function. */
const LACKING: readonly Words[] = [
  {
    words: [
      "lstm",
      "bilstm",
      "gru",
      "rnn",
      "convlstm",
      "simple_rnn",
      "bidirectional",
      "time_distributed",
    ],
    help: "there are no recurrent layers: a network is built of feed-forward layers on pictures",
  },
  {
    words: [
      ...["attention", "self_attention", "cross_attention", "multihead_attention", "mha", "mhsa"],
      ...[
        "multi_head_attention",
        "transformer",
        "transformer_encoder",
        "non_local",
        "swin",
        "window_attention",
      ],
    ],
    help: "there is no attention between positions; `scale_by { … }` weighs channels or positions by a computed gate",
  },
  {
    words: [
      "embedding",
      "embeddings",
      "positional_encoding",
      "position_embedding",
      "pos_embed",
      "cls_token",
      "class_token",
    ],
    help: "there are no lookups and no added parameters: the input is a picture. Patches are embedded by `conv 16x16 768 /16 norm=none act=none`",
  },
  {
    words: [
      "conv3d",
      "maxpool3d",
      "avgpool3d",
      "batchnorm3d",
      "convtranspose3d",
      "max_pooling3d",
      "average_pooling3d",
    ],
    help: "there are two dimensions beside the channels, no third: volumes have no operators",
  },
  {
    words: [
      "conv1d",
      "maxpool1d",
      "avgpool1d",
      "batchnorm1d",
      "convtranspose1d",
      "max_pooling1d",
      "average_pooling1d",
    ],
    help: "a sequence is written as a picture of height 1: `input 1x128x8`, `conv 1x3 32`",
  },
  {
    words: ["mish"],
    help: `there is no Mish; \`silu\` has a similar curve, and weights trained with Mish will not give the same with it. ${ACTIVATIONS}`,
  },
  {
    words: [
      "selu",
      "celu",
      "softplus",
      "softsign",
      "hard_tanh",
      "rrelu",
      "thresholded_relu",
      "crelu",
      "srelu",
    ],
    help: ACTIVATIONS,
  },
  {
    words: [
      "glu",
      "swiglu",
      "geglu",
      "reglu",
      "maxout",
      "log_sigmoid",
      "log_softmax",
      "softmin",
      "exponential",
    ],
    help: ACTIVATIONS,
  },
  {
    words: [
      "hard_shrink",
      "soft_shrink",
      "tanh_shrink",
      "snake",
      "serf",
      "logish",
      "squareplus",
      "hard_mish",
    ],
    help: ACTIVATIONS,
  },
  {
    words: ["instancenorm", "instancenorm2d", "instance_normalization", "instance"],
    help: "instance normalization is `groupnorm` with a group for each channel: `groupnorm 64` of 64 channels; PyTorch's has no scale and offset: `gamma=false beta=false`",
  },
  {
    words: [
      "spectralnorm",
      "spectral_norm",
      "spectral_normalization",
      "weightnorm",
      "weight_norm",
      "weight_standardization",
      "ws",
    ],
    help: "there is no normalization of weights: export the weights as they are after it, which gives the same function",
  },
  {
    words: [
      "syncbatchnorm",
      "sync_batchnorm",
      "sync_bn",
      "frozen_batchnorm",
      "frozen_batchnorm2d",
      "inplace_abn",
    ],
    help: "`batchnorm` gives the same at inference; how statistics are gathered in training is not part of a specification",
  },
  {
    words: [
      "rmsnorm",
      "rms_norm",
      "batch_renorm",
      "frn",
      "filter_response_norm",
      "evonorm",
      "switchable_norm",
      "grn",
      "divisive_norm",
    ],
    help: "the normalizations are `batchnorm`, `layernorm`, `groupnorm`, `lrn` and `l2norm`",
  },
  {
    words: [
      ...[
        "reshape",
        "view",
        "permute",
        "transpose",
        "squeeze",
        "unsqueeze",
        "expand_dims",
        "slice",
        "gather",
      ],
      ...["crop", "cropping2d", "narrow", "roll", "tile", "repeat_vector"],
    ],
    help: "there is no rearranging or cutting of tensors beside `flatten`, `split`, `shuffle` and the pools",
  },
  {
    words: [
      "pixel_shuffle",
      "pixel_unshuffle",
      "depth_to_space",
      "space_to_depth",
      "focus",
      "reorg",
      "sub_pixel",
    ],
    help: "cells and channels cannot be exchanged; `deconv 2x2 32 /2` and `upsample 2` enlarge, a stride makes smaller",
  },
  {
    words: ["unpool", "max_unpool", "maxunpool2d", "unpooling", "max_unpooling2d"],
    help: "no pool remembers where its maxima were; `upsample 2` and `deconv 2x2 32 /2` enlarge",
  },
  {
    words: [
      "minpool",
      "lppool",
      "gempool",
      "gem",
      "stochastic_pool",
      "fractional_max_pool",
      "blurpool",
      "softpool",
      "l2pool",
    ],
    help: "the pools are `maxpool`, `avgpool`, `globalavgpool` and `globalmaxpool`",
  },
  {
    words: [
      "reflection_pad",
      "reflectionpad2d",
      "replication_pad",
      "replicationpad2d",
      "constantpad2d",
      "circular_pad",
    ],
    help: "`pad 1x1` puts zeros around the feature map; there is no other padding",
  },
  {
    words: [
      "deform_conv",
      "deformable_conv",
      "deformconv2d",
      "involution",
      "octconv",
      "octave_conv",
      "coord_conv",
    ],
    help: "the convolutions are `conv` (with `groups=`, `dilation=`), `dwconv`, `sepconv` and `deconv`",
  },
  {
    words: [
      "locally_connected2d",
      "graph_conv",
      "dynamic_conv",
      "partial_conv",
      "gated_conv",
      "gcn",
      "condconv",
    ],
    help: "the convolutions are `conv` (with `groups=`, `dilation=`), `dwconv`, `sepconv` and `deconv`",
  },
  {
    words: [
      "dropblock",
      "spatial_dropout",
      "spatial_dropout2d",
      "dropout2d",
      "alpha_dropout",
      "gaussian_dropout",
      "gaussian_noise",
    ],
    help: "the regularizations are `dropout 0.2` of single values and `residual(drop=0.1) { … }`; none of them acts at inference",
  },
  {
    words: [
      "roi_align",
      "roi_pool",
      "nms",
      "anchor",
      "anchors",
      "detect",
      "argmax",
      "topk",
      "decode",
    ],
    help: "what happens to the outputs afterwards, as choosing or decoding, is a program's part: a network ends with its tensors",
  },
  {
    words: [
      "loss",
      "cross_entropy",
      "optimizer",
      "adam",
      "sgd",
      "learning_rate",
      "epochs",
      "train",
      "fit",
      "augment",
    ],
    help: "training is not part of a specification: call `compile` and `fit` of the generated model",
  },
  {
    words: ["lambda", "custom", "python", "einsum", "matmul"],
    help: "there are no operators of one's own: `inceptc ops` lists what there is",
  },
];

export function helpElsewhere(name: string): string | undefined {
  return helpIn(ELSEWHERE, name);
}

/** For a word of something that the language lacks, what to do instead. */
export function helpOnLacking(name: string): string | undefined {
  return helpIn(LACKING, name);
}

function helpIn(list: readonly Words[], name: string): string | undefined {
  const wanted = plain(name);
  return list.find(({ words }) => words.some((word) => plain(word) === wanted))?.help;
}

/** Letter case, underscores and the two dimensions that all layers have here make no difference. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll("_", "").replace(/2d$/, "");
}

/** `concat { | a | b }`: a label is taken for a tensor. */
export function helpOnLabel(
  name: string,
  blocks: readonly (readonly Statement[])[],
): string | undefined {
  if (!blocks.some((statements) => hasLabel(statements, name))) return undefined;
  return `\`${name}\` is a label, and there are no named tensors: a branch holds its own steps, \`concat { | conv 1x1 32 | conv 3x3 32 }\`, and \`residual { … }\` adds what comes in`;
}

function hasLabel(statements: readonly Statement[], name: string): boolean {
  const isIt = ({ label }: { readonly label?: Identifier }): boolean => label?.text === name;
  for (const statement of statementsIn(statements)) {
    if (isIt(statement)) return true;
    if (statement.steps.some((step) => step.kind === "join" && step.branches.some(isIt)))
      return true;
  }
  return false;
}
