/**
 * Turns a decoded picture into a network's input tensor, as the network's `preprocess` declares; decodes no file
 * formats.
 */
import * as tf from "@tensorflow/tfjs";

/** A decoded picture: four bytes a pixel (red, green, blue, alpha), rows from the top. Alpha is not used. */
export interface RgbaPicture {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** What `preprocess(...)` of a network declares, with the height and width of its input. */
export interface PreprocessSpec {
  /** Height of the result, in pixels. */
  readonly height: number;
  /** Width of the result, in pixels. */
  readonly width: number;
  /** 0 and 255 are mapped to these two numbers, values between them linearly; [0, 255] where it is left out. */
  readonly range?: readonly [number, number];
  /** Subtracted after `range`: one number, or one for each of red, green and blue; 0 where it is left out. */
  readonly mean?: number | readonly [number, number, number];
  /** Divides what is left after `mean`; 1 where it is left out. */
  readonly std?: number | readonly [number, number, number];
  /** Fraction of the height and of the width that is kept around the middle, above 0 and at most 1. */
  readonly crop?: number;
  /** Pixels of the shorter side to resize to before the middle is cut out; at least `height` and `width`. */
  readonly resize?: number;
  /** Whether to end with (x - mean(x)) / max(std(x), 1 / sqrt(N)) over the N numbers of the picture. */
  readonly standardize?: boolean;
}

/**
 * Prepares one picture: `crop`, `resize`, resizing to height x width, `range`, `mean`, `std`, `standardize`, in this order.
 *
 * Resizing is bilinear with pixel centres at half (the rule of TensorFlow 2, PyTorch and OpenCV) and without a low-pass
 * filter. The crop keeps the rows that `tf.image.central_crop` keeps. `standardize` is `tf.image.per_image_standardization`.
 *
 * @param picture H x W x 3 tensor of values 0..255 in any dtype, or RGBA bytes. A tensor is left to its owner.
 * @returns a batch of one, 1 x height x width x 3, float32; the caller disposes it
 * @throws Error where the picture has no three channels, its bytes do not fit its size, or the spec cannot be met
 */
export function preprocess(picture: tf.Tensor3D | RgbaPicture, spec: PreprocessSpec): tf.Tensor4D {
  requireSize("height", spec.height);
  requireSize("width", spec.width);
  if (spec.resize !== undefined) requireSize("resize", spec.resize);
  return tf.tidy(() => {
    let x = batchOf(picture);
    if (spec.crop !== undefined) x = centralCrop(x, spec.crop);
    x =
      spec.resize === undefined
        ? resizeBilinear(x, spec.height, spec.width)
        : resizeAndCut(x, spec.resize, spec.height, spec.width);
    const [low, high] = spec.range ?? [0, 255];
    if (low !== 0 || high !== 255) x = x.mul((high - low) / 255).add(low);
    if (spec.mean !== undefined) x = x.sub(channelwise(spec.mean));
    if (spec.std !== undefined) x = x.div(channelwise(spec.std));
    return spec.standardize === true ? standardize(x) : x;
  });
}

/** More than any picture has on a side, and little enough for its numbers to fit into memory. */
const MAX_SIDE = 16_384;

function requireSize(name: string, size: number): void {
  if (Number.isInteger(size) && size >= 1 && size <= MAX_SIDE) return;
  throw new RangeError(
    `preprocess: ${name} is a whole number of pixels from 1 to ${MAX_SIDE}, not ${size}`,
  );
}

function batchOf(picture: tf.Tensor3D | RgbaPicture): tf.Tensor4D {
  if (picture instanceof tf.Tensor) {
    if (picture.rank !== 3 || picture.shape[2] !== 3) {
      throw new Error(
        `preprocess: a picture has shape [height, width, 3], this tensor has [${picture.shape.join(", ")}]`,
      );
    }
    if (picture.size === 0) {
      throw new Error(
        `preprocess: the picture has no pixels, its shape is [${picture.shape.join(", ")}]`,
      );
    }
    return picture.toFloat().expandDims<tf.Tensor4D>(0);
  }
  const { data, width, height } = picture;
  if (!(Number.isInteger(width) && width >= 1 && Number.isInteger(height) && height >= 1)) {
    throw new Error(`preprocess: a picture of ${width}x${height} pixels has no pixels`);
  }
  if (data.length !== width * height * 4) {
    throw new Error(
      `preprocess: ${width}x${height} pixels of RGBA are ${width * height * 4} bytes, data has ${data.length}`,
    );
  }
  // A copy of its own class: a Node Buffer over a shared pool is not what tf.browser.fromPixels expects.
  const pixels = { data: new Uint8Array(data), width, height };
  return tf.browser.fromPixels(pixels, 3).toFloat().expandDims<tf.Tensor4D>(0);
}

function centralCrop(x: tf.Tensor4D, fraction: number): tf.Tensor4D {
  if (!(fraction > 0 && fraction <= 1)) {
    throw new Error(`preprocess: crop is a fraction above 0 and at most 1, not ${fraction}`);
  }
  const [, height, width] = x.shape;
  const top = Math.trunc((height - height * fraction) / 2);
  const left = Math.trunc((width - width * fraction) / 2);
  return x.slice([0, top, left, 0], [1, height - 2 * top, width - 2 * left, 3]);
}

function resizeAndCut(x: tf.Tensor4D, shorter: number, height: number, width: number): tf.Tensor4D {
  if (shorter < Math.max(height, width)) {
    throw new Error(
      `preprocess: resize=${shorter} is too small to crop ${height}x${width}; it must be at least ${Math.max(height, width)}`,
    );
  }
  const [, oldHeight, oldWidth] = x.shape;
  const scale = shorter / Math.min(oldHeight, oldWidth);
  const newHeight = oldHeight <= oldWidth ? shorter : Math.floor(oldHeight * scale);
  const newWidth = oldWidth <= oldHeight ? shorter : Math.floor(oldWidth * scale);
  if (Math.max(newHeight, newWidth) > MAX_SIDE) {
    throw new RangeError(
      `preprocess: resize=${shorter} makes this picture ${newHeight}x${newWidth}; at most ${MAX_SIDE} pixels are possible`,
    );
  }
  const top = Math.round((newHeight - height) / 2);
  const left = Math.round((newWidth - width) / 2);
  return resizeBilinear(x, newHeight, newWidth).slice([0, top, left, 0], [1, height, width, 3]);
}

function resizeBilinear(x: tf.Tensor4D, height: number, width: number): tf.Tensor4D {
  const [, oldHeight, oldWidth] = x.shape;
  if (oldHeight === height && oldWidth === width) return x;
  return tf.image.resizeBilinear(x, [height, width], false, true);
}

function channelwise(value: number | readonly [number, number, number]): tf.Tensor {
  return typeof value === "number" ? tf.scalar(value) : tf.tensor1d([...value]);
}

function standardize(x: tf.Tensor4D): tf.Tensor4D {
  const { mean, variance } = tf.moments(x);
  return x.sub(mean).div(tf.maximum(variance.sqrt(), 1 / Math.sqrt(x.size)));
}
