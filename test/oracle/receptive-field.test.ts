/** Holds receptive fields against real models: which cells of the last feature map notice that one pixel of the picture is lit. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import {
  measureReceptiveField,
  type ReceptiveField,
} from "../../src/compiler/cost/receptive-field.ts";
import { analyze, type SourceInput } from "../../src/compiler/index.ts";
import { createNodeHost } from "../../src/node/node-host.ts";
import { compileModel } from "../models/compile-model.ts";
import { factoryOf, startBackend } from "../models/run-model.ts";
import { REPOSITORY } from "../support/checked-networks.ts";

beforeAll(startBackend);

/** The first and the last cell along one side. */
type Extent = readonly [first: number, last: number];

/** What notices a pixel, along rows and columns. */
interface Noticing {
  readonly rows: Extent;
  readonly columns: Extent;
}

/** As the field says: all cells whose field holds the pixel. */
function expectedExtent(
  { size, stride, start }: ReceptiveField,
  axis: 0 | 1,
  pixel: number,
): Extent {
  const beyond = pixel - start[axis] - size[axis];
  return [Math.floor(beyond / stride[axis]) + 1, Math.floor((pixel - start[axis]) / stride[axis])];
}

/**
 * Dark pictures, each with one pixel lit. With positive kernels and no offsets whatever a lit pixel reaches is positive, and
 * all else stays zero. So many pixels in a row are lit as the cells of the map are apart: each edge of the field is met.
 */
function noticedBy(
  model: tf.LayersModel,
  pixels: readonly (readonly [number, number])[],
): readonly Noticing[] {
  const [, height = 0, width = 0, channels = 0] = model.inputs[0]?.shape.map(Number) ?? [];
  const map = lastFeatureMap(model);
  return pixels.map(([row, column]) => {
    const reached = tf.tidy(() => {
      const lit = tf.buffer([1, height, width, channels]);
      for (let channel = 0; channel < channels; channel++) lit.set(1, 0, row, column, channel);
      const output = map.predict(lit.toTensor());
      if (Array.isArray(output)) throw new Error("a map has one output");
      const places = output.notEqual(0).any(3);
      return [places.any(2), places.any(1)];
    });
    const [rows, columns] = reached.map(extentOf);
    tf.dispose(reached);
    if (!rows || !columns) throw new Error("a map has two sides");
    return { rows, columns };
  });
}

function extentOf(reached: tf.Tensor): Extent {
  const cells = [...reached.dataSync()].flatMap((flag, cell) => (flag ? [cell] : []));
  return [cells[0] ?? -1, cells.at(-1) ?? -1];
}

/** The model as far as there are places to tell apart. */
function lastFeatureMap(model: tf.LayersModel): tf.LayersModel {
  const layer = model.layers.findLast(({ outputShape }) => {
    const [, height, width, channels] = outputShape.map(Number);
    return channels !== undefined && Math.max(height ?? 0, width ?? 0) > 1;
  });
  if (!layer) throw new Error("there is no feature map");
  return tf.model({ inputs: model.inputs, outputs: layer.output });
}

/** Random positive kernels that neither let what is lit vanish nor grow without end; everything else leaves it as it is. */
function brighten(model: tf.LayersModel): void {
  for (const layer of model.layers) {
    const weights = layer.weights.map(({ name, shape }, index) => {
      const sides = shape.map(Number);
      if (!/kernel/.test(name)) {
        return /gamma|variance/.test(name) ? tf.ones(sides) : tf.zeros(sides);
      }
      const [rows = 1, columns = 1, channels = 1] = sides;
      const inputs = /depthwise/.test(name) ? 1 : channels;
      const mean = 1 / (inputs * Math.sqrt(rows * columns));
      return tf.randomUniform(sides, 0.5 * mean, 1.5 * mean, "float32", index + 1);
    });
    layer.setWeights(weights);
    tf.dispose(weights);
  }
}

async function compare(name: string, source: SourceInput): Promise<ReceptiveField> {
  const [checked] = analyze(source, {}, "first").checked();
  const field = checked && measureReceptiveField(checked.root);
  if (!field) throw new Error(`${name} has errors, or no field`);
  const [height, width] = checked.root.input.map(Number);
  const model = factoryOf(await compileModel(`receptive-field-${name}`, source))();
  brighten(model);
  const steps = Math.max(...field.stride);
  const pixels = Array.from({ length: steps }, (_, step) => {
    return [Math.floor((height ?? 0) / 2) + step, Math.floor((width ?? 0) / 2) + step] as const;
  });
  const [, mapHeight = 0, mapWidth = 0] = lastFeatureMap(model).outputs[0]?.shape.map(Number) ?? [];
  const expected = pixels.map(([row, column]) => ({
    rows: expectedExtent(field, 0, row),
    columns: expectedExtent(field, 1, column),
  }));
  for (const { rows, columns } of expected) {
    // At the border of the map an edge of the field would go unseen.
    expect([rows[0] > 0, rows[1] < mapHeight - 1]).toEqual([true, true]);
    expect([columns[0] > 0, columns[1] < mapWidth - 1]).toEqual([true, true]);
  }
  expect(noticedBy(model, pixels)).toEqual(expected);
  model.dispose();
  return field;
}

/** A text that may import what ships. */
function sourceOf(text: string): SourceInput {
  const overlay = { path: "field.incept", text };
  return {
    path: overlay.path,
    host: createNodeHost({ cwd: REPOSITORY, root: REPOSITORY, overlay }),
  };
}

describe("a lit pixel is noticed by the cells whose field it is in, and by no other", () => {
  it("in the stem and the first blocks of Inception-v3", { timeout: 120_000 }, async () => {
    const field = await compare(
      "v3",
      sourceOf(`import { StemV3 } from "./specs/modules/stems.incept"
import { InceptionV3A } from "./specs/modules/inception-v3.incept"
network Early {
  input 331x299x3
  stem: StemV3
  mixed_5b: InceptionV3A(pool_proj=32)
  mixed_5c: InceptionV3A(pool_proj=64)
}`),
    );
    expect(field.stride).toEqual([8, 8]);
  });

  it("in the stem and the first block of Inception-v4", { timeout: 120_000 }, async () => {
    const field = await compare(
      "v4",
      sourceOf(`import { StemV4 } from "./specs/modules/stems.incept"
import { InceptionA } from "./specs/modules/inception-v4.incept"
network Early {
  input 299x299x3
  stem: StemV4
  a: InceptionA
}`),
    );
    expect(field.stride).toEqual([8, 8]);
  });

  it("in MobileNetV2, which pads and strides", { timeout: 120_000 }, async () => {
    const field = await compare(
      "mobilenet-v2",
      sourceOf(`import { MobileNetV2 } from "./specs/zoo/mobilenet-v2.incept"
variant Narrow of MobileNetV2 { width 0.25 input 575x575x3 }`),
    );
    expect(field).toMatchObject({ size: [491, 491], stride: [32, 32] });
  });

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
    ["separable kernels", "sepconv 3x3 4 /2 -> conv 3x3 4 groups=2 -> sepconv 5x5 4 mult=2"],
  ])("with %s", async (name, statements) => {
    const text = `network N {\n  input 64x57x3\n  defaults conv(bias=false)\n  ${statements}\n}`;
    await compare(name.replaceAll(" ", "-"), text);
  });
});
