/** Holds receptive fields against real models: which cells of the last feature map notice that one pixel of the picture is lit. */
import { beforeAll, describe, it } from "vitest";
import { startBackend } from "../models/run-model.ts";
import { expectFieldAsNoticed } from "./expect-field.ts";

beforeAll(startBackend);

describe("a lit pixel is noticed by the cells whose field it is in, and by no other", () => {
  it.each([
    ["strides", "conv 3x3 4 /2 -> conv 5x5 4 /3 valid -> maxpool 3x3 /2"],
    ["dilation", "conv 3x3 4 dilation=2 -> conv 3x3 4 dilation=4 valid -> dwconv 3x3 dilation=3"],
    ["padding", "pad 3 -> conv 7x7 4 /2 valid -> pad 1 -> maxpool 3x3 /2 valid -> avgpool 2x2"],
    ["sides that differ", "conv 1x7 4 -> conv 3x1 4 /2x1 valid -> conv 5x3 4 dilation=1x2"],
    [
      "branches",
      "concat { | conv 5x5 4 | conv 3x3 4 -> conv 3x3 4 -> conv 3x3 4 } -> conv 2x2 4 /2",
    ],
    ["a residual", "conv 3x3 4 /2 -> residual { conv 3x3 4 -> conv 3x3 4 linear } -> relu"],
    [
      "stated padding",
      "conv 7x7 4 /2 pad=3 -> maxpool 3x3 /2 pad=[1, 0, 0, 1] -> conv 3x3 4 pad=2x0 dilation=2",
    ],
    ["separable kernels", "sepconv 3x3 4 /2 -> conv 3x3 4 groups=2 -> sepconv 5x5 4 mult=2"],
  ])("with %s", async (name, statements) => {
    const text = `network N {\n  input 64x57x3\n  defaults conv(bias=false)\n  ${statements}\n}`;
    await expectFieldAsNoticed(name.replaceAll(" ", "-"), text);
  });
});
