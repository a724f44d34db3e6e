/** Compares the training kernels of the wasm backend with the plain ones of the cpu backend, over grids of windows. */
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { beforeAll, describe, expect, it } from "vitest";
import { registerWasmTrainingKernels } from "../../src/runtime/wasm/register-wasm-training-kernels.ts";

type Values = { readonly shape: readonly number[]; readonly values: Float32Array };

const KERNELS: readonly [number, number][] = [
  [1, 1],
  [1, 7],
  [2, 2],
  [3, 3],
  [5, 5],
  [7, 1],
];
const PADS: readonly (tf.Conv2DBackpropFilterAttrs["pad"] & string)[] = ["same", "valid"];
const EXPLICIT_PAD: tf.backend_util.ExplicitPadding = [
  [0, 0],
  [3, 1],
  [0, 4],
  [0, 0],
];

beforeAll(async () => {
  registerWasmTrainingKernels();
  await tf.setBackend("wasm");
  await tf.setBackend("cpu");
});

describe("gradients of conv2d", () => {
  for (const kernel of KERNELS) {
    for (const stride of [1, 2, 3]) {
      for (const pad of [...PADS, EXPLICIT_PAD]) {
        it(`${kernel.join("x")}, stride ${stride}, ${String(pad)}`, async () => {
          const x = noise([3, 11, 10, 4]);
          const filter = noise([...kernel, 4, 5]);
          const attributes = { strides: stride, pad, dataFormat: "NHWC", dilations: [1, 1] };
          const dy = noise((await run("cpu", tf.Conv2D, { x, filter }, attributes)).shape);
          await expectSame(
            tf.Conv2DBackpropFilter,
            { x, dy },
            {
              ...attributes,
              filterShape: [...filter.shape],
            },
          );
          await expectSame(
            tf.Conv2DBackpropInput,
            { dy, filter },
            {
              ...attributes,
              inputShape: [...x.shape],
            },
          );
        });
      }
    }
  }

  it("unequal strides", async () => {
    const x = noise([2, 9, 12, 3]);
    const filter = noise([3, 3, 3, 2]);
    const attributes = { strides: [1, 2], pad: "same", dataFormat: "NHWC" };
    const dy = noise([2, 9, 6, 2]);
    const filterShape = [...filter.shape];
    await expectSame(tf.Conv2DBackpropFilter, { x, dy }, { ...attributes, filterShape });
    await expectSame(
      tf.Conv2DBackpropInput,
      { dy, filter },
      { ...attributes, inputShape: x.shape },
    );
  });
});

describe("gradients of depthwiseConv2d", () => {
  for (const kernel of KERNELS) {
    for (const stride of [1, 2]) {
      for (const pad of PADS) {
        it(`${kernel.join("x")}, stride ${stride}, ${pad}`, async () => {
          const x = noise([2, 10, 9, 3]);
          const filter = noise([...kernel, 3, 2]);
          const attributes = { strides: stride, pad, dilations: [1, 1] };
          const forward = await run("cpu", tf.DepthwiseConv2dNative, { x, filter }, attributes);
          const dy = noise(forward.shape);
          await expectSame(
            tf.DepthwiseConv2dNativeBackpropFilter,
            { x, dy },
            {
              ...attributes,
              filterShape: [...filter.shape],
            },
          );
          await expectSame(
            tf.DepthwiseConv2dNativeBackpropInput,
            { dy, filter },
            {
              ...attributes,
              inputShape: [...x.shape],
            },
          );
        });
      }
    }
  }

  // The cpu backend's own gradient kernels ignore dilation; a convolution is linear, so its gradient is its adjoint.
  for (const dilation of [2, 3]) {
    for (const pad of PADS) {
      it(`dilation ${dilation}, ${pad}: is the adjoint of the forward convolution`, async () => {
        const x = noise([2, 12, 11, 3]);
        const filter = noise([3, 2, 3, 2]);
        const attributes = { strides: 1, pad, dilations: [dilation, dilation] };
        const forward = await run("wasm", tf.DepthwiseConv2dNative, { x, filter }, attributes);
        const dy = noise(forward.shape);
        const expected = dot(forward, dy);
        const dfilter = await run(
          "wasm",
          tf.DepthwiseConv2dNativeBackpropFilter,
          { x, dy },
          {
            ...attributes,
            filterShape: [...filter.shape],
          },
        );
        const dx = await run(
          "wasm",
          tf.DepthwiseConv2dNativeBackpropInput,
          { dy, filter },
          {
            ...attributes,
            inputShape: [...x.shape],
          },
        );
        expect(dot(dfilter, filter)).toBeCloseTo(expected, 3);
        expect(dot(dx, x)).toBeCloseTo(expected, 3);
      });
    }
  }
});

