/**
 * Stride-1 convolutions for the gradient kernels, with computed margins that may be negative and then crop the input.
 */
import * as tf from "@tensorflow/tfjs";
import { fourDimensions } from "./four-dimensions.ts";
import { makeFloats, type RunStockKernel, readFloats } from "./wasm-kernel.ts";

/** Rows and columns of zeros to add at each side; a negative number takes rows or columns of the tensor away. */
export interface Margins {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export interface Convolution {
  /** The stock kernel: each has the same attributes. */
  readonly kind: typeof tf.Conv2D | typeof tf.DepthwiseConv2dNative;
  readonly x: tf.TensorInfo;
  readonly filter: tf.TensorInfo;
  readonly margins: Margins;
  readonly dilations: [number, number];
}

/** A convolution of stride 1. */
export function convolveWithMargins(
  run: RunStockKernel,
  { kind, x, filter, margins, dilations }: Convolution,
): tf.TensorInfo {
  const { top, bottom, left, right } = margins;
  const pad = [
    [0, 0],
    [Math.max(0, top), Math.max(0, bottom)],
    [Math.max(0, left), Math.max(0, right)],
    [0, 0],
  ];
  return run(
    kind,
    { x: cutAway(run, x, margins), filter },
    { strides: [1, 1], dilations, dataFormat: "NHWC", pad },
  );
}

/** `x` without the rows and columns that negative margins name. */
function cutAway(run: RunStockKernel, x: tf.TensorInfo, margins: Margins): tf.TensorInfo {
  const top = Math.max(0, -margins.top);
  const bottom = Math.max(0, -margins.bottom);
  const left = Math.max(0, -margins.left);
  const right = Math.max(0, -margins.right);
  if (top + bottom + left + right === 0) return x;
  const [batch, height, width, channels] = fourDimensions(x.shape);
  const begin = [0, top, left, 0];
  const size = [batch, height - top - bottom, width - left - right, channels];
  return run(tf.Slice, { x }, { begin, size });
}

/**
 * The margins that turn the output gradient of a window operation, its positions moved one stride apart, into a map
 * from which the turned window gives back one value for each input position.
 */
export function marginsOfInputGradient(
  info: tf.backend_util.Conv2DInfo,
  spread: tf.TensorInfo,
): Margins {
  const [, height, width] = fourDimensions(spread.shape);
  const top = info.effectiveFilterHeight - 1 - info.padInfo.top;
  const left = info.effectiveFilterWidth - 1 - info.padInfo.left;
  return {
    top,
    bottom: info.inHeight + info.effectiveFilterHeight - 1 - top - height,
    left,
    right: info.inWidth + info.effectiveFilterWidth - 1 - left - width,
  };
}

/** Whether output positions are read at every input position. */
export function isDense({ strideHeight, strideWidth }: tf.backend_util.Conv2DInfo): boolean {
  return strideHeight === 1 && strideWidth === 1;
}

/** [B, H, W, C] with zeros between the positions, so that they lie one stride apart; a new tensor of the caller's. */
export function spreadPositions(
  backend: tf.KernelBackend,
  x: tf.TensorInfo,
  { strideHeight, strideWidth }: tf.backend_util.Conv2DInfo,
): tf.TensorInfo {
  const [batch, height, width, channels] = fourDimensions(x.shape);
  const spreadHeight = (height - 1) * strideHeight + 1;
  const spreadWidth = (width - 1) * strideWidth + 1;
  const values = readFloats(backend, x);
  const spread = new Float32Array(batch * spreadHeight * spreadWidth * channels);
  let from = 0;
  for (let b = 0; b < batch; b++) {
    for (let y = 0; y < height; y++) {
      let to = (b * spreadHeight + y * strideHeight) * spreadWidth * channels;
      for (let column = 0; column < width; column++) {
        spread.set(values.subarray(from, from + channels), to);
        from += channels;
        to += strideWidth * channels;
      }
    }
  }
  return makeFloats(backend, [batch, spreadHeight, spreadWidth, channels], spread);
}
