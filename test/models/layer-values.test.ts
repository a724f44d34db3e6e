/** What generated layers compute, against plain loops: those that tf.layers lacks, and those made of several of its layers. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { EVERY_CONSTRUCT } from "../support/every-construct.ts";
import { compileModel } from "./compile-model.ts";
import { averageCountingPad, groupedConv } from "./reference-layers.ts";
import { expectClose, runLine as run } from "./run-line.ts";
import {
  countWeights,
  factoryOf,
  predict,
  randomInput,
  saveAndLoad,
  startBackend,
  train,
} from "./run-model.ts";

beforeAll(startBackend);

describe("a convolution in groups", () => {
  it.each([
    ["same", 1, 1],
    ["valid", 2, 1],
    ["same", 1, 2],
  ] as const)("%s, stride %i, dilation %i", async (padding, stride, dilation) => {
    const { output, weights, picture } = await run(
      `groups-${padding}-${stride}-${dilation}`,
      `conv 3x2 6 /${stride} ${padding} dilation=${dilation} groups=2 norm=none bias=false linear`,
    );
    const sliding = { kernel: [3, 2], stride, dilation, padding } as const;
    expectClose(output, groupedConv(picture, sliding, weights[0] ?? [], 6, 2));
  });

  it("adds its bias", async () => {
    const text = "network Line { input 7x6x4 conv 3x3 6 groups=2 norm=none linear }";
    const model = factoryOf(await compileModel("groups-bias", text))();
    const x = randomInput([7, 6, 4]);
    const [before = []] = await predict(model, x);
    const [kernel] = model.getWeights();
    tf.tidy(() => model.setWeights([kernel ?? tf.scalar(0), tf.tensor1d([1, 2, 3, 4, 5, 6])]));
    const [after = []] = await predict(model, x);
    expectClose(
      after,
      Array.from(before, (value, index) => value + (index % 6) + 1),
    );
    x.dispose();
    model.dispose();
  });
});

// torch.nn.ConvTranspose2d with padding p and output_padding q: each cell adds its value times the kernel to the output, from
// p rows and columns before it.
it.each([
  ["same", 4, 2, 1, 0],
  ["same", 3, 1, 1, 0],
  ["valid", 3, 2, 0, 0],
] as const)(
  "computes a transposed convolution: %s, %ix%i, as torch does with padding %i, %i",
  async (pad, side, stride, p, q) => {
    const { output, weights, picture } = await run(
      `deconv-${pad}-${side}`,
      `deconv ${side}x${side} 3 /${stride} ${pad} norm=none bias=false linear`,
    );
    const size = (cells: number): number => (cells - 1) * stride - 2 * p + side + q;
    const [rows, columns] = [size(7), size(6)];
    const expected = new Array<number>(rows * columns * 3).fill(0);
    for (const [index, value] of Array.from(picture.values).entries()) {
      const [cell, channel] = [Math.floor(index / 4), index % 4];
      for (let i = 0; i < side * side; i++) {
        const y = Math.floor(cell / 6) * stride - p + Math.floor(i / side);
        const x = (cell % 6) * stride - p + (i % side);
        if (y < 0 || y >= rows || x < 0 || x >= columns) continue;
        for (let filter = 0; filter < 3; filter++) {
          const at = (y * columns + x) * 3 + filter;
          expected[at] =
            (expected[at] ?? 0) + value * (weights[0]?.[(i * 3 + filter) * 4 + channel] ?? 0);
        }
      }
    }
    expectClose(output, expected);
  },
);

it("computes a dilated depthwise convolution, each channel and multiple by itself", async () => {
  const { output, weights, picture } = await run(
    "dilated-depthwise",
    "dwconv 3x3 dilation=2 mult=2 norm=none bias=false linear",
  );
  // Its kernel is height x width x channels x multiples, which a kernel of groups of one channel is too.
  const sliding = { kernel: [3, 3], dilation: 2, padding: "same" } as const;
  expectClose(output, groupedConv(picture, sliding, weights[0] ?? [], 8, 4));
});

it.each([1, 2])("counts the padding of average pooling, stride %i", async (stride) => {
  const { output, picture } = await run(
    `count-pad-${stride}`,
    `avgpool 3x3 /${stride} count_pad=true`,
  );
  const sliding = { kernel: [3, 3], stride, padding: "same" } as const;
  expectClose(output, averageCountingPad(picture, sliding));
});

it("shuffles channels as torch.nn.ChannelShuffle does: view(groups, share), transpose, flatten", async () => {
  const { output, picture } = await run("shuffle", "shuffle 3", 12);
  const expected = Array.from(picture.values, (_, index) => {
    const channel = index % 12;
    const [i, group] = [Math.floor(channel / 3), channel % 3];
    return picture.values[index - channel + group * 4 + i] ?? 0;
  });
  expect(Array.from(output)).toEqual(expected);
});

it("normalizes local responses as Caffe's LRN and torch.nn.LocalResponseNorm do, with alpha / size", async () => {
  const { output, picture } = await run("lrn", "lrn 5 alpha=0.3 beta=0.6 k=1.5", 7);
  const expected = Array.from(picture.values, (value, index) => {
    const channel = index % 7;
    const window = [-2, -1, 0, 1, 2].filter((step) => channel + step >= 0 && channel + step < 7);
    const squares = window.reduce((all, step) => all + (picture.values[index + step] ?? 0) ** 2, 0);
    return value / (1.5 + (0.3 / 5) * squares) ** 0.6;
  });
  expectClose(output, expected);
});

it.each<[string, (x: number, weight: number) => number]>([
  ["prelu", (x, alpha) => Math.max(x, 0) + alpha * Math.min(x, 0)],
  ["layer_scale", (x, gamma) => gamma * x],
])("%s has a weight for each channel, of a feature map and of a vector", async (step, compute) => {
  for (const [shape, body] of [
    [[7, 6, 4], step],
    [[4], `globalavgpool -> ${step}`],
  ] as const) {
    const text = `network Line { input 7x6x4 ${body} }`;
    const model = factoryOf(await compileModel(`${step}-${shape.length}`, text))();
    const [weight] = model.getWeights();
    const values = [0.5, -0.25, 1, 2];
    tf.tidy(() => model.setWeights([tf.tensor(values).reshape(weight?.shape ?? [])]));
    const x = randomInput([7, 6, 4]);
    const [output = []] = await predict(model, x);
    const read = shape.length === 3 ? x : x.mean([1, 2]);
    const expected = Array.from(await read.data(), (value, index) =>
      compute(value, values[index % 4] ?? 0),
    );
    expectClose(output, expected);
    tf.dispose([x, read]);
    model.dispose();
  }
});

it.each(["lrn 3 alpha=0.5", "shuffle 2", "prelu", "layer_scale init=0.5", "deconv 3x3 4 /2"])(
  "trains through %s",
  async (step) => {
    const text = `network Line { input 6x6x3 conv 3x3 8 act=tanh -> ${step} -> globalavgpool -> dense 2 }`;
    const model = factoryOf(await compileModel(`trains-${step.replace(/\W+/g, "-")}`, text))();
    const x = randomInput([6, 6, 3], 8);
    const [before] = await Promise.all(model.getWeights().map((weight) => weight.array()));
    const { losses, leaked } = await train(model, x, 8);
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
    expect(leaked).toBe(0);
    expect(await model.getWeights()[0]?.array()).not.toEqual(before);
    x.dispose();
    model.dispose();
  },
);

it("scales the channels of each place to unit length", async () => {
  const { output, picture } = await run("l2norm", "l2norm");
  const expected = Array.from(picture.values, (value, index) => {
    const place = Math.floor(index / 4) * 4;
    const squares = [0, 1, 2, 3].map((channel) => (picture.values[place + channel] ?? 0) ** 2);
    return value / Math.sqrt(squares.reduce((sum, square) => sum + square));
  });
  expectClose(output, expected);
});

it.each<[string, (x: number) => number]>([
  ["hard_sigmoid", (x) => Math.min(Math.max(x + 3, 0), 6) / 6],
  ["hard_swish", (x) => (x * Math.min(Math.max(x + 3, 0), 6)) / 6],
  ["silu", (x) => x / (1 + Math.exp(-x))],
  // What torch.nn.PReLU and timm's LayerScale compute before they are trained.
  ["prelu", (x) => (x > 0 ? x : 0.25 * x)],
  ["prelu init=0", (x) => Math.max(x, 0)],
  ["layer_scale init=0.5", (x) => 0.5 * x],
  ["leaky_relu 0.2", (x) => (x > 0 ? x : 0.2 * x)],
  ["elu", (x) => (x > 0 ? x : Math.expm1(x))],
  ["residual(scale=0.25) { tanh }", (x) => x + 0.25 * Math.tanh(x)],
  ["residual(drop=0.5) { tanh }", (x) => x + Math.tanh(x)],
  ["residual(scale=0.5, drop=0.25) { tanh }", (x) => x + 0.5 * Math.tanh(x)],
  ["scale_by { sigmoid }", (x) => x / (1 + Math.exp(-x))],
])("computes %s", async (step, compute) => {
  const { output, picture } = await run(step.replace(/\W+/g, "-"), step);
  expectClose(output, Array.from(picture.values, compute));
});

describe("a join that reads a tensor twice leaves it to its other readers", () => {
  it.each<[string, (x: number) => number]>([
    ["sum { | identity | { identity } }", (x) => 3 * x],
    ["residual { identity }", (x) => 3 * x],
    ["residual { } shortcut { identity }", (x) => 3 * x],
    ["scale_by { identity }", (x) => x + x * x],
  ])("%s", async (join, compute) => {
    const { output, picture } = await run(
      join.replace(/\W+/g, "-"),
      `tanh -> residual { ${join} }`,
    );
    expectClose(
      output,
      Array.from(picture.values, (x) => compute(Math.tanh(x))),
    );
  });
});

it("a module without a layer hands on the tensor itself, also where it is joined with it", async () => {
  const text = `module Same { identity }
    module Again { Same -> { 2 x Same } }
    network Line { input 7x6x4 tanh -> residual { sum { | identity | Again } } }`;
  const model = factoryOf(await compileModel("module-without-a-layer", text))();
  const x = randomInput([7, 6, 4]);
  const values = Array.from(await x.data());
  const [output = []] = await predict(model, x);
  expectClose(
    output,
    values.map((value) => 3 * Math.tanh(value)),
  );
  x.dispose();
  model.dispose();
});

it("multiplies by a gate that is a vector", async () => {
  const { output, picture } = await run("vector-gate", "scale_by { globalavgpool }");
  const mean = (channel: number): number => {
    let sum = 0;
    for (let cell = 0; cell < 42; cell++) sum += picture.values[cell * 4 + channel] ?? 0;
    return sum / 42;
  };
  expectClose(
    output,
    Array.from(picture.values, (value, index) => value * mean(index % 4)),
  );
});

it("drops other values in every training step", async () => {
  const text = "network Line { input 7x6x4 dropout 0.5 }";
  const model = factoryOf(await compileModel("dropout", text))();
  const x = randomInput([7, 6, 4]);
  const step = async (): Promise<Float32Array> => {
    const y = model.apply(x, { training: true });
    if (!(y instanceof tf.Tensor)) throw new Error("one input has one output");
    return y.data<"float32">();
  };
  expect(await step()).not.toEqual(await step());
  x.dispose();
  model.dispose();
});

describe("pools with stated padding", () => {
  it.each([
    "maxpool 3x3 /2 pad=1",
    "avgpool 3x3 /2 pad=[1, 0, 2, 1]",
    "avgpool 3x3 pad=1 count_pad=true",
  ])("send back to each value what it gave: %s", async (step) => {
    const text = `network Line { input 5x6x1 ${step} }`;
    const model = factoryOf(await compileModel(step.replace(/\W+/g, "-"), text))();
    const x = randomInput([5, 6, 1]);
    const total = (given: tf.Tensor): tf.Tensor =>
      (model.apply(given, { training: true }) as tf.Tensor).square().sum();
    const gradient = await tf.grad(total)(x).data<"float32">();
    const values = await x.data<"float32">();
    // Pools are linear as long as the same values win: a small step shows the slope.
    const small = 1e-2;
    for (const [cell, value] of values.entries()) {
      const moved = (by: number): number => {
        const around = Float32Array.from(values);
        around[cell] = value + by;
        return total(tf.tensor(around, [1, 5, 6, 1])).dataSync()[0] ?? 0;
      };
      expect(gradient[cell]).toBeCloseTo((moved(small) - moved(-small)) / (2 * small), 1);
    }
    model.dispose();
  });
});

describe("branches of a split", () => {
  it.each<[string, number, (x: number, channel: number) => number]>([
    ["split { | tanh | identity }", 4, (x, channel) => (channel < 2 ? Math.tanh(x) : x)],
    ["split { | identity | { } | tanh }", 6, (x, channel) => (channel < 4 ? x : Math.tanh(x))],
    [
      "split { | split { | relu | tanh } | identity }",
      4,
      (x, channel) => [Math.max(x, 0), Math.tanh(x), x, x][channel] ?? 0,
    ],
  ])("compute %s with their share of the channels", async (step, channels, compute) => {
    const { output, picture } = await run(step.replace(/\W+/g, "-"), step, channels);
    expectClose(
      output,
      Array.from(picture.values, (x, index) => compute(x, index % channels)),
    );
  });

  it("are trained", async () => {
    const text = `network Line {
      input 8x8x3
      conv 3x3 8 -> split { | identity | conv 3x3 4 } -> shuffle 2 -> globalavgpool
      split { | dense 4 | relu } -> dense 2
    }`;
    const model = factoryOf(await compileModel("split-trained", text))();
    const { losses, leaked } = await train(model, randomInput([8, 8, 3], 8), 12);
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
    expect(leaked).toBe(0);
    model.dispose();
  });
});

describe("the body of a residual with drop=0.75", () => {
  /** What training makes of a batch of ones, and what is left of the body of each sample. */
  const shares = async (name: string, body: string, shape: readonly number[]) => {
    const text = `network Line { input 7x6x4 ${body} }`;
    const model = factoryOf(await compileModel(name, text))();
    const loaded = await saveAndLoad(model);
    const x = tf.ones([400, 7, 6, 4]);
    const y = loaded.apply(x, { training: true });
    if (!(y instanceof tf.Tensor)) throw new Error("one input has one output");
    expect(y.shape).toEqual([400, ...shape]);
    const samples = (await y.reshape([400, -1]).array()) as number[][];
    tf.dispose([x, y]);
    loaded.dispose();
    model.dispose();
    return samples.map((values) => [...new Set(values)]);
  };

  it.each([
    ["a map", "residual(drop=0.75) { relu }", [7, 6, 4]],
    ["a vector", "globalavgpool -> residual(drop=0.75) { relu }", [4]],
  ])(
    "of %s is dropped for whole samples, and four times as large elsewhere",
    async (name, body, shape) => {
      const samples = await shares(`drop-${name.replace(" ", "-")}`, body, shape);
      // One value in each sample: the trunk's 1, with or without 4 times the body.
      expect(samples.every((values) => values.length === 1)).toBe(true);
      const kept = samples.filter(([value = 0]) => Math.abs(value - 5) < 1e-4).length;
      expect(samples.filter(([value]) => value === 1).length).toBe(samples.length - kept);
      // 100 are to be expected, with a standard deviation of 8.7.
      expect(kept).toBeGreaterThan(50);
      expect(kept).toBeLessThan(150);
    },
  );

  it("is trained", async () => {
    const text = `network Line {
      input 8x8x3
      conv 3x3 8 -> residual(drop=0.2) { conv 3x3 8 linear } -> globalavgpool -> dense 2
    }`;
    const model = factoryOf(await compileModel("drop-trained", text))();
    const { losses, leaked } = await train(model, randomInput([8, 8, 3], 8), 12);
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
    expect(leaked).toBe(0);
    model.dispose();
  });
});