describe("gradients of pooling", () => {
  const windows: readonly [number, number][] = [
    [2, 2],
    [3, 3],
    [3, 2],
    [5, 5],
  ];
  for (const filterSize of windows) {
    for (const strides of [1, 2]) {
      for (const pad of PADS) {
        const attributes = { filterSize, strides, pad };
        const name = `${filterSize.join("x")}, stride ${strides}, ${pad}`;

        it(`max ${name}, negative values and ties among them`, async () => {
          const input = noise([2, 9, 8, 5], (value) => Math.round(4 * value) - 6);
          const output = await run("cpu", tf.MaxPool, { x: input }, attributes);
          expect(Math.max(...output.values)).toBeLessThan(0);
          await expectSame(tf.MaxPoolGrad, { dy: noise(output.shape), input, output }, attributes);
        });

        it(`average ${name}: is the adjoint of the forward pooling`, async () => {
          const x = noise([2, 9, 8, 5]);
          const output = await run("wasm", tf.AvgPool, { x }, attributes);
          const dy = noise(output.shape);
          const dx = await run("wasm", tf.AvgPoolGrad, { dy, input: x }, attributes);
          expect(dot(dx, x)).toBeCloseTo(dot(output, dy), 3);
          if (pad === "valid") await expectSame(tf.AvgPoolGrad, { dy, input: x }, attributes);
        });
      }
    }
  }
});

describe("sums by segment", () => {
  it("adds the slices of each segment and leaves out segments of no number", async () => {
    const x = noise([6, 2, 3]);
    const segmentIds = { shape: [6], values: Float32Array.of(2, 0, 2, 3, 0, 2) };
    await expectSame(tf.UnsortedSegmentSum, { x, segmentIds }, { numSegments: 5 });
  });

  it("gives gather its gradient", async () => {
    await tf.setBackend("wasm");
    const [gradient] = tf.tidy(() => {
      const rows = tf.tensor1d([1, 1, 0], "int32");
      const loss = (x: tf.Tensor): tf.Scalar => tf.gather(x, rows).square().sum();
      return [
        tf
          .grad(loss)(
            tf.tensor2d([
              [1, 2],
              [3, 4],
              [5, 6],
            ]),
          )
          .arraySync(),
      ];
    });
    expect(gradient).toEqual([
      [2, 4],
      [12, 16],
      [0, 0],
    ]);
  });
});

describe("tile", () => {
  const cases: readonly [readonly number[], readonly number[]][] = [
    [
      [1, 1, 1, 7],
      [2, 3, 4, 1],
    ],
    [
      [1, 5],
      [3, 2],
    ],
    [
      [2, 3],
      [2, 2],
    ],
    [
      [4, 3],
      [2, 1],
    ],
    [[3], [1]],
    [
      [1, 1, 1],
      [3, 5, 7],
    ],
  ];
  for (const [shape, reps] of cases) {
    it(`[${shape.join(", ")}] by [${reps.join(", ")}]`, async () => {
      await expectSame(tf.Tile, { x: noise(shape) }, { reps: [...reps] });
    });
  }

  it("repeats whole numbers too", async () => {
    await tf.setBackend("wasm");
    const tiled = tf.tidy(() => tf.tile(tf.tensor1d([1, 2], "int32"), [2]));
    expect(tiled.dtype).toBe("int32");
    expect([...tiled.dataSync()]).toEqual([1, 2, 1, 2]);
    tiled.dispose();
  });
});

