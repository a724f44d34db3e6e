/** Holds operators against what their records promise: shapes, tensors in Keras order, counts by hand, and messages. */
import { describe, expect, it } from "vitest";
import { ACTIVATIONS, type Attributes } from "../../../src/compiler/ir/attributes.ts";
import { type Shape, UNKNOWN } from "../../../src/compiler/ir/dimension.ts";
import { ownLayers } from "../../../src/compiler/lower/own-layers.ts";
import type { OperatorDefinition } from "../../../src/compiler/ops/operator.ts";
import type { Primitives } from "../../../src/compiler/ops/primitives.ts";
import {
  findOperator,
  normCalled,
  OPERATOR_NAMES,
  operatorNamed,
  operators,
} from "../../../src/compiler/ops/registry.ts";
import {
  buildOperator,
  GROUP_NORM,
  LAYER_NORM,
  shapeOperator,
} from "../../support/build-operator.ts";

const DEFINITIONS = Object.entries<OperatorDefinition>(operators);

/** The least that each operator must be told. */
const NEEDED: Readonly<Record<string, Attributes>> = {
  conv: { kernel: [3, 3], filters: 6 },
  project: { filters: 6 },
  dwconv: { kernel: [3, 3] },
  sepconv: { kernel: [3, 3], filters: 6 },
  deconv: { kernel: [3, 3], filters: 6 },
  dense: { units: 6 },
  maxpool: { kernel: [2, 2] },
  avgpool: { kernel: [2, 2] },
  dropout: { rate: 0.5 },
  pad: { size: [1, 1] },
  upsample: { factor: 2 },
  groupnorm: { groups: 2 },
  shuffle: { groups: 2 },
  lrn: { size: 5 },
  leaky_relu: { slope: 0.1 },
};

describe.each(DEFINITIONS)("%s", (name, definition) => {
  it("is called what the registry calls it, and says what it is in one sentence", () => {
    expect(definition.name).toBe(name);
    expect(findOperator(name)).toBe(definition);
    expect(definition.doc).toMatch(/^[^\n]+\.$/);
  });

  it("has operands and flags that are attributes, each with a sentence of its own", () => {
    const attributes = new Map(Object.entries(definition.attributes));
    for (const operand of definition.operands) expect([...attributes.keys()]).toContain(operand);
    for (const { attribute } of Object.values(definition.flags)) {
      expect([...attributes.keys()]).toContain(attribute);
    }
    for (const { doc, type, choices } of attributes.values()) {
      expect(doc).toMatch(/\.$/);
      expect(choices !== undefined).toBe(type === "choice");
    }
  });

  it("is silent where nothing is known, and gives the rank that it would give", () => {
    const node = buildOperator(name, NEEDED[name]);
    const rank = name === "dense" ? 1 : 3;
    const input = Array.from({ length: rank }, () => UNKNOWN);
    const reports: string[] = [];
    const output = definition.inferShape(node.attributes, input, (code) => reports.push(code));
    expect(reports).toEqual([]);
    const isVector = ["flatten", "globalavgpool", "globalmaxpool", "dense"].includes(name);
    expect(output).toHaveLength(isVector ? 1 : 3);
  });
});