describe("a network with every construct", () => {
  it("saves and loads, and takes its options", async () => {
    const create = factoryOf(await compileModel("every-construct", EVERY_CONSTRUCT));
    const before = tf.memory().numTensors;
    const model = create({ classes: 7 });
    expect(model.outputNames).toEqual(["out.l2norm", "early", "side.inner"]);
    expect(model.outputs.map(({ shape }) => shape.slice(1))).toEqual([[7], [7], [9]]);
    const x = randomInput([24, 24, 3]);
    const loaded = await saveAndLoad(model);
    expect(await predict(loaded, x)).toEqual(await predict(model, x));
    tf.dispose(x);
    loaded.dispose();
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("names the option that the network cannot be built with", async () => {
    const create = factoryOf(await compileModel("every-construct-options", EVERY_CONSTRUCT));
    expect(() => create({ classes: 0 })).toThrow("classes is a whole number at least 1, not 0");
    expect(() => create({ classes: 2.5 })).toThrow("classes is a whole number at least 1, not 2.5");
    expect(() => create({ rate: 1 })).toThrow("rate is a number at least 0 and below 1, not 1");
    expect(() => create({ strength: 4 })).toThrow(
      "strength / 4 is a number at least 0 and below 1, not 1",
    );
    expect(() => create({ seed: Number.NaN })).toThrow("seed is a whole number, not NaN");
  });
});

describe("initial weights", () => {
  const text = "network Two { input 4x4x3 conv 3x3 3 norm=none -> conv 3x3 3 norm=none }";
  const weightsOf = async (seed: number): Promise<readonly Float32Array[]> => {
    const model = factoryOf(await compileModel("two", text))({ seed });
    const weights = await Promise.all(model.getWeights().map((one) => one.data<"float32">()));
    model.dispose();
    return weights;
  };

  it("are those of the seed, and differ from layer to layer", async () => {
    const [first, , second] = await weightsOf(1);
    expect((await weightsOf(1))[0]).toEqual(first);
    expect((await weightsOf(2))[0]).not.toEqual(first);
    expect(second).not.toEqual(first);
  });
});

it("trains where batch normalization has neither gamma nor beta, and again after loading", async () => {
  const text = `network Plain {
    input 8x8x3
    defaults batchnorm(gamma=false, beta=false)
    conv 3x3 8 -> conv 3x3 8 groups=2 -> dropout 0.1 -> globalavgpool -> dense 2
  }`;
  const generated = await compileModel("plain-norm", text);
  const model = factoryOf(generated)();
  const x = randomInput([8, 8, 3], 8);
  const trainable = countWeights(model.trainableWeights);
  const { losses, leaked } = await train(model, x, 12);
  expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
  expect(leaked).toBe(0);
  expect(countWeights(model.trainableWeights)).toBe(trainable);
  const { makeBatchNormTrainable } = generated;
  if (typeof makeBatchNormTrainable !== "function") throw new Error("it is exported");
  const loaded: tf.LayersModel = makeBatchNormTrainable(await saveAndLoad(model));
  expect((await train(loaded, x, 1)).losses.every(Number.isFinite)).toBe(true);
});