describe("registration", () => {
  it("keeps what is registered when it is called again", () => {
    const kernels = [tf.Conv2DBackpropFilter, tf.Tile, tf.MaxPoolGrad];
    const before = kernels.map((name) => tf.getKernel(name, "wasm"));
    registerWasmTrainingKernels();
    expect(kernels.map((name) => tf.getKernel(name, "wasm"))).toEqual(before);
  });

  it("frees what it makes on the way", async () => {
    await tf.setBackend("wasm");
    const x = tf.variable<tf.Rank.R4>(tf.randomUniform([2, 9, 9, 3], -1, 1));
    const deep = tf.variable<tf.Rank.R4>(tf.randomUniform([3, 3, 3, 2], -1, 1));
    const wide = tf.variable<tf.Rank.R4>(tf.randomUniform([3, 3, 6, 4], -1, 1));
    const narrow = tf.variable<tf.Rank.R4>(tf.randomUniform([1, 1, 4, 4], -1, 1));
    const loss = (): tf.Scalar => {
      const features = tf.depthwiseConv2d(x, deep, 1, "same");
      const pooled = tf.avgPool(tf.maxPool(features, 3, 1, "same"), 3, 1, "same");
      const reduced = tf.conv2d(tf.conv2d(pooled, wide, 2, "valid"), narrow, 1, "same");
      return reduced
        .mul(tf.tile(tf.ones([1, 1, 1, 4]), [2, 4, 4, 1]))
        .square()
        .mean();
    };
    const step = (): void => {
      const { grads, value } = tf.variableGrads(loss);
      expect(Object.keys(grads)).toHaveLength(4);
      tf.dispose([grads, value]);
    };
    step();
    const tensors = tf.memory();
    const dataIds = tf.backend().numDataIds();
    step();
    expect(tf.memory()).toMatchObject({
      numTensors: tensors.numTensors,
      numBytes: tensors.numBytes,
    });
    expect(tf.backend().numDataIds()).toBe(dataIds);
    tf.dispose([x, deep, wide, narrow]);
  });
});

/** Runs one kernel by its name on both backends and expects one result, to a relative error of 1e-5. */
async function expectSame(
  name: string,
  inputs: Readonly<Record<string, Values>>,
  attributes: tf.NamedAttrMap,
): Promise<void> {
  const expected = await run("cpu", name, inputs, attributes);
  const actual = await run("wasm", name, inputs, attributes);
  expect(actual.shape).toEqual(expected.shape);
  const difference = actual.values.map((value, at) => value - (expected.values[at] ?? Number.NaN));
  expect(norm(difference) / norm(expected.values)).toBeLessThanOrEqual(1e-5);
}

async function run(
  backendName: string,
  name: string,
  inputs: Readonly<Record<string, Values>>,
  attributes: tf.NamedAttrMap,
): Promise<Values> {
  await tf.setBackend(backendName);
  const output = tf.tidy(() => {
    const tensors: tf.NamedTensorMap = {};
    for (const [key, { shape, values }] of Object.entries(inputs)) {
      tensors[key] = tf.tensor(values, [...shape], key === "segmentIds" ? "int32" : "float32");
    }
    const result = tf.engine().runKernel(name, tensors, attributes);
    if (!(result instanceof tf.Tensor)) throw new Error(`${name} has more than one output`);
    return result;
  });
  const values = Float32Array.from(output.dataSync());
  const { shape } = output;
  output.dispose();
  return { shape, values };
}

/** Numbers between -1 and 1 that differ from shape to shape and never from run to run. */
function noise(shape: readonly number[], change = (value: number): number => value): Values {
  const size = tf.util.sizeFromShape([...shape]);
  let state = size + shape.length;
  const values = Float32Array.from({ length: size }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return change(state / 2 ** 31 - 1);
  });
  return { shape, values };
}

function dot(a: Values, b: Values): number {
  return a.values.reduce((sum, value, at) => sum + value * (b.values[at] ?? 0), 0);
}

function norm(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
