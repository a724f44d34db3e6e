/** Holds the report's contract: every field, and the blocks that it lists. */
import { describe, expect, it } from "vitest";
import { fvcore } from "../../../src/compiler/cost/conventions/registry.ts";
import type { PartCost } from "../../../src/compiler/cost/list-costs.ts";
import { createNetworkReport } from "../../../src/compiler/cost/network-report.ts";
import { checkedSpec, checkedStatements, checkedText } from "../../support/checked-networks.ts";

const SMALL = `module Wide(n: int) { conv 3x3 n norm=none act=none bias=false }
network Small {
  input 16x12x3
  a: Wide(n=8)
  aux side { globalavgpool -> dense 2 }
  b: 2 x Wide(n=8)
  head: globalavgpool -> dense 10
}`;

describe("the report", () => {
  it("is complete", () => {
    const accepts = (height: number, width: number) => height >= 3 && width >= 2;
    const { primitives, modules, ...rest } = createNetworkReport(checkedText(SMALL), { accepts });
    const params = 216 + 576 + 576 + 18 + 90;
    const macs = 192 * (216 + 576 + 576) + 16 + 80;
    expect(rest).toEqual({
      formatVersion: 1,
      network: "Small",
      input: [16, 12, 3],
      outputs: [
        { name: "head.dense", shape: [10] },
        { name: "side", shape: [2] },
      ],
      status: "complete",
      params: { trainable: params, nonTrainable: 0, total: params },
      macs,
      flops: 2 * macs + 2 * 16 * 12 * 8 + 2 + 10,
      flopRule: expect.stringMatching(/^2·MAC \+ bias/),
      convs: 3,
      depth: 4,
      receptiveField: 7,
      receptiveFieldGeometry: { size: [7, 7], stride: [1, 1], start: [-3, -3] },
      minInput: 3,
      minInputSides: { height: 3, width: 2 },
      activations: {
        elements: 3 * 16 * 12 * 8 + 8 + 2 + 8 + 10,
        peakBytes: 4 * 16 * 12 * (3 + 8 + 8 + 8),
      },
      batch: 1,
      elementType: "float32",
      factorizations: [],
    });
    expect(primitives.convMacs).toBe(192 * (216 + 576 + 576));
    expect(modules.map(({ path, module, level }) => [path, module, level])).toEqual([
      ["a", "Wide", 0],
      ["side", "aux", 0],
      ["b", "2 x Wide", 0],
      ["b.0", "Wide", 1],
      ["b.1", "Wide", 1],
      ["head", "2 steps", 0],
    ]);
    expect(modules.find(({ path }) => path === "side")).toEqual({
      path: "side",
      module: "aux",
      level: 0,
      outputShape: [2],
      params: 18,
      trainable: 18,
      nonTrainable: 0,
      macs: 16,
      flops: 32 + 16 * 12 * 8 + 2,
      convs: 0,
      activations: 10,
    });
  });

  it("survives the way through JSON", () => {
    const report = createNetworkReport(checkedText(SMALL));
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(report.minInput).toBeNull();
  });

  it("has blocks of the first level that add up to the whole", () => {
    for (const [path, network] of [
      ["specs/inception-v4.incept", "InceptionV4SlimAux"],
      ["specs/zoo/u-net.incept", "UNet"],
      ["specs/zoo/se-resnet-50.incept", "SEResNet50"],
      ["specs/inception-resnet-v1.incept", "InceptionResNetV1Facenet"],
    ] as const) {
      const { modules, params, macs, flops, convs, activations } = createNetworkReport(
        checkedSpec(path, network),
      );
      const top = modules.filter(({ level }) => level === 0);
      const sum = (read: (row: (typeof top)[number]) => number) =>
        top.reduce((all, row) => all + read(row), 0);
      expect(sum((row) => row.params)).toBe(params.total);
      expect(sum((row) => row.macs)).toBe(macs);
      expect(sum((row) => row.flops)).toBe(flops);
      expect(sum((row) => row.convs)).toBe(convs);
      expect(sum((row) => row.activations)).toBe(activations.elements);
    }
  });

  it("marks counts that were rounded", () => {
    const text = "network Huge {\n  input 60000x60000x3\n  5 x conv 9x9 1000 norm=none\n}";
    expect(createNetworkReport(checkedText(text)).status).toBe("partial");
  });

  it("is rounded where only a number that follows from exact counts is", () => {
    const text = "network N {\n  input 8x8x3\n  conv 3x3 8\n}";
    const report = (batch: number) => createNetworkReport(checkedText(text), { batch }).status;
    expect([report(1000), report(2 ** 50)]).toEqual(["complete", "partial"]);
  });

  it("counts by another convention where one is asked for", () => {
    const checked = checkedSpec("specs/inception-v4.incept", "InceptionV4Timm");
    expect(createNetworkReport(checked, { convention: "fvcore" }).convention).toEqual({
      name: "fvcore",
      word: "flops",
      doc: fvcore.doc,
      rule: "MAC + 2·batch norm + global pool inputs",
      batchNorm: "counted",
      count: 12_284_251_296,
    });
    expect(createNetworkReport(checked, { convention: "thop" }).convention).toMatchObject({
      count: 12_258_322_528 + 4 * 15_089_184,
      countWithFusedNorm: 12_258_322_528,
    });
    expect(
      createNetworkReport(checked, { convention: "mac", count: ["bias"], batchNorm: "folded" })
        .convention,
    ).toMatchObject({ rule: "MAC + bias", count: 12_253_974_624 + 1000 + 15_089_184 });
  });

  it("counts by no convention where none is asked for", () => {
    const options = { count: ["pool"], batchNorm: "counted" } as const;
    expect(createNetworkReport(checkedText(SMALL), options).convention).toBeUndefined();
  });

  it("is for the batch and the element type that are asked for", () => {
    const one = createNetworkReport(checkedText(SMALL));
    const many = createNetworkReport(checkedText(SMALL), { batch: 8, elementType: "float16" });
    expect(many.activations.peakBytes).toBe(4 * one.activations.peakBytes);
    expect([many.batch, many.elementType, many.macs]).toEqual([8, "float16", one.macs]);
  });
});

