/** Holds preprocessing to values computed by hand, from the definition of each step. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { type PreprocessSpec, preprocess, type RgbaPicture } from "../../src/runtime/preprocess.ts";

beforeAll(() => tf.setBackend("cpu"));

describe("preprocess", () => {
  it("gives a batch of one, values untouched, where nothing is asked for", () => {
    const spec = { height: 1, width: 2 };
    expect(
      channels(
        [
          [
            [1, 2, 3],
            [254, 255, 0],
          ],
        ],
        spec,
      ),
    ).toEqual([
      [
        [1, 2, 3],
        [254, 255, 0],
      ],
    ]);
  });

  it.each([
    [{ width: 0, height: 0, data: new Uint8Array(0) }, "a picture of 0x0 pixels has no pixels"],
    [{ width: 0, height: 2, data: new Uint8Array(0) }, "a picture of 0x2 pixels has no pixels"],
    [{ width: -1, height: -1, data: new Uint8Array(4) }, "a picture of -1x-1 pixels"],
    [{ width: 0.5, height: 2, data: new Uint8Array(4) }, "a picture of 0.5x2 pixels"],
    [{ width: 1, height: 2, data: new Uint8Array(7) }, "are 8 bytes, data has 7"],
  ])("refuses a picture without pixels or bytes, and leaves no tensor: %#", (picture, message) => {
    const before = tf.memory().numTensors;
    expect(() => preprocess(picture, { height: 1, width: 1 })).toThrow(message);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("refuses a tensor without pixels", () => {
    const picture = tf.zeros<tf.Rank.R3>([0, 2, 3]);
    expect(() => preprocess(picture, { height: 1, width: 1 })).toThrow("the picture has no pixels");
    picture.dispose();
  });

  it.each([
    [
      { height: 1e9, width: 1 },
      "height is a whole number of pixels from 1 to 16384, not 1000000000",
    ],
    [{ height: 1, width: 0 }, "width is a whole number of pixels"],
    [{ height: 1, width: 1, resize: 1e9 }, "resize is a whole number of pixels"],
    [{ height: 1, width: 1, resize: Number.NaN }, "resize is a whole number of pixels"],
    [{ height: 1, width: 1, resize: 10_000 }, "resize=10000 makes this picture 20000x10000"],
  ])("names the size that is impossible, and leaves no tensor: %j", (spec, message) => {
    const before = tf.memory().numTensors;
    const picture = { width: 1, height: 2, data: new Uint8Array(8) };
    expect(() => preprocess(picture, spec)).toThrow(message);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("maps 0..255 to a range", () => {
    const spec: PreprocessSpec = { height: 1, width: 3, range: [-1, 1] };
    expect(reds([[0, 127.5, 255]], spec)).toEqual([[-1, 0, 1]]);
    expect(reds([[0, 51, 255]], { ...spec, range: [0, 1] })).toEqual([[0, closeTo(0.2), 1]]);
  });

  it("takes mean and std off after the range, by channel or for all", () => {
    const spec: PreprocessSpec = {
      height: 1,
      width: 1,
      range: [0, 1],
      mean: [0.5, 0.25, 0],
      std: [0.5, 0.25, 2],
    };
    expect(channels([[[255, 255, 255]]], spec)).toEqual([[[1, 3, 0.5]]]);
    expect(channels([[[255, 0, 255]]], { ...spec, mean: 0.5, std: 0.25 })).toEqual([[[2, -2, 2]]]);
  });

  it("resizes bilinearly with pixel centres at half", () => {
    // Output pixel i reads input position (i + 0.5) * 2 / 4 - 0.5: -0.25, 0.25, 0.75, 1.25, cut to 0..1.
    expect(reds([[0, 100]], { height: 1, width: 4 })).toEqual([[0, 25, 75, 100]]);
    // 4 to 2: positions 0.5 and 2.5.
    expect(reds([[0, 10, 20, 40]], { height: 1, width: 2 })).toEqual([[5, 30]]);
  });

  it("crops around the middle as tf.image.central_crop does", () => {
    // 4 columns times 0.5: one is taken off each side. 5 rows times 0.5: trunc(1.25) = 1 off each side, 3 are left.
    const rows = [0, 1, 2, 3, 4].map((row) => [0, 1, 2, 3].map((column) => 10 * row + column));
    const expected = [
      [11, 12],
      [21, 22],
      [31, 32],
    ];
    expect(reds(rows, { height: 3, width: 2, crop: 0.5 })).toEqual(expected);
  });

  it("resizes the shorter side and cuts out the middle", () => {
    // 2x4 with the shorter side kept at 2: the middle 2x2 of a 2x4 picture.
    const wide = [
      [0, 1, 2, 3],
      [10, 11, 12, 13],
    ];
    expect(reds(wide, { height: 2, width: 2, resize: 2 })).toEqual([
      [1, 2],
      [11, 12],
    ]);
    const tall = [
      [0, 1],
      [10, 11],
      [20, 21],
      [30, 31],
    ];
    expect(reds(tall, { height: 2, width: 2, resize: 2 })).toEqual([
      [10, 11],
      [20, 21],
    ]);
  });

  it("standardizes last: mean 0 and deviation 1 over the whole picture", () => {
    // Values -1, 1 after the range; times three channels: mean 0, deviation 1.
    const spec: PreprocessSpec = { height: 1, width: 2, range: [-1, 1], standardize: true };
    expect(reds([[0, 255]], spec)).toEqual([[-1, 1]]);
    // 10 and 30: mean 20, deviation 10.
    expect(reds([[10, 30]], { height: 1, width: 2, standardize: true })).toEqual([[-1, 1]]);
  });

  it("divides by 1/sqrt(N) at least, so that a plain picture gives zeros", () => {
    expect(reds([[77, 77]], { height: 1, width: 2, standardize: true })).toEqual([[0, 0]]);
  });

  it("crops before it resizes", () => {
    // Middle columns 10 and 20 of four, then 2 to 4 columns: 10, 12.5, 17.5, 20.
    expect(
      reds(
        [
          [90, 10, 20, 90],
          [90, 10, 20, 90],
          [90, 10, 20, 90],
          [90, 10, 20, 90],
        ],
        { height: 2, width: 4, crop: 0.5 },
      ),
    ).toEqual([
      [10, 12.5, 17.5, 20],
      [10, 12.5, 17.5, 20],
    ]);
  });

  it("reads RGBA bytes, a Buffer's view among them, without alpha", () => {
    const pool = Buffer.from([9, 9, 9, 9, 1, 2, 3, 255, 4, 5, 6, 0]);
    const picture: RgbaPicture = { data: pool.subarray(4), width: 2, height: 1 };
    const result = preprocess(picture, { height: 1, width: 2 });
    expect(result.arraySync()).toEqual([
      [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ],
    ]);
    result.dispose();
  });

  it("leaves the caller's tensor alone and keeps none of its own", () => {
    const picture = tf.zeros<tf.Rank.R3>([5, 4, 3], "int32");
    const { numTensors } = tf.memory();
    const result = preprocess(picture, {
      height: 3,
      width: 3,
      crop: 0.9,
      range: [-1, 1],
      mean: [0, 0, 0],
      standardize: true,
    });
    expect(tf.memory().numTensors).toBe(numTensors + 1);
    expect(picture.isDisposed).toBe(false);
    expect(result.dtype).toBe("float32");
    tf.dispose([picture, result]);
  });

  it.each<[string, PreprocessSpec, tf.Tensor3D | RgbaPicture]>([
    [
      "crop is a fraction above 0 and at most 1, not 1.5",
      { height: 1, width: 1, crop: 1.5 },
      tf.zeros<tf.Rank.R3>([2, 2, 3]),
    ],
    [
      "resize=3 is too small to crop 4x4; it must be at least 4",
      { height: 4, width: 4, resize: 3 },
      tf.zeros<tf.Rank.R3>([2, 2, 3]),
    ],
    ["this tensor has [2, 2, 4]", { height: 1, width: 1 }, tf.zeros<tf.Rank.R3>([2, 2, 4])],
    [
      "2x2 pixels of RGBA are 16 bytes, data has 12",
      { height: 1, width: 1 },
      { data: new Uint8Array(12), width: 2, height: 2 },
    ],
  ])("says what cannot be: %s", (message, spec, picture) => {
    expect(() => preprocess(picture, spec)).toThrow(message);
  });
});

/** The picture's pixels after preprocessing. */
function channels(
  pixels: readonly (readonly (readonly number[])[])[],
  spec: PreprocessSpec,
): number[][][] {
  return tf.tidy(() => {
    const shape: [number, number, number] = [pixels.length, pixels[0]?.length ?? 0, 3];
    const [only] = preprocess(tf.tensor3d(pixels.flat(2), shape), spec).arraySync();
    return only ?? [];
  });
}

/** The red channel of a grey picture after preprocessing. */
function reds(values: readonly (readonly number[])[], spec: PreprocessSpec): unknown[][] {
  const pixels = values.map((row) => row.map((value) => [value, value, value]));
  return channels(pixels, spec).map((row) => row.map(([red]) => closeTo(red ?? Number.NaN)));
}

function closeTo(value: number): unknown {
  return Math.round(value * 1e5) / 1e5 + 0;
}
