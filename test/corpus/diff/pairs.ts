/** Lists the pairs of networks with a recorded comparison: published flavours against each other, and single edits. */

export interface DiffPair {
  /** The folder's name. */
  readonly name: string;
  /** A spec that ships and a network in it, or the text of a network. */
  readonly base: PairSide;
  readonly head: PairSide;
  /** Whether what `--level source` and `--level tensors` print is pinned down too. */
  readonly hasLevels?: true;
}

export type PairSide =
  | { readonly spec: string; readonly network: string }
  | { readonly text: string };

function spec(file: string, network: string): PairSide {
  return { spec: `specs/${file}.incept`, network };
}

const V4 = spec("inception-v4", "InceptionV4");
const RESNET_V2 = spec("inception-resnet-v2", "InceptionResNetV2");

const MODULES = `
module Block(scale: float = 0.17) : [H, W, C] => [H, W, C] {
  residual(scale=scale) {
    concat {
      | b1x1: conv 1x1 16
      | b3x3: conv 1x1 16 -> conv 3x3 24
    }
    project
  } -> relu
}
`;

interface Edited {
  readonly modules?: string;
  readonly input?: string;
  readonly blocks?: string;
  readonly middle?: string;
}

/** A small network of the family with one thing changed. */
function edited({
  modules = MODULES,
  input = "64x64x3",
  blocks = "7 x Block",
  middle = "",
}: Edited): PairSide {
  return {
    text: `${modules}
network Small(classes: int = 10) {
  input ${input}
  stem: { conv_1: conv 3x3 32 /2  conv_2: conv 3x3 64 /2 }
  b:    ${blocks}
${middle}  last: conv 1x1 128
  head: globalavgpool -> dropout 0.2 -> dense classes -> softmax
}
`,
  };
}

const SMALL = edited({});

const SWAPPED = MODULES.replace(
  /( *\| b1x1: .*\n)( *\| b3x3: .*\n)/,
  (_, first: string, second: string) => second + first,
);

export const DIFF_PAIRS: readonly DiffPair[] = [
  { name: "same-network", base: V4, head: V4 },
  {
    name: "v4-paper-and-slim",
    base: spec("inception-v4", "InceptionV4Paper"),
    head: V4,
    hasLevels: true,
  },
  {
    name: "resnet-v2-paper-and-released",
    base: spec("inception-resnet-v2-paper", "InceptionResNetV2Paper"),
    head: RESNET_V2,
  },
  {
    name: "resnet-v2-slim-and-keras",
    base: RESNET_V2,
    head: spec("inception-resnet-v2", "InceptionResNetV2Keras"),
  },
  {
    name: "resnet-v2-slim-and-timm",
    base: RESNET_V2,
    head: spec("inception-resnet-v2", "InceptionResNetV2Timm"),
    hasLevels: true,
  },
  {
    name: "v3-slim-and-timm",
    base: spec("inception-v3", "InceptionV3Slim"),
    head: spec("inception-v3", "InceptionV3Timm"),
  },
  {
    name: "resnet-v1-paper-and-facenet",
    base: spec("inception-resnet-v1", "InceptionResNetV1"),
    head: spec("inception-resnet-v1", "InceptionResNetV1Facenet"),
  },
  { name: "v4-and-resnet-v2", base: V4, head: RESNET_V2 },
  { name: "v4-with-an-auxiliary-head", base: V4, head: spec("inception-v4", "InceptionV4SlimAux") },
  { name: "residual-scale", base: SMALL, head: edited({ blocks: "7 x Block(scale=0.1)" }) },
  {
    name: "residual-drop",
    base: SMALL,
    head: edited({ modules: MODULES.replace("(scale=scale)", "(scale=scale, drop=0.2)") }),
  },
  {
    name: "split-for-concat",
    base: SMALL,
    head: edited({ modules: MODULES.replace("concat", "split") }),
  },
  { name: "more-blocks", base: SMALL, head: edited({ blocks: "10 x Block" }), hasLevels: true },
  {
    name: "block-inserted",
    base: SMALL,
    head: edited({ middle: "  more: Block\n" }),
  },
  {
    name: "module-renamed",
    base: SMALL,
    head: edited({ modules: MODULES.replace("Block", "Other"), blocks: "7 x Other" }),
  },
  { name: "branches-swapped", base: SMALL, head: edited({ modules: SWAPPED }), hasLevels: true },
  {
    name: "narrower",
    base: SMALL,
    head: edited({ modules: MODULES.replaceAll("16", "8").replace("24", "12") }),
    hasLevels: true,
  },
  { name: "smaller-input", base: SMALL, head: edited({ input: "48x48x3" }) },
];
