/** Holds the peak of live memory against real runs: bytes of tensors that are alive while generated code predicts. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { measurePeakBytes } from "../../src/compiler/cost/live-memory.ts";
import { analyze, type SourceInput } from "../../src/compiler/index.ts";
import { createNodeHost } from "../../src/node/node-host.ts";
import { compileModel } from "../models/compile-model.ts";
import { factoryOf } from "../models/run-model.ts";
import { REPOSITORY } from "../support/checked-networks.ts";
import { peakBytesOf } from "./live-bytes.ts";

/** Room for the single numbers that layers compute with, such as the 6 of relu6. */
const FEW_NUMBERS = 64;

/** A clone shares its numbers there, as on most backends; on wasm it is a copy. */
beforeAll(async () => {
  await tf.setBackend("cpu");
});

interface Peaks {
  /** As the report says. */
  readonly reported: number;
  /** While the generated code predicts. */
  readonly real: number;
}

async function measure(name: string, source: SourceInput): Promise<Peaks> {
  const [checked] = analyze(source, {}, "first").checked();
  if (!checked) throw new Error(`${name} has errors`);
  const model = factoryOf(await compileModel(`live-memory-${name}`, source))();
  const picture = tf.zeros([1, ...checked.root.input.map(Number)]);
  const real = peakBytesOf(() => {
    tf.tidy(() => {
      model.predict(picture);
    });
  });
  picture.dispose();
  model.dispose();
  return { reported: measurePeakBytes(checked.root), real };
}

const toName = (text: string): string => text.replaceAll(/\W+/g, "-");

/** Before the layer stands one whose output is its input: 8 channels on each place. */
const LAYERS: readonly string[] = [
  "conv 3x3 16 /2",
  "conv 3x3 8 bias",
  "conv 3x3 8 groups=2 linear norm=none",
  "conv 3x3 16 groups=4 linear",
  ...[
    "dwconv 3x3",
    "dwconv 3x3 /2 mult=2",
    "dwconv 3x3 dilation=2",
    "sepconv 3x3 16 /2 mult=2",
  ].flatMap((layer) => [
    `${layer} linear norm=none bias=false`,
    `${layer} linear norm=none bias=true`,
  ]),
  ...[
    "relu",
    "relu6",
    "elu",
    "leaky_relu slope=0.1",
    "silu",
    "gelu",
    "sigmoid",
    "tanh",
    "hard_sigmoid",
    "hard_swish",
    "softmax",
    "batchnorm",
    "l2norm",
    "maxpool 3x3 /2",
    "avgpool 3x3 /2",
    "avgpool 3x3 count_pad=true",
    "avgpool 3x3 /2 count_pad=true",
    "avgpool global",
    "globalavgpool",
    "globalmaxpool",
    "pad 2",
    "upsample 2",
    "upsample 2 interpolation=bilinear",
    "dropout 0.5 -> identity",
    "flatten -> dense 1024 linear -> dense 1024 norm=batch",
    "conv 1x1 8 norm=batch act=hard_swish",
    "residual(scale=0.5) { conv 1x1 8 linear }",
    "sum { | conv 1x1 8 | conv 1x1 8 | identity }",
    "sum { | conv 1x1 8 | identity }",
    "scale_by { globalavgpool -> dense 8 sigmoid }",
    "scale_by { conv 1x1 8 act=hard_sigmoid }",
  ],
];

describe("the peak of live memory is that of a layer with all that it makes for itself", () => {
  it.each(LAYERS)("for %s", async (layer) => {
    const first = "conv 1x1 8 linear norm=none";
    const text = `network N {\n  input 16x16x1\n  ${first} -> ${layer}\n}`;
    const { reported, real } = await measure(toName(layer), text);
    expect(real - reported).toBeGreaterThanOrEqual(0);
    expect(real - reported).toBeLessThan(FEW_NUMBERS);
  });
});

describe("the peak of live memory follows the order of layers", () => {
  it.each([
    ["a chain", "conv 3x3 8 -> maxpool 3x3 /2 -> conv 1x1 4"],
    [
      "branches",
      "concat { | conv 1x1 8 | conv 1x1 2 -> conv 3x3 4 | avgpool 3x3 -> conv 1x1 2 } -> conv 1x1 2",
    ],
    [
      "branches with the widest first",
      "concat { | conv 1x1 32 -> conv 1x1 1 | conv 1x1 2 | conv 3x3 9 }",
    ],
    [
      "branches with the widest last",
      "concat { | conv 1x1 2 | conv 3x3 9 | conv 1x1 32 -> conv 1x1 1 }",
    ],
    [
      "joins in joins",
      "concat { | conv 1x1 4 -> concat { | conv 1x3 6 | conv 3x1 6 } | sum { | conv 1x1 3 | conv 3x3 3 } }",
    ],
    [
      "a pool that counts its padding beside a layer that reads the same",
      "concat { | conv 1x1 1 | avgpool 3x3 count_pad=true | hard_sigmoid }",
    ],
    ["a residual", "conv 1x1 6 -> residual { conv 1x1 24 -> conv 1x1 6 linear } -> relu"],
    [
      "a residual with a shortcut",
      "conv 1x1 12 -> residual { conv 1x1 4 /2 -> conv 1x1 16 } shortcut { conv 1x1 16 /2 } -> relu",
    ],
    ["repeats", "conv 1x1 4 -> 3 x { residual { conv 3x3 8 -> conv 3x3 4 linear } -> relu }"],
    [
      "an auxiliary head",
      "conv 1x1 16\naux side { conv 3x3 20 }\nmaxpool 2x2 /2 -> conv 1x1 4 -> conv 3x3 8",
    ],
  ])("for %s", async (name, statements) => {
    const text = `network N {\n  input 12x12x3\n${statements}\n}`;
    const { reported, real } = await measure(toName(name), text);
    expect(real - reported).toBeGreaterThanOrEqual(0);
    expect(real - reported).toBeLessThan(FEW_NUMBERS);
  });
});

describe("the peak of live memory is that of whole networks, within 5 %", () => {
  it.each([
    ["specs/inception-v4.incept", "InceptionV4", 75],
    ["specs/inception-resnet-v2.incept", "InceptionResNetV2", 75],
    ["specs/inception-v3.incept", "InceptionV3Timm", 75],
    ["specs/zoo/mobilenet-v2.incept", "MobileNetV2", 64],
    ["specs/zoo/efficientnet-b0.incept", "EfficientNetB0", 64],
    ["specs/zoo/mobilenet-v3-large.incept", "MobileNetV3Large", 64],
    ["specs/zoo/se-resnet-50.incept", "SEResNet50", 64],
    ["specs/zoo/u-net.incept", "UNet", 32],
  ])("for %s %s", { timeout: 120_000 }, async (path, network, side) => {
    const text = `import { ${network} } from "./${path}"\nvariant Small of ${network} { input ${side}x${side}x3 }\n`;
    const overlay = { path: "small.incept", text };
    const host = createNodeHost({ cwd: REPOSITORY, root: REPOSITORY, overlay });
    const { reported, real } = await measure(network, { path: overlay.path, host });
    expect(Math.abs(reported / real - 1)).toBeLessThan(0.05);
  });
});