describe("the layers of a report", () => {
  const CONSTRUCTS = `network N {
  input 16x16x3
  stem: conv 3x3 8 bias
  aux side { globalavgpool -> dense 2 }
  both: concat { | conv 1x1 4 | sum { | conv 3x3 4 | maxpool 3x3 -> conv 1x1 4 } | identity }
  residual(scale=0.5) { conv 1x1 16 linear } -> relu
  scale_by { avgpool global -> conv 1x1 16 }
  alone: concat { | dropout 0.5 }
}`;

  it("are operators and joins in the order of the text, a join after what it joins", () => {
    const { layers } = createNetworkReport(checkedText(CONSTRUCTS), { by: "layer" });
    expect(layers?.map(({ path, operator }) => `${path}: ${operator}`)).toEqual([
      "stem.conv: conv",
      "side.globalavgpool: globalavgpool",
      "side.dense: dense",
      "both.conv: conv",
      "both.conv_1: conv",
      "both.maxpool: maxpool",
      "both.conv_2: conv",
      "both.sum: sum",
      "both.identity: identity",
      "both.concat: concat",
      "residual.conv: conv",
      "residual: residual",
      "relu: relu",
      "scale_by.avgpool: avgpool",
      "scale_by.conv: conv",
      "scale_by: scale_by",
      "alone.dropout: dropout",
    ]);
  });

  it("are summed up by kind", () => {
    const { operators } = createNetworkReport(checkedText(CONSTRUCTS), { by: "op" });
    expect(operators?.map(({ operator, layers }) => `${layers} ${operator}`)).toEqual([
      "6 conv",
      "1 globalavgpool",
      "1 dense",
      "1 maxpool",
      "1 sum",
      "1 identity",
      "1 concat",
      "1 residual",
      "1 relu",
      "1 avgpool",
      "1 scale_by",
      "1 dropout",
    ]);
  });

  it.each([
    ["specs/inception-v4.incept", "InceptionV4SlimAux"],
    ["specs/zoo/u-net.incept", "UNet"],
    ["specs/zoo/se-resnet-50.incept", "SEResNet50"],
    ["specs/zoo/xception.incept", "Xception"],
    ["specs/inception-resnet-v1.incept", "InceptionResNetV1Facenet"],
  ])("and their kinds add up to the whole of %s %s", (path, network) => {
    const checked = checkedSpec(path, network);
    const { layers = [] } = createNetworkReport(checked, { by: "layer" });
    const { operators = [], ...whole } = createNetworkReport(checked, { by: "op" });
    for (const rows of [layers, operators]) {
      const sum = (read: (row: PartCost) => number) =>
        (rows as readonly PartCost[]).reduce((all, row) => all + read(row), 0);
      expect(rows.length).toBeGreaterThan(0);
      expect(sum((row) => row.params)).toBe(whole.params.total);
      expect(sum((row) => row.trainable)).toBe(whole.params.trainable);
      expect(sum((row) => row.macs)).toBe(whole.macs);
      expect(sum((row) => row.flops)).toBe(whole.flops);
      expect(sum((row) => row.convs)).toBe(whole.convs);
      expect(sum((row) => row.activations)).toBe(whole.activations.elements);
    }
    expect(operators.reduce((all, row) => all + row.layers, 0)).toBe(layers.length);
  });

  it("are left out where nobody asks", () => {
    const keys = Object.keys(createNetworkReport(checkedText(SMALL)));
    expect(keys).not.toContain("layers");
    expect(keys).not.toContain("operators");
  });
});