describe("what records say for rules and repairs", () => {
  it("becomes no layer exactly where the output is the input", () => {
    const idle = DEFINITIONS.flatMap(([name]) => {
      const input = name === "dense" ? [6] : [4, 4, 6];
      return ownLayers(shapeOperator(name, NEEDED[name] ?? {}, input)).length === 0 ? [name] : [];
    });
    expect(idle).toEqual(DEFINITIONS.filter(([, one]) => one.isIdentity).map(([name]) => name));
  });

  it("leaves a vector to be removed only of operators that refuse one and make one", () => {
    const needless = DEFINITIONS.filter(([, one]) => one.isNeedlessOnVector);
    expect(needless.map(([name]) => name)).toEqual(["flatten"]);
    for (const [name, definition] of needless) {
      const node = buildOperator(name, NEEDED[name]);
      const codes: string[] = [];
      definition.inferShape(node.attributes, [6], (code) => codes.push(code));
      expect(codes).toEqual(["shape/needs-feature-map"]);
      expect(shapeOperator(name, NEEDED[name] ?? {}, [2, 2, 6]).output).toEqual([24]);
    }
  });

  it("has one operator for each word of `norm=`, whose layer is that normalization", () => {
    const kinds = (["batch", "layer", "group"] as const).map((word) => {
      const { name = "" } = normCalled(word) ?? {};
      const shaped = shapeOperator(name, NEEDED[name] ?? {}, [4, 4, 6]);
      return ownLayers(shaped).map(({ kind }) => kind);
    });
    expect(kinds).toEqual([["batch_norm"], ["layer_norm"], ["group_norm"]]);
    expect(normCalled("none")).toBeUndefined();
  });
});

it("has every activation that a layer can have as a step too", () => {
  expect(ACTIVATIONS.filter((name) => !OPERATOR_NAMES.includes(name))).toEqual([]);
  for (const name of ACTIVATIONS) {
    for (const input of [[4, 5, 3], [7]]) {
      const { output } = shapeOperator(name, NEEDED[name] ?? {}, input);
      expect(output).toEqual(input);
    }
  }
});

describe("shapes", () => {
  it.each<readonly [string, Attributes, Shape, Shape]>([
    ["avgpool", { global: true }, [7, 5, 4], [1, 1, 4]],
    ["maxpool", { global: true }, ["H", "W", 4], [1, 1, 4]],
    ["globalavgpool", {}, [7, 5, 4], [4]],
    ["flatten", {}, [2, 3, 4], [24]],
    ["flatten", {}, ["H", "W", 4], ["4 * H * W"]],
    ["flatten", {}, [2, "W", 4], ["8 * W"]],
    ["upsample", { factor: 3 }, [2, "W", 4], [6, "3 * W", 4]],
    ["pad", { size: [1, 2] }, ["H", 5, 4], ["H + 2", 9, 4]],
    ["dwconv", { kernel: [3, 3], mult: 2 }, [5, 5, "C"], [5, 5, "2 * C"]],
    ["project", { filters: 9 }, [5, "W", 4], [5, "W", 9]],
    ["conv", { kernel: [3, 3], filters: 8, stride: [2, 1] }, [7, 7, 3], [4, 7, 8]],
    ["l2norm", {}, [128], [128]],
    ["deconv", { kernel: [3, 3], filters: 8, stride: [2, 1] }, [7, "W", 3], [14, "W", 8]],
    [
      "deconv",
      { kernel: [3, 1], filters: 8, stride: [2, 2], pad: "valid" },
      [7, 7, 3],
      [15, 14, 8],
    ],
    [
      "deconv",
      { kernel: [4, 4], filters: 8, stride: [2, 2], pad: "valid" },
      ["H", 1, 3],
      ["2 * H + 2", 4, 8],
    ],
    ["lrn", { size: 5 }, ["H", 5, "C"], ["H", 5, "C"]],
    ["prelu", {}, ["H", 5, "C"], ["H", 5, "C"]],
    ["layer_scale", {}, [7], [7]],
    ["shuffle", { groups: 3 }, ["H", 5, 12], ["H", 5, 12]],
    ["shuffle", { groups: 3 }, [4, 5, "C"], [4, 5, "C"]],
    ["layernorm", {}, ["H", 5, 4], ["H", 5, 4]],
    ["layernorm", {}, [128], [128]],
    ["upsample", { to: [8, 5] }, ["H", 5, 4], [8, 5, 4]],
    ["conv", { kernel: [3, 3], filters: 2, pad: [1, 1, 1, 1] }, ["H", 5, 4], ["H", 5, 2]],
    ["conv", { kernel: [3, 3], filters: 2, pad: [0, 3, 1, 0] }, ["H", 5, 4], ["H + 1", 4, 2]],
    ["maxpool", { kernel: [3, 3], stride: [2, 2], pad: [1, 1, 1, 1] }, [7, 8, 4], [4, 4, 4]],
    [
      "deconv",
      { kernel: [4, 4], filters: 2, stride: [2, 2], pad: [1, 1, 1, 1] },
      [7, 8, 4],
      [14, 16, 2],
    ],
    [
      "deconv",
      { kernel: [2, 2], filters: 2, stride: [3, 3], pad: [0, 1, 0, 0] },
      [7, 8, 4],
      [19, 23, 2],
    ],
    ["groupnorm", { groups: 2 }, ["H", 5, 4], ["H", 5, 4]],
    ["groupnorm", { groups: 3 }, [4, 5, "C"], [4, 5, "C"]],
    ["groupnorm", {}, [128], [128]],
  ])("of %s %o on %o", (operator, attributes, input, output) => {
    expect(shapeOperator(operator, attributes, input).output).toEqual(output);
  });
});

