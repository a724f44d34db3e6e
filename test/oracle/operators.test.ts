/** Holds output shapes and parameter counts of operators against the real layers of tf.layers, over grids of attributes. */

import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { createCostMeter } from "../../src/compiler/cost/measure-cost.ts";
import type { Attributes } from "../../src/compiler/ir/attributes.ts";
import { OPERATOR_NAMES, operatorNamed } from "../../src/compiler/ops/registry.ts";
import { BATCH_NORM, buildOperator, LAYER_NORM } from "../support/build-operator.ts";
import { runLayers } from "./tfjs-layers.ts";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const BARE = { norm: null, act: null, bias: false } as const;

/** Odd and even, wide and high. */
const SIDES = [
  [7, 7],
  [8, 8],
  [9, 6],
  [5, 12],
] as const;

const KERNELS = [
  [1, 1],
  [2, 2],
  [3, 3],
  [1, 5],
  [4, 3],
  [5, 1],
] as const;

const STRIDES = [
  [1, 1],
  [2, 2],
  [3, 3],
] as const;

/** Everything that one operator is tried with. */
interface Grid {
  readonly operator: string;
  readonly attributes: readonly Attributes[];
  readonly inputs: readonly (readonly number[])[];
  /** Cases that must have been compared: a grid that fits nowhere proves nothing. */
  readonly atLeast: number;
}

const WINDOWS: readonly Attributes[] = KERNELS.flatMap((kernel) =>
  STRIDES.flatMap((stride) => (["same", "valid"] as const).map((pad) => ({ kernel, stride, pad }))),
);

const DILATED: readonly Attributes[] = KERNELS.flatMap((kernel) =>
  ([2, [2, 3]] as const).flatMap((dilation) =>
    (["same", "valid"] as const).map((pad) => ({
      kernel,
      pad,
      dilation: typeof dilation === "number" ? [dilation, dilation] : dilation,
    })),
  ),
);

const TAILS: readonly Attributes[] = [true, false].flatMap((bias) => [
  { norm: null, act: null, bias },
  { norm: null, act: "relu", bias },
  ...[true, false].flatMap((gamma) =>
    [true, false].flatMap((beta) =>
      [BATCH_NORM, LAYER_NORM].map((norm) => ({
        norm: { ...norm, gamma, beta },
        act: "relu",
        bias,
      })),
    ),
  ),
]);

const maps = (channels: number): readonly (readonly number[])[] =>
  SIDES.map((sides) => [...sides, channels]);

const GRIDS: readonly Grid[] = [
  {
    operator: "conv",
    attributes: [...WINDOWS, ...DILATED].map((one) => ({ ...BARE, ...one, filters: 4 })),
    inputs: maps(2),
    atLeast: 200,
  },
  {
    operator: "conv",
    attributes: [1, 2, 3, 6].flatMap((groups) =>
      WINDOWS.filter((_, index) => index % 5 === 0).map((one) => ({
        ...BARE,
        ...one,
        groups,
        filters: 12,
        bias: true,
      })),
    ),
    inputs: maps(6),
    atLeast: 60,
  },
  {
    operator: "conv",
    attributes: TAILS.map((tail) => ({ kernel: [3, 3], filters: 5, ...tail })),
    inputs: maps(3),
    atLeast: 40,
  },
  {
    operator: "project",
    attributes: TAILS.map((tail) => ({ filters: 7, ...tail })),
    inputs: maps(3),
    atLeast: 40,
  },
  {
    operator: "dwconv",
    attributes: [1, 2, 3].flatMap((mult) =>
      WINDOWS.map((one) => ({ ...BARE, ...one, mult, bias: mult === 2 })),
    ),
    inputs: maps(2),
    atLeast: 300,
  },
  {
    operator: "dwconv",
    attributes: DILATED.map((one) => ({ ...BARE, ...one })),
    inputs: maps(2),
    atLeast: 60,
  },
  {
    operator: "sepconv",
    attributes: DILATED.map((one) => ({ ...BARE, ...one, filters: 3 })),
    inputs: maps(2),
    atLeast: 60,
  },
  {
    operator: "dwconv",
    attributes: TAILS.map((tail) => ({ kernel: [3, 3], mult: 2, ...tail })),
    inputs: maps(3),
    atLeast: 40,
  },
  {
    operator: "sepconv",
    attributes: [1, 2].flatMap((mult) =>
      WINDOWS.map((one) => ({ ...BARE, ...one, mult, filters: 3, bias: mult === 2 })),
    ),
    inputs: maps(2),
    atLeast: 200,
  },
  {
    operator: "sepconv",
    attributes: TAILS.map((tail) => ({ kernel: [3, 3], filters: 4, mult: 2, ...tail })),
    inputs: maps(3),
    atLeast: 40,
  },
  {
    operator: "deconv",
    attributes: WINDOWS.map((one, index) => ({ ...BARE, ...one, filters: 3, bias: index % 2 > 0 })),
    inputs: maps(2),
    atLeast: 140,
  },
  ...["maxpool", "avgpool"].map((operator) => ({
    operator,
    attributes: WINDOWS,
    inputs: maps(2),
    atLeast: 100,
  })),
  {
    operator: "dense",
    attributes: TAILS.flatMap((tail) => [1, 10].map((units) => ({ units, ...tail }))),
    inputs: [[1], [6], [33]],
    atLeast: 50,
  },
  {
    operator: "batchnorm",
    attributes: [true, false].flatMap((gamma) => [true, false].map((beta) => ({ gamma, beta }))),
    inputs: [...maps(3), [9]],
    atLeast: 20,
  },
  {
    operator: "layernorm",
    attributes: [true, false].flatMap((gamma) => [true, false].map((beta) => ({ gamma, beta }))),
    inputs: [...maps(3), [9]],
    atLeast: 20,
  },
  {
    operator: "pad",
    attributes: [
      [0, 0],
      [1, 1],
      [3, 2],
    ].map((size) => ({ size })),
    inputs: maps(2),
    atLeast: 12,
  },
  {
    operator: "upsample",
    attributes: [1, 2, 3].flatMap((factor) =>
      ["nearest", "bilinear"].map((interpolation) => ({ factor, interpolation })),
    ),
    inputs: maps(2),
    atLeast: 24,
  },
  ...["globalavgpool", "globalmaxpool", "flatten"].map((operator) => ({
    operator,
    attributes: [{}],
    inputs: [...maps(3), [1, 1, 5]],
    atLeast: 5,
  })),
  { operator: "dropout", attributes: [{ rate: 0.2 }], inputs: [...maps(3), [9]], atLeast: 5 },
  { operator: "prelu", attributes: [{}], inputs: [...maps(3), [9]], atLeast: 5 },
  ...["relu", "relu6", "elu", "sigmoid", "tanh", "softmax"].map((operator) => ({
    operator,
    attributes: [{}],
    inputs: [...maps(3), [9]],
    atLeast: 5,
  })),
];

