/** Holds receptive fields against real models: which cells of the last feature map notice that one pixel of the picture is lit. */
import * as tf from "@tensorflow/tfjs";
import { expect } from "vitest";
import {
  measureReceptiveField,
  type ReceptiveField,
} from "../../src/compiler/cost/receptive-field.ts";
import { analyze, type SourceInput } from "../../src/compiler/index.ts";
import { lower } from "../../src/compiler/lower/lower.ts";
import { compileModel } from "../models/compile-model.ts";
import { factoryOf } from "../models/run-model.ts";

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

/** Fails where any other cell notices a pixel, or one of these does not; gives the field. */
export async function expectFieldAsNoticed(
  name: string,
  source: SourceInput,
): Promise<ReceptiveField> {
  const [checked] = analyze(source, {}, "first").checked();
  const field = checked && measureReceptiveField(lower(checked.root));
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