describe("tensors", () => {
  const list = (operator: string, attributes: Attributes, input: Shape) =>
    ownLayers(shapeOperator(operator, attributes, input)).flatMap((layer) =>
      layer.tensors.map(({ name, shape, trainable }) =>
        [layer.name, name, shape.join("x"), ...(trainable ? [] : ["fixed"])].join(" ").trim(),
      ),
    );

  it("are in the order of Keras", () => {
    expect(list("conv", { kernel: [3, 5], filters: 8, bias: true }, [9, 9, 4])).toEqual([
      "kernel 3x5x4x8",
      "bias 8",
      "batchnorm gamma 8",
      "batchnorm beta 8",
      "batchnorm moving_mean 8 fixed",
      "batchnorm moving_variance 8 fixed",
    ]);
    expect(list("sepconv", { kernel: [3, 3], filters: 8, mult: 2, norm: null }, [9, 9, 4])).toEqual(
      ["depthwise_kernel 3x3x4x2", "pointwise_kernel 1x1x8x8", "bias 8"],
    );
    expect(list("dwconv", { kernel: [3, 3], mult: 2, norm: null, bias: false }, [9, 9, 4])).toEqual(
      ["depthwise_kernel 3x3x4x2"],
    );
    expect(list("prelu", {}, [9, 9, 4])).toEqual(["alpha 1x1x4"]);
    expect(list("deconv", { kernel: [3, 5], filters: 8, norm: null }, [9, 9, 4])).toEqual([
      "kernel 3x5x8x4",
      "bias 8",
    ]);
    expect(list("prelu", {}, [4])).toEqual(["alpha 4"]);
    expect(list("layer_scale", {}, [9, 9, 4])).toEqual(["gamma 4"]);
    expect(list("dense", { units: 10 }, [4])).toEqual(["kernel 4x10", "bias 10"]);
    expect(list("batchnorm", { gamma: false }, [9, 9, 4])).toEqual([
      "beta 4",
      "moving_mean 4 fixed",
      "moving_variance 4 fixed",
    ]);
    const conv = { kernel: [1, 1], filters: 8, norm: LAYER_NORM };
    expect(list("conv", conv, [9, 9, 4])).toEqual([
      "kernel 1x1x4x8",
      "bias 8",
      "layernorm gamma 8",
      "layernorm beta 8",
    ]);
    const grouped = { kernel: [1, 1], filters: 8, norm: { ...GROUP_NORM, beta: false } };
    expect(list("conv", grouped, [9, 9, 4])).toEqual([
      "kernel 1x1x4x8",
      "bias 8",
      "groupnorm gamma 8",
    ]);
    expect(list("groupnorm", { groups: 2 }, [9, 9, 4])).toEqual(["gamma 4", "beta 4"]);
    expect(list("layernorm", {}, [9, 9, 4])).toEqual(["gamma 4", "beta 4"]);
    expect(list("layernorm", { gamma: false }, [9])).toEqual(["beta 9"]);
  });

  it("see only the channels of their group", () => {
    expect(list("conv", { kernel: [3, 3], filters: 8, groups: 4, norm: null }, [9, 9, 4])).toEqual([
      "kernel 3x3x1x8",
      "bias 8",
    ]);
  });
});

