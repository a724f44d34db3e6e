/** Holds the peak of live memory against real runs: bytes of tensors that are alive while generated code predicts. */
import { beforeAll, describe, expect, it } from "vitest";
import { measurePeaks, startCpuBackend } from "./measure-peaks.ts";

/** Room for the single numbers that layers compute with, such as the 6 of relu6. */
const FEW_NUMBERS = 64;

beforeAll(startCpuBackend);

const toName = (text: string): string => text.replaceAll(/\W+/g, "-");

/** Before the layer stands one whose output is its input: 8 channels on each place. */
const LAYERS: readonly string[] = [
  "conv 3x3 16 /2",
  "conv 3x3 8 bias",
  "conv 3x3 8 groups=2 linear norm=none",
  "conv 3x3 16 groups=4 linear",
  ...[
    "dwconv 3x3",
    "deconv 3x3 8 /2",
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
    "lrn 5",
    "layer_scale",
    "prelu",
    "shuffle 4",
    "layernorm",
    "conv 3x3 8 norm=layer act=gelu",
    "groupnorm groups=1",
    "groupnorm groups=4",
    "groupnorm groups=8 gamma=false",
    "groupnorm groups=2 gamma=false beta=false",
    "layernorm gamma=false",
    "layernorm gamma=false beta=false",
    "maxpool 3x3 /2",
    "avgpool 3x3 /2",
    "avgpool 3x3 count_pad=true",
    "avgpool 3x3 /2 count_pad=true",
    "avgpool global",
    "maxpool 3x3 /2 pad=1",
    "avgpool 3x3 /2 pad=1",
    "avgpool 3x3 /2 pad=1 count_pad=true",
    "conv 3x3 8 /2 pad=1",
    "dwconv 3x3 pad=2x1 linear norm=none bias",
    "deconv 3x3 8 /2 pad=1 linear norm=none",
    "globalavgpool",
    "globalmaxpool",
    "pad 2",
    "upsample 2",
    "upsample 2 interpolation=bilinear",
    "upsample 2 interpolation=bilinear_half_pixel",
    "upsample to=[25, 33]",
    "upsample to=[25, 33] interpolation=bilinear_align_corners",
    "dropout 0.5 -> identity",
    "flatten -> dense 1024 linear -> dense 1024 norm=batch",
    "conv 1x1 8 norm=batch act=hard_swish",
    "residual(scale=0.5) { conv 1x1 8 linear }",
    "residual(drop=0.5) { conv 1x1 8 linear }",
    "split { | identity | conv 1x1 4 }",
    "split { | conv 1x1 4 | relu | split { | tanh | identity } | conv 1x1 8 }",
    "sum { | conv 1x1 8 | conv 1x1 8 | identity }",
    "sum { | conv 1x1 8 | identity }",
    "scale_by { globalavgpool -> dense 8 -> sigmoid }",
    "scale_by { conv 1x1 8 act=hard_sigmoid }",
  ],
];

describe("the peak of live memory is that of a layer with all that it makes for itself", () => {
  it.each(LAYERS)("for %s", async (layer) => {
    const first = "conv 1x1 8 linear norm=none";
    const text = `network N {\n  input 16x16x1\n  ${first} -> ${layer}\n}`;
    const { reported, real } = await measurePeaks(toName(layer), text);
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
    const { reported, real } = await measurePeaks(toName(name), text);
    expect(real - reported).toBeGreaterThanOrEqual(0);
    expect(real - reported).toBeLessThan(FEW_NUMBERS);
  });
});
