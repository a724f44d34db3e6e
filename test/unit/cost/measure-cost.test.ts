/** Holds counts of operations, parameters and convolutions against published primitives and sums by hand. */
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createCostMeter, isExact, macsOf } from "../../../src/compiler/cost/measure-cost.ts";
import type { ShapedNode } from "../../../src/compiler/ir/shaped.ts";
import { sumPrimitives } from "../../../src/compiler/ops/primitives.ts";
import { operators } from "../../../src/compiler/ops/registry.ts";
import { BATCH_NORM, NOWHERE, shapeOperator } from "../../support/build-operator.ts";
import { checkedSpec, checkedStatements } from "../../support/checked-networks.ts";

/** Counted in timm's networks at 299×299, batch 1. */
describe("primitives of timm's networks", () => {
  it("are exact for Inception-v4", () => {
    const { root } = checkedSpec("specs/inception-v4.incept", "InceptionV4Timm");
    const { params, convs, primitives } = createCostMeter()(root);
    expect(params).toEqual({ trainable: 42_679_816, nonTrainable: 63_168, total: 42_742_984 });
    expect(convs).toBe(149);
    expect(primitives).toEqual(
      sumPrimitives([
        {
          convMacs: 12_252_438_624,
          denseMacs: 1_536_000,
          denseBiasAdds: 1000,
          convOutputElements: 15_089_184,
          batchNormElements: 15_089_184,
          batchNormChannels: 31_584,
          reluElements: 15_089_184,
          maxPoolInputElements: 3_117_184,
          maxPoolOutputElements: 752_768,
          maxPoolWindowElements: 6_774_912,
          maxPoolRowElements: 3 * 752_768,
          avgPoolInputElements: 4_248_064,
          avgPoolOutputElements: 4_248_064,
          avgPoolWindowElements: 38_232_576,
          avgPoolRowElements: 3 * 4_248_064,
          globalPoolInputElements: 98_304,
          globalPoolOutputElements: 1536,
        },
      ]),
    );
  });

  it("are exact for Inception-ResNet-v2", () => {
    const { root } = checkedSpec("specs/inception-resnet-v2.incept", "InceptionResNetV2Timm");
    const { params, convs, primitives } = createCostMeter()(root);
    expect(params).toEqual({ trainable: 55_843_464, nonTrainable: 60_544, total: 55_904_008 });
    expect(convs).toBe(244);
    expect(primitives).toEqual(
      sumPrimitives([
        {
          convMacs: 13_154_258_016,
          denseMacs: 1_536_000,
          convBiasAdds: 11_539_840,
          denseBiasAdds: 1000,
          convOutputElements: 25_058_976,
          batchNormElements: 13_519_136,
          batchNormChannels: 30_272,
          reluElements: 24_925_856,
          maxPoolInputElements: 3_057_280,
          maxPoolOutputElements: 738_368,
          maxPoolWindowElements: 6_645_312,
          maxPoolRowElements: 3 * 738_368,
          avgPoolInputElements: 235_200,
          avgPoolOutputElements: 235_200,
          avgPoolWindowElements: 2_116_800,
          avgPoolRowElements: 3 * 235_200,
          globalPoolInputElements: 98_304,
          globalPoolOutputElements: 1536,
          joinAdds: 11_539_840,
          // The last block has no scale: 8×8×2080 fewer than there are additions.
          scaleMuls: 11_539_840 - 8 * 8 * 2080,
        },
      ]),
    );
  });
});

describe("joins", () => {
  it("add once for each branch after the first", () => {
    const three = checkedStatements("sum { | identity | identity | conv 1x1 3 }");
    expect(createCostMeter()(three.root).primitives.joinAdds).toBe(2 * 16 * 16 * 3);
  });

  it("concatenate without arithmetic", () => {
    const { root } = checkedStatements("concat { | identity | maxpool 3x3 }");
    const { joinAdds, scaleMuls } = createCostMeter()(root).primitives;
    expect([joinAdds, scaleMuls]).toEqual([0, 0]);
  });

  it("scale a residual only by something other than 1", () => {
    const scaleMuls = (residual: string): number =>
      createCostMeter()(checkedStatements(`${residual} { conv 3x3 3 }`).root).primitives.scaleMuls;
    expect(scaleMuls("residual(scale=0.2)")).toBe(16 * 16 * 3);
    expect(scaleMuls("residual(scale=1)")).toBe(0);
    expect(scaleMuls("residual")).toBe(0);
  });

  it("multiply by a gate, element by element", () => {
    const { root } = checkedStatements("scale_by { avgpool global -> conv 1x1 3 act=sigmoid }");
    expect(createCostMeter()(root).primitives.scaleMuls).toBe(16 * 16 * 3);
  });
});

