/**
 * Owns the gradients of max and average pooling on the wasm backend. Both stock ones are wrong: that of max pooling where a
 * window's maximum is negative, that of average pooling in windows that reach over the edge, whose mean leaves padding out.
 * Shapes: x is [B, H, W, C], dy [B, OH, OW, C].
 */
import * as tf from "@tensorflow/tfjs";
import { fourDimensions } from "./four-dimensions.ts";
import { makeFloats, readFloats, type WasmKernel } from "./wasm-kernel.ts";

/** dL/dx of max pooling: dy goes to the first largest value of its window. */
export const maxPoolGrad: WasmKernel<"dy" | "input" | "output", tf.MaxPoolGradAttrs> = {
  name: tf.MaxPoolGrad,
  run: ({ inputs: { dy, input }, attributes, backend }) => {
    const info = poolingOf(input.shape, attributes);
    const { inChannels: channels, inWidth } = info;
    const xs = readFloats(backend, input);
    const dys = readFloats(backend, dy);
    const dx = new Float32Array(xs.length);
    forEachWindow(info, ({ first, rows, columns }, output) => {
      for (let channel = 0; channel < channels; channel++) {
        let largestAt = first * channels + channel;
        let largest = xs[largestAt] ?? 0;
        for (let row = 0; row < rows; row++) {
          let at = (first + row * inWidth) * channels + channel;
          for (let column = 0; column < columns; column++) {
            const value = xs[at] ?? 0;
            if (value > largest) {
              largest = value;
              largestAt = at;
            }
            at += channels;
          }
        }
        dx[largestAt] = (dx[largestAt] ?? 0) + (dys[output * channels + channel] ?? 0);
      }
    });
    return makeFloats(backend, input.shape, dx);
  },
};

/** dL/dx of average pooling: dy is shared equally among the positions of its window that lie inside the map. */
export const avgPoolGrad: WasmKernel<"dy" | "input", tf.AvgPoolGradAttrs> = {
  name: tf.AvgPoolGrad,
  run: ({ inputs: { dy, input }, attributes, backend }) => {
    const info = poolingOf(input.shape, attributes);
    const { inChannels: channels, inWidth } = info;
    const dys = readFloats(backend, dy);
    const dx = new Float32Array(tf.util.sizeFromShape(input.shape));
    forEachWindow(info, ({ first, rows, columns }, output) => {
      const share = 1 / (rows * columns);
      for (let row = 0; row < rows; row++) {
        let at = (first + row * inWidth) * channels;
        for (let column = 0; column < columns; column++) {
          for (let channel = 0; channel < channels; channel++) {
            dx[at] = (dx[at] ?? 0) + (dys[output * channels + channel] ?? 0) * share;
            at++;
          }
        }
      }
    });
    return makeFloats(backend, input.shape, dx);
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