describe("counts", () => {
  it.each<readonly [string, Attributes, Shape, Partial<Primitives>]>([
    [
      "conv",
      { kernel: [3, 1], filters: 8, groups: 2, bias: true, act: "silu" },
      [4, 4, 6],
      {
        convMacs: 128 * 3 * 3,
        convBiasAdds: 128,
        convOutputElements: 128,
        batchNormElements: 128,
        batchNormChannels: 8,
        otherActivationElements: 128,
      },
    ],
    [
      "sepconv",
      { kernel: [3, 3], filters: 8, mult: 2, norm: null, act: null, bias: false },
      [4, 4, 3],
      { convMacs: 16 * 6 * 9 + 128 * 6, convOutputElements: 16 * 6 + 128 },
    ],
    [
      "deconv",
      { kernel: [3, 3], filters: 8, stride: [2, 2], norm: null, act: null },
      [4, 4, 3],
      { convMacs: 48 * 9 * 8, convBiasAdds: 512, convOutputElements: 512 },
    ],
    [
      "dwconv",
      { kernel: [3, 3], mult: 2, norm: null, act: "relu6" },
      [4, 4, 3],
      { convMacs: 96 * 9, convBiasAdds: 96, convOutputElements: 96, reluElements: 96 },
    ],
    [
      "dense",
      { units: 5, act: "softmax" },
      [7],
      { denseMacs: 35, denseBiasAdds: 5, otherActivationElements: 5 },
    ],
    [
      "maxpool",
      { kernel: [2, 3], stride: [2, 2] },
      [4, 4, 3],
      {
        maxPoolInputElements: 48,
        maxPoolOutputElements: 12,
        maxPoolWindowElements: 72,
        maxPoolRowElements: 24,
      },
    ],
    [
      "avgpool",
      { global: true },
      [4, 4, 3],
      { globalPoolInputElements: 48, globalPoolOutputElements: 3 },
    ],
    ["upsample", { factor: 2, interpolation: "bilinear" }, [4, 4, 1], { resampleElements: 4 * 64 }],
    ["upsample", { factor: 2 }, [4, 4, 1], { nearestElements: 64 }],
    [
      "upsample",
      { to: [5, 6], interpolation: "bilinear_half_pixel" },
      [4, 4, 1],
      { resampleElements: 4 * 30 },
    ],
    ["l2norm", {}, [128], { l2NormElements: 128 }],
    [
      "dense",
      { units: 5, norm: LAYER_NORM, bias: false },
      [7],
      { denseMacs: 35, layerNormElements: 5, layerNormChannels: 5 },
    ],
    ["layernorm", {}, [4, 4, 3], { layerNormElements: 48, layerNormChannels: 3 }],
    [
      "dense",
      { units: 8, norm: GROUP_NORM, bias: false },
      [7],
      { denseMacs: 56, groupNormElements: 8, groupNormChannels: 8 },
    ],
    ["groupnorm", { groups: 3 }, [4, 4, 3], { groupNormElements: 48, groupNormChannels: 3 }],
    ["prelu", {}, [4, 4, 3], { reluElements: 48 }],
    ["layer_scale", {}, [4, 4, 3], { scaleMuls: 48 }],
    ["lrn", { size: 5 }, [4, 4, 3], { lrnElements: 48, lrnWindowElements: 240 }],
    ["dropout", { rate: 0.5 }, [4, 4, 3], {}],
    ["shuffle", { groups: 3 }, [4, 4, 3], {}],
    ["pad", { size: [1, 1] }, [4, 4, 3], {}],
  ])("of %s %o on %o", (operator, attributes, input, expected) => {
    const { node, output } = shapeOperator(operator, attributes, input);
    if (node.kind !== "operator") throw new Error("an operator was built");
    const counts = operatorNamed(operator).measure(node.attributes, input, output);
    const counted = Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));
    expect(counted).toEqual(expected);
  });
});