describe("convolutions", () => {
  it.each([
    ["conv", { kernel: [3, 3], filters: 8 }, 1],
    ["conv", { kernel: [3, 3], filters: 8, groups: 4 }, 1],
    ["project", { filters: 8 }, 1],
    ["dwconv", { kernel: [3, 3] }, 1],
    ["sepconv", { kernel: [3, 3], filters: 8 }, 2],
    ["maxpool", { kernel: [3, 3] }, 0],
  ])("in %s %o are %i", (operator, attributes, convs) => {
    expect(createCostMeter()(shapeOperator(operator, attributes, [8, 8, 4])).convs).toBe(convs);
  });
});

describe("batch normalization", () => {
  const counts = (
    view: "counted" | "folded" | "ignored",
    attributes: Parameters<typeof shapeOperator>[1],
  ) => {
    const shaped = shapeOperator("conv", { kernel: [1, 1], filters: 2, ...attributes }, [4, 4, 3]);
    const { batchNormElements, batchNormChannels, convBiasAdds, convMacs } =
      createCostMeter(view)(shaped).primitives;
    return [batchNormElements, batchNormChannels, convBiasAdds, convMacs];
  };

  it("is counted, becomes a bias, or goes", () => {
    expect(counts("counted", {})).toEqual([32, 2, 0, 96]);
    expect(counts("folded", {})).toEqual([0, 0, 32, 96]);
    expect(counts("ignored", {})).toEqual([0, 0, 0, 96]);
  });

  it("folds into a bias that is there already", () => {
    expect(counts("folded", { bias: true })).toEqual([0, 0, 32, 96]);
    expect(counts("ignored", { bias: true })).toEqual([0, 0, 32, 96]);
  });

  it("leaves a layer without it alone", () => {
    expect(counts("folded", { norm: null, bias: false })).toEqual([0, 0, 0, 96]);
  });

  it("cannot fold as a step of its own", () => {
    const step = shapeOperator("batchnorm", { ...BATCH_NORM }, [4, 4, 3]);
    expect(createCostMeter("folded")(step).primitives.batchNormElements).toBe(48);
    expect(createCostMeter("ignored")(step).primitives.batchNormElements).toBe(0);
  });
});

describe("large networks", () => {
  it("count a hundred thousand layers in one pass, equal ones once", () => {
    const one = shapeOperator("conv", { kernel: [3, 3], filters: 4 }, [8, 8, 4]);
    const children = Array.from({ length: 100_000 }, () => one);
    const measured = vi.spyOn(operators.conv, "measure");
    onTestFinished(() => measured.mockRestore());
    const cost = createCostMeter()(chain(children));
    expect(cost.convs).toBe(100_000);
    expect(macsOf(cost.primitives)).toBe(100_000 * 8 * 8 * 4 * 36);
    // For the arithmetic, and for the tensors that it makes; not for each of its uses.
    expect(measured.mock.calls.length).toBeLessThanOrEqual(2);
  });

  it("count what lies deep in repeats of repeats without going through all of it", () => {
    let block: ShapedNode = shapeOperator("conv", { kernel: [1, 1], filters: 4 }, [8, 8, 4]);
    // 10^9 layers, had they to be visited one by one.
    for (let level = 0; level < 9; level++) block = chain(Array.from({ length: 10 }, () => block));
    expect(createCostMeter()(block).convs).toBe(1e9);
  });

  it("say where counts are no longer exact", () => {
    const exact = shapeOperator("conv", { kernel: [1, 1], filters: 4 }, [8, 8, 4]);
    expect(isExact(createCostMeter()(exact))).toBe(true);
    const huge = shapeOperator("conv", { kernel: [9, 9], filters: 65_537 }, [65_537, 65_537, 999]);
    expect(isExact(createCostMeter()(huge))).toBe(false);
  });
});

function chain(children: readonly ShapedNode[]): ShapedNode {
  const [first] = children;
  const input = first?.input ?? [];
  const steps = children.map(({ node }) => node);
  const node = { kind: "sequence", name: "", span: NOWHERE, steps } as const;
  return { node, input, output: children.at(-1)?.output ?? input, children };
}
