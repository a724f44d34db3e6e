/**
 * Replaces the gradients of max and average pooling on the wasm backend, both of which are wrong in tfjs.
 *
 * The stock one of max pooling is wrong where a window's maximum is negative, that of average pooling in windows that
 * reach over the edge, whose mean leaves padding out. Shapes: x is [B, H, W, C], dy [B, OH, OW, C].
 */
import * as tf from "@tensorflow/tfjs";
import {
  convolveWithMargins,
  isDense,
  marginsOfInputGradient,
  spreadPositions,
} from "./convolve-with-margins.ts";
import { fourDimensions } from "./four-dimensions.ts";
import { composeKernels, makeFloats, readFloats, type WasmKernel } from "./wasm-kernel.ts";

/** dL/dx of max pooling: dy goes to the first largest value of its window. */
export const maxPoolGrad: WasmKernel<"dy" | "input" | "output", tf.MaxPoolGradAttrs> = {
  name: tf.MaxPoolGrad,
  run: ({ inputs: { dy, input }, attributes, backend }) => {
    const info = poolingOf(input.shape, attributes);
    const { inChannels: channels, inWidth } = info;
    const xs = readFloats(backend, input);
    const dys = readFloats(backend, dy);
    const dx = new Float32Array(xs.length);
    const largestAt = new Int32Array(channels);
    forEachWindow(info, ({ first, rows, columns }, output) => {
      for (let channel = 0; channel < channels; channel++) {
        largestAt[channel] = first * channels + channel;
      }
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          keepLarger(largestAt, xs, (first + row * inWidth + column) * channels);
        }
      }
      giveBack(dx, largestAt, dys, output * channels);
    });
    return makeFloats(backend, input.shape, dx);
  },
};

/** Puts the places of the values from `start` on into `largestAt` where they are larger than what it points to. */
function keepLarger(largestAt: Int32Array, xs: Float32Array, start: number): void {
  for (let channel = 0; channel < largestAt.length; channel++) {
    const at = start + channel;
    const isLarger = (xs[at] ?? 0) > (xs[largestAt[channel] ?? 0] ?? 0);
    if (isLarger) largestAt[channel] = at;
  }
}

/** Adds the values from `start` on to the places in `largestAt`. */
function giveBack(dx: Float32Array, largestAt: Int32Array, dys: Float32Array, start: number): void {
  for (let channel = 0; channel < largestAt.length; channel++) {
    const at = largestAt[channel] ?? 0;
    dx[at] = (dx[at] ?? 0) + (dys[start + channel] ?? 0);
  }
}

/** dL/dx of average pooling: dy is shared equally among the positions of its window that lie inside the map. */
export const avgPoolGrad: WasmKernel<"dy" | "input", tf.AvgPoolGradAttrs> = {
  name: tf.AvgPoolGrad,
  run: ({ inputs: { dy, input }, attributes, backend }) => {
    const info = poolingOf(input.shape, attributes);
    const shares = new Float32Array(info.outHeight * info.outWidth);
    forEachWindow({ ...info, batchSize: 1 }, ({ rows, columns }, output) => {
      shares[output] = 1 / (rows * columns);
    });
    const window = [info.filterHeight, info.filterWidth, info.inChannels, 1];
    const ones = new Float32Array(tf.util.sizeFromShape(window)).fill(1);
    return composeKernels(backend, (run, own) => {
      const share = own(makeFloats(backend, [1, info.outHeight, info.outWidth, 1], shares));
      const shared = run(tf.Multiply, { a: dy, b: share }, {});
      const spread = isDense(info) ? shared : own(spreadPositions(backend, shared, info));
      return convolveWithMargins(run, {
        kind: tf.DepthwiseConv2dNative,
        x: spread,
        filter: own(makeFloats(backend, window, ones)),
        margins: marginsOfInputGradient(info, spread),
        dilations: [1, 1],
      });
    });
  },
};

function poolingOf(
  inputShape: readonly number[],
  { filterSize, strides, pad, dimRoundingMode }: tf.MaxPoolGradAttrs,
): tf.backend_util.Conv2DInfo {
  const shape = fourDimensions(inputShape);
  return tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
}

/** The part of a pooling window that lies inside the map. */
interface Window {
  /** Position of its first row and column, counted over the whole batch. */
  readonly first: number;
  readonly rows: number;
  readonly columns: number;
}

/** Visits every window that holds at least one position, with its output position. */
function forEachWindow(
  info: tf.backend_util.Conv2DInfo,
  visit: (window: Window, outputPosition: number) => void,
): void {
  const { batchSize, inHeight, inWidth, outHeight, outWidth, filterHeight, filterWidth } = info;
  for (let b = 0; b < batchSize; b++) {
    for (let outY = 0; outY < outHeight; outY++) {
      const y = outY * info.strideHeight - info.padInfo.top;
      const top = Math.max(0, y);
      const rows = Math.min(inHeight, y + filterHeight) - top;
      for (let outX = 0; outX < outWidth; outX++) {
        const x = outX * info.strideWidth - info.padInfo.left;
        const left = Math.max(0, x);
        const columns = Math.min(inWidth, x + filterWidth) - left;
        if (rows <= 0 || columns <= 0) continue;
        const first = (b * inHeight + top) * inWidth + left;
        visit({ first, rows, columns }, (b * outHeight + outY) * outWidth + outX);
      }
    }
  }
}
