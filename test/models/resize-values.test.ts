/** What resampling computes, and what comes back through it in training, against plain loops. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { compileModel } from "./compile-model.ts";
import { expectClose, runLine } from "./run-line.ts";
import { factoryOf, predict, randomInput, startBackend, train } from "./run-model.ts";

beforeAll(startBackend);

const toName = (step: string): string => step.replace(/\W+/g, "-");

describe("the corner rule of upSampling2d", () => {
  it.each([
    [14, 12],
    [9, 17],
    [7, 6],
  ])("blends the cells around i * M / N on the way to %dx%d", async (rows, columns) => {
    const step = `upsample to=[${rows}, ${columns}] interpolation=bilinear`;
    const { output, picture } = await runLine(toName(step), step, 2);
    const { height, width, values } = picture;
    const at = (row: number, column: number, channel: number): number =>
      values[(Math.min(row, height - 1) * width + Math.min(column, width - 1)) * 2 + channel] ?? 0;
    const expected = Array.from(output, (_, index) => {
      const [channel, place] = [index % 2, Math.floor(index / 2)];
      const row = (Math.floor(place / columns) * height) / rows;
      const column = ((place % columns) * width) / columns;
      const [top, left] = [Math.floor(row), Math.floor(column)];
      const [down, right] = [row - top, column - left];
      return (
        (1 - down) * ((1 - right) * at(top, left, channel) + right * at(top, left + 1, channel)) +
        down * ((1 - right) * at(top + 1, left, channel) + right * at(top + 1, left + 1, channel))
      );
    });
    expectClose(output, expected);
  });

  it("is that of a factor where the size is a multiple", async () => {
    const factor = await runLine("resize-factor", "upsample 2 interpolation=bilinear");
    const size = await runLine("resize-size", "upsample to=[14, 12] interpolation=bilinear");
    expect(size.output).toEqual(factor.output);
  });
});

describe("what comes back through resampling", () => {
  it.each(["nearest", "bilinear", "bilinear_half_pixel", "bilinear_align_corners"])(
    "is each cell's share in what was made of it: %s",
    async (rule) => {
      const text = `network Line { input 3x2x1 upsample to=[7, 5] interpolation=${rule} }`;
      const model = factoryOf(await compileModel(`resize-gradient-${rule}`, text))();
      const weights = randomInput([7, 5, 1]);
      const x = randomInput([3, 2, 1]);
      const gradient = tf.grad((given: tf.Tensor) =>
        (model.apply(given, { training: true }) as tf.Tensor).mul(weights).sum(),
      )(x);
      // Resampling is linear: what a cell alone gives is its share in every cell of the output.
      const expected = await Promise.all(
        Array.from({ length: 6 }, async (_, cell) => {
          const alone = tf.tensor(
            Array.from({ length: 6 }, (_, index) => Number(index === cell)),
            [1, 3, 2, 1],
          );
          const [output = new Float32Array()] = await predict(model, alone);
          const shares = await weights.data<"float32">();
          return output.reduce((sum, value, index) => sum + value * (shares[index] ?? 0), 0);
        }),
      );
      expectClose(await gradient.data<"float32">(), expected);
      model.dispose();
    },
  );

  it.each([
    "upsample 2 interpolation=bilinear_half_pixel",
    "upsample to=[13, 9]",
    "upsample to=[13, 9] interpolation=bilinear_align_corners",
  ])("trains the layers before %s", async (step) => {
    const text = `network Line { input 6x5x3 conv 3x3 8 act=tanh -> ${step} -> globalavgpool -> dense 2 }`;
    const model = factoryOf(await compileModel(`trains-${toName(step)}`, text))();
    const x = randomInput([6, 5, 3], 8);
    const [before] = await Promise.all(model.getWeights().map((weight) => weight.array()));
    const { losses, leaked } = await train(model, x, 8);
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
    expect(leaked).toBe(0);
    expect(await model.getWeights()[0]?.array()).not.toEqual(before);
    x.dispose();
    model.dispose();
  });
});