describe("the blocks of a report", () => {
  const listed = (statements: string) =>
    createNetworkReport(checkedStatements(statements)).modules.map(
      ({ path, module, level }) => `${"  ".repeat(level)}${path}: ${module}`,
    );

  it("are the steps of the network, labelled or not", () => {
    expect(listed("conv 3x3 8 -> maxpool 2x2 /2\nhead: globalavgpool -> dense 2")).toEqual([
      "conv: conv",
      "maxpool: maxpool",
      "head: 2 steps",
    ]);
  });

  it("are labelled statements within them, but not branches", () => {
    const statements =
      "stage: {\n first: conv 3x3 8\n second: concat { | b1: conv 1x1 4 | b2: conv 3x3 4 }\n}";
    expect(listed(statements)).toEqual([
      "stage: 2 steps",
      "  stage.first: conv",
      "  stage.second: concat",
    ]);
  });

  it("are instances of repeats, whatever is repeated", () => {
    expect(listed("a: 2 x conv 3x3 8")).toEqual(["a: 2 x conv", "  a.0: conv", "  a.1: conv"]);
    expect(listed("a: 2 x { conv 3x3 8 -> relu }")).toEqual([
      "a: 2 x 2 steps",
      "  a.0: 2 steps",
      "  a.1: 2 steps",
    ]);
  });

  it("are modules wherever they stand", () => {
    const text = `module M { conv 1x1 4 }
network N {
  input 8x8x4
  residual { M } -> relu
  concat { | left: M | right: 2 x M }
}`;
    const { modules } = createNetworkReport(checkedText(text));
    expect(modules.map(({ path, module, level }) => [path, module, level])).toEqual([
      ["residual", "residual", 0],
      ["residual.M", "M", 1],
      ["relu", "relu", 0],
      ["concat", "concat", 0],
      ["left", "M", 1],
      ["right", "2 x M", 1],
      ["right.0", "M", 2],
      ["right.1", "M", 2],
    ]);
  });
});