/** Operators whose layer tf.layers does not have: the tests of generated code run them. */
const WITHOUT_LAYER = [
  "identity",
  "groupnorm",
  "l2norm",
  "lrn",
  "layer_scale",
  "shuffle",
  "leaky_relu",
  "silu",
  "gelu",
  "hard_sigmoid",
  "hard_swish",
];

describe("operators as tf.layers has them", () => {
  it("leaves out no operator", () => {
    const compared = new Set(GRIDS.map(({ operator }) => operator));
    expect(OPERATOR_NAMES.filter((name) => !compared.has(name)).sort()).toEqual(
      [...WITHOUT_LAYER].sort(),
    );
  });

  GRIDS.forEach(({ operator, attributes, inputs, atLeast }, index) => {
    it(`gives the same shapes and parameters: ${operator} (grid ${index})`, () => {
      const differences: string[] = [];
      let compared = 0;
      for (const given of attributes) {
        for (const input of inputs) {
          const node = buildOperator(operator, given);
          let isRefused = false;
          const output = operatorNamed(operator).inferShape(node.attributes, input, () => {
            isRefused = true;
          });
          // What does not fit is refused by us; tf.layers would give a tensor without elements.
          if (isRefused) continue;
          compared++;
          const { params } = createCostMeter()({ node, input, output, children: [] });
          const ours = {
            shape: output,
            trainable: params.trainable,
            nonTrainable: params.nonTrainable,
          };
          const theirs = runLayers(node, input);
          if (JSON.stringify(ours) !== JSON.stringify(theirs)) {
            differences.push(
              `${JSON.stringify(given)} on ${input}: ${JSON.stringify(ours)}, tf.layers ${JSON.stringify(theirs)}`,
            );
          }
        }
      }
      expect(differences).toEqual([]);
      expect(compared).toBeGreaterThanOrEqual(atLeast);
    });
  });

  it("refuses exactly the windows of which tf.layers makes a tensor without elements or an error", () => {
    const disagreements: string[] = [];
    let refused = 0;
    for (const kernel of [
      [5, 5],
      [6, 2],
      [2, 6],
    ]) {
      for (const [height, width] of [
        [4, 4],
        [5, 5],
        [6, 5],
        [2, 7],
      ] as const) {
        for (const operator of ["conv", "maxpool", "avgpool", "dwconv"]) {
          const given = { ...(operator === "conv" ? { filters: 2 } : {}), kernel, pad: "valid" };
          const node = buildOperator(
            operator,
            operator.includes("pool") ? given : { ...BARE, ...given },
          );
          let isRefused = false;
          operatorNamed(operator).inferShape(node.attributes, [height, width, 2], () => {
            isRefused = true;
          });
          if (isRefused) refused++;
          if (isRefused === isUsable(node, [height, width, 2])) {
            disagreements.push(`${operator} ${kernel} on ${height}x${width}`);
          }
        }
      }
    }
    expect(disagreements).toEqual([]);
    expect(refused).toBeGreaterThan(10);
  });
});

function isUsable(node: Parameters<typeof runLayers>[0], input: readonly number[]): boolean {
  try {
    return runLayers(node, input).shape.every((side) => side > 0);
  } catch {
    return false;
  }
}