describe("messages", () => {
  const reportsOf = (operator: string, attributes: Attributes, input: Shape) => {
    const reports: string[] = [];
    const node = buildOperator(operator, attributes);
    const output = operatorNamed(operator).inferShape(
      node.attributes,
      input,
      (code, _, attribute) => reports.push(attribute ? `${code} ${attribute}` : code),
    );
    return { reports, output };
  };

  it.each<readonly [string, Attributes, Shape, readonly string[]]>([
    ["conv", { kernel: [3, 3], filters: 4 }, [7], ["shape/needs-feature-map"]],
    ["globalavgpool", {}, [7], ["shape/needs-feature-map"]],
    ["dense", { units: 4 }, [7, 7, 3], ["shape/needs-vector"]],
    ["maxpool", { kernel: [5, 5], pad: "valid" }, [4, 9, 3], ["shape/window-too-large kernel"]],
    [
      "conv",
      { kernel: [1, 1], filters: 9, groups: 2 },
      [4, 4, 3],
      ["shape/groups-do-not-divide groups", "shape/groups-do-not-divide groups"],
    ],
    ["shuffle", { groups: 3 }, [4, 4, 8], ["shape/groups-do-not-divide groups"]],
    ["maxpool", { kernel: [3, 2], pad: [1, 1, 2, 0] }, [4, 5, 3], ["shape/window-in-padding pad"]],
    ["deconv", { kernel: [1, 1], filters: 2, pad: [2, 2, 0, 0] }, [4, 5, 3], ["shape/zero-output"]],
    ["upsample", { to: [5, 4] }, [4, 5, 3], ["shape/upsample-shrinks to"]],
    ["upsample", { to: [3, 5] }, [4, 5, 3], ["shape/upsample-shrinks to"]],
    ["groupnorm", {}, [4, 4, 48], ["shape/groups-do-not-divide groups"]],
    ["groupnorm", { groups: 3 }, [8], ["shape/groups-do-not-divide groups"]],
    ...["conv", "project", "sepconv", "deconv", "dwconv"].map(
      (operator) =>
        [
          operator,
          { kernel: [1, 1], filters: 6, norm: GROUP_NORM },
          [4, 4, 6],
          ["shape/groups-do-not-divide norm"],
        ] as const,
    ),
    ["dense", { units: 6, norm: GROUP_NORM }, [4], ["shape/groups-do-not-divide norm"]],
    ["shuffle", { groups: 2 }, [8], ["shape/needs-feature-map"]],
    ["lrn", { size: 4 }, [4, 4, 8], ["shape/even-window size"]],
    ["lrn", { size: 5 }, [8], ["shape/needs-feature-map"]],
    ["conv", { kernel: [1, 1], filters: 2 ** 40 }, [2 ** 10, 2 ** 10, 3], ["shape/size-too-large"]],
    ["upsample", { factor: 2 ** 30 }, [2 ** 20, 2 ** 20, 3], ["shape/size-too-large"]],
    ["flatten", {}, [2 ** 20, 2 ** 20, 2 ** 20], ["shape/size-too-large"]],
  ])("of %s %o on %o", (operator, attributes, input, expected) => {
    expect(reportsOf(operator, attributes, input).reports).toEqual(expected);
  });

  it("come with the best guess of what was meant", () => {
    expect(reportsOf("dense", { units: 4 }, [7, 7, 3]).output).toEqual([4]);
    expect(reportsOf("conv", { kernel: [3, 3], filters: 4 }, [7]).output).toEqual([
      UNKNOWN,
      UNKNOWN,
      4,
    ]);
  });
});
