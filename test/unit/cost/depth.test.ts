/** Holds depth against what is published of networks, and against small ones by hand. */
import { describe, expect, it } from "vitest";
import { measureDepth } from "../../../src/compiler/cost/depth.ts";
import { lower } from "../../../src/compiler/lower/lower.ts";
import { checkedSpec, checkedStatements } from "../../support/checked-networks.ts";

/** Convolutions and dense layers on the longest way, as papers count them and MathWorks lists them. */
it.each([
  ["specs/zoo/googlenet.incept", "GoogLeNet", 22],
  ["specs/zoo/squeezenet.incept", "SqueezeNet", 18],
  ["specs/inception-v3.incept", "InceptionV3", 48],
  ["specs/resnet-50.incept", "ResNet50", 50],
  ["specs/zoo/xception.incept", "Xception", 71],
  ["specs/zoo/densenet-121.incept", "DenseNet121", 121],
  ["specs/zoo/mobilenet-v2.incept", "MobileNetV2", 53],
])("%s %s is %i deep", (path, network, depth) => {
  expect(measureDepth(lower(checkedSpec(path, network).root))).toBe(depth);
});

describe("the longest way", () => {
  const depthOf = (statements: string): number =>
    measureDepth(lower(checkedStatements(statements).root));

  it("goes through the deepest branch", () => {
    const branches = "concat { | conv 1x1 4 | conv 1x1 4 -> conv 3x3 4 | maxpool 3x3 }";
    expect(depthOf(`conv 3x3 8 -> ${branches} -> conv 1x1 4`)).toBe(4);
  });

  it("goes round a residual where the shortcut is deeper", () => {
    expect(depthOf("residual { conv 3x3 3 } shortcut { conv 1x1 8 -> conv 1x1 3 }")).toBe(2);
    expect(depthOf("residual { relu }")).toBe(0);
  });

  it("goes through a gate", () => {
    expect(depthOf("conv 3x3 8 -> scale_by { avgpool global -> conv 1x1 2 -> conv 1x1 8 }")).toBe(
      3,
    );
  });

  it("takes every instance of a repeat", () => {
    expect(depthOf("5 x conv 3x3 8")).toBe(5);
  });

  it("counts two for a separable convolution and none for normalization", () => {
    expect(depthOf("sepconv 3x3 8 -> batchnorm -> relu -> globalavgpool -> dense 2")).toBe(3);
  });

  it("may end in an auxiliary head", () => {
    const head = "aux side { conv 1x1 4 -> conv 1x1 4 -> conv 1x1 4 }";
    expect(depthOf(`conv 3x3 8\n${head}\nconv 3x3 8`)).toBe(4);
    expect(depthOf(`conv 3x3 8\n${head}\n6 x conv 3x3 8`)).toBe(7);
  });
});
