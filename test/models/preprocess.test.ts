/** The generated `preprocess` gives what the published one of the runtime gives, for every kind of declaration. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, it } from "vitest";
import { type PreprocessSpec, preprocess } from "../../src/runtime/preprocess.ts";
import { compileModel } from "./compile-model.ts";
import { startBackend } from "./run-model.ts";

type Generated = (picture: tf.Tensor3D | PixelSource) => tf.Tensor4D;

interface PixelSource {
  readonly data: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
}

beforeAll(startBackend);

/** Bytes without a pattern that a mistake in order or rounding could keep. */
function picture(height: number, width: number) {
  const data = Uint8Array.from({ length: height * width * 4 }, (_, index) => (index * 97) % 251);
  return { data, width, height };
}

async function generate(name: string, declaration: string, channels = 3): Promise<Generated> {
  const text = `network Seen { input 20x24x${channels} preprocess(${declaration}) conv 1x1 2 }`;
  const generated = await compileModel(`preprocess-${name}`, text);
  return generated.preprocess as Generated;
}

it.each<[string, string, Omit<PreprocessSpec, "height" | "width">]>([
  ["range", "range=[-1, 1]", { range: [-1, 1] }],
  ["crop", "range=[0, 1], crop=0.875", { range: [0, 1], crop: 0.875 }],
  [
    "resize",
    "range=[0, 1], mean=[0.4, 0.5, 0.6], std=[0.2, 0.3, 0.25], resize=31",
    { range: [0, 1], mean: [0.4, 0.5, 0.6], std: [0.2, 0.3, 0.25], resize: 31 },
  ],
  ["both", "crop=0.9, resize=26", { crop: 0.9, resize: 26 }],
  ["mean", "mean=127.5, std=128", { mean: 127.5, std: 128 }],
  ["standardize", "standardize=true", { standardize: true }],
])("of %s", async (name, declaration, spec) => {
  const generated = await generate(name, declaration);
  for (const [height, width] of [
    [33, 47],
    [61, 29],
    [20, 24],
  ] as const) {
    const before = tf.memory().numTensors;
    const pixels = picture(height, width);
    const expected = preprocess(pixels, { height: 20, width: 24, ...spec });
    const actual = generated({ ...pixels, data: new Uint8ClampedArray(pixels.data) });
    expect(actual.shape).toEqual([1, 20, 24, 3]);
    expect(await actual.data()).toEqual(await expected.data());

    const tensor = tf.browser.fromPixels(pixels);
    const ofTensor = generated(tensor);
    expect(await ofTensor.data()).toEqual(await expected.data());
    tf.dispose([expected, actual, tensor, ofTensor]);
    expect(tf.memory().numTensors).toBe(before);
  }
});

it("reads an object whose properties are its class's, as those of ImageData are", async () => {
  const pixels = picture(33, 47);
  class Image {
    get data() {
      return pixels.data;
    }
    get width() {
      return pixels.width;
    }
    get height() {
      return pixels.height;
    }
  }
  const generated = await generate("image", "range=[0, 1]");
  const [actual, expected] = [generated(new Image()), generated(pixels)];
  expect(await actual.data()).toEqual(await expected.data());
  tf.dispose([actual, expected]);
});

it("reads a picture with the channels of the network", async () => {
  const generated = await generate("gray", "range=[0, 1]", 1);
  const y = generated(picture(33, 47));
  expect(y.shape).toEqual([1, 20, 24, 1]);
  y.dispose();
});
