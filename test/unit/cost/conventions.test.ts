/** Holds the conventions against totals that the tools themselves printed for timm's networks, batch 1, 3×299×299. */
import { describe, expect, it } from "vitest";
import {
  alsoCounting,
  type Convention,
  countOperations,
  countWithFusedNorm,
} from "../../../src/compiler/cost/conventions/convention.ts";
import { formatRule } from "../../../src/compiler/cost/conventions/format-rule.ts";
import {
  CONVENTIONS,
  type ConventionName,
  flop,
  mac,
} from "../../../src/compiler/cost/conventions/registry.ts";
import { createCostMeter } from "../../../src/compiler/cost/measure-cost.ts";
import { PRIMITIVE_NAMES, sumPrimitives } from "../../../src/compiler/ops/primitives.ts";
import { checkedSpec, checkedStatements } from "../../support/checked-networks.ts";

const inceptionV4 = createCostMeter()(
  checkedSpec("specs/inception-v4.incept", "InceptionV4Timm").root,
).primitives;

const released = createCostMeter()(
  checkedSpec("specs/inception-resnet-v2.incept", "InceptionResNetV2Timm").root,
).primitives;

/** timm multiplies the last block of 8×8×2080 by its scale of 1 too; the spec has no scale there, and neither has our code. */
const inceptionResNetV2 = { ...released, scaleMuls: released.scaleMuls + 8 * 8 * 2080 };

describe("what tools print for timm's code", () => {
  it.each<readonly [ConventionName, number, number]>([
    ["torch", 24_507_949_248, 26_311_588_032],
    ["mac", 12_253_974_624, 13_155_794_016],
    ["calflops", 24_560_680_352, 26_378_482_784],
    ["torchinfo", 12_253_975_624, 13_167_334_856],
    ["ptflops-aten", 12_253_975_624, 13_167_334_856],
    ["ptflops", 12_299_081_096, 13_223_968_136],
    ["fvcore", 12_284_251_296, 13_182_930_592],
    ["thop", 12_258_322_528, 13_156_129_056],
    ["torch-scan", 12_272_572_256, 13_158_311_392],
    ["torch-scan-flops", 24_526_546_880, 26_325_512_128],
    ["onnx-tool", 12_781_941_448, 13_643_300_168],
  ])("%s", (name, forInceptionV4, forInceptionResNetV2) => {
    const convention = CONVENTIONS[name];
    expect(countWithFusedNorm(convention, inceptionV4)).toBe(forInceptionV4);
    expect(countWithFusedNorm(convention, inceptionResNetV2)).toBe(forInceptionResNetV2);
  });

  it("is timm's published 12.28 and 13.18 GMACs by fvcore's rule", () => {
    const fvcore = CONVENTIONS.fvcore;
    expect((countOperations(fvcore, inceptionV4) / 1e9).toFixed(2)).toBe("12.28");
    expect((countOperations(fvcore, inceptionResNetV2) / 1e9).toFixed(2)).toBe("13.18");
  });
});

describe("plain layers", () => {
  it.each<readonly [ConventionName, number]>([
    ["thop", 4 * 15_089_184],
    ["ptflops", 2 * 15_089_184],
    ["torchinfo", 2 * 31_584],
    ["torch-scan", 2 * 15_089_184],
    ["torch-scan-flops", 4 * 15_089_184 + 2 * 31_584],
  ])("have a normalization that %s would see", (name, difference) => {
    const convention = CONVENTIONS[name];
    expect(
      countOperations(convention, inceptionV4) - countWithFusedNorm(convention, inceptionV4),
    ).toBe(difference);
  });

  it.each<ConventionName>(["mac", "calflops", "fvcore", "onnx-tool"])(
    "cost the same for %s as fused ones",
    (name) => {
      const convention = CONVENTIONS[name];
      expect(countWithFusedNorm(convention, inceptionV4)).toBe(
        countOperations(convention, inceptionV4),
      );
    },
  );
});

describe("our own FLOPs", () => {
  it("weigh every operation by hand", () => {
    // 16×16×3, one 3×3 convolution of 8 with bias, batch norm and relu, a 2×2 max pool, a global mean, 8 to 10.
    const { root } = checkedStatements(
      "conv 3x3 8 bias -> maxpool 2x2 /2 -> globalavgpool -> dense 10 -> softmax",
    );
    const elements = 16 * 16 * 8;
    const expected =
      2 * elements * 27 + // multiply-adds
      elements + // bias
      2 * elements + // batch norm
      elements + // relu
      8 * 8 * 8 * 3 + // comparisons of four cells each
      8 * 8 * 8 + // additions and division of the mean
      2 * 80 +
      10 + // dense with its bias
      10; // softmax
    expect(countOperations(flop, createCostMeter()(root).primitives)).toBe(expected);
  });

  it("leave out no arithmetic", () => {
    const weighed = PRIMITIVE_NAMES.filter((name) => flop.weights[name] !== undefined);
    // Each of these is another way to look at elements that the rule already weighs.
    expect(PRIMITIVE_NAMES.filter((name) => !weighed.includes(name))).toEqual([
      "convOutputElements",
      "batchNormChannels",
      "layerNormChannels",
      "groupNormChannels",
      "maxPoolInputElements",
      "maxPoolRowElements",
      "avgPoolInputElements",
      "avgPoolOutputElements",
      "avgPoolRowElements",
      "globalPoolOutputElements",
      // Copies.
      "nearestElements",
    ]);
  });

  it("become multiply-adds and the groups that are asked for", () => {
    const counting = alsoCounting(mac, ["bias", "act"], flop);
    const primitives = sumPrimitives([
      { convMacs: 100, convBiasAdds: 7, reluElements: 5, batchNormElements: 1000, joinAdds: 1000 },
    ]);
    expect(countOperations(counting, primitives)).toBe(112);
    expect(countOperations(mac, primitives)).toBe(100);
  });
});

describe("rules as text", () => {
  it.each<readonly [ConventionName, string]>([
    ["mac", "MAC"],
    ["torch", "2·MAC"],
    [
      "thop",
      "MAC + 4·batch norm + 4·layer norm + average pool outputs + global pool inputs + global pool outputs",
    ],
    [
      "flop",
      "2·MAC + bias + 2·batch norm + 7·layer norm + 7·group norm + activation + pool windows − max pool outputs + global pool inputs + scale and add + 2·resampling + 3·l2norm + 3·lrn + 2·lrn windows",
    ],
  ])("%s", (name, rule) => {
    expect(formatRule(CONVENTIONS[name])).toBe(rule);
  });

  it("tell the whole rule", () => {
    for (const convention of Object.values<Convention>(CONVENTIONS)) {
      for (const name of PRIMITIVE_NAMES) {
        if (!convention.weights[name]) continue;
        const without = { ...convention, weights: { ...convention.weights, [name]: 0 } };
        expect(formatRule(without), `${convention.name} without ${name}`).not.toBe(
          formatRule(convention),
        );
      }
    }
  });

  it("go by the names of their conventions", () => {
    for (const [name, convention] of Object.entries(CONVENTIONS)) {
      expect(convention.name).toBe(name);
    }
  });
});
