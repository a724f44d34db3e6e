/**
 * Owns the two gradients of `depthwiseConv2d` on the wasm backend.
 * Shapes: x is [B, H, W, C], the filter [KH, KW, C, M], dy [B, OH, OW, C*M].
 */
import * as tf from "@tensorflow/tfjs";
import { fourDimensions } from "./four-dimensions.ts";
import { makeFloats, readFloats, type WasmKernel } from "./wasm-kernel.ts";

/** dL/dfilter: for each tap the sum over the output positions of the input it reads times dy. */
export const depthwiseConv2dBackpropFilter: WasmKernel<
  "x" | "dy",
  tf.DepthwiseConv2dNativeBackpropFilterAttrs
> = {
  name: tf.DepthwiseConv2dNativeBackpropFilter,
  run: ({ inputs: { x, dy }, attributes, backend }) => {
    const info = convolutionOf(x.shape, attributes.filterShape, attributes);
    const { inChannels, outChannels } = info;
    const multiplier = outChannels / inChannels;
    const xs = readFloats(backend, x);
    const dys = readFloats(backend, dy);
    // Sums over a whole batch of pictures: kept in double precision until they are done.
    const sums = new Float64Array(info.filterHeight * info.filterWidth * outChannels);
    forEachTap(info, (tap, input, output) => {
      for (let channel = 0; channel < inChannels; channel++) {
        const value = xs[input * inChannels + channel] ?? 0;
        const first = channel * multiplier;
        for (let m = first; m < first + multiplier; m++) {
          const at = tap * outChannels + m;
          sums[at] = (sums[at] ?? 0) + value * (dys[output * outChannels + m] ?? 0);
        }
      }
    });
    return makeFloats(backend, info.filterShape, Float32Array.from(sums));
  },
};

/** dL/dx: every output position gives its dy times the filter back to the input positions it read. */
export const depthwiseConv2dBackpropInput: WasmKernel<
  "dy" | "filter",
  tf.DepthwiseConv2dNativeBackpropInputAttrs
> = {
  name: tf.DepthwiseConv2dNativeBackpropInput,
  run: ({ inputs: { dy, filter }, attributes, backend }) => {
    const info = convolutionOf(attributes.inputShape, filter.shape, attributes);
    const { inChannels, outChannels } = info;
    const multiplier = outChannels / inChannels;
    const dys = readFloats(backend, dy);
    const weights = readFloats(backend, filter);
    const dx = new Float32Array(tf.util.sizeFromShape(info.inShape));
    forEachTap(info, (tap, input, output) => {
      for (let channel = 0; channel < inChannels; channel++) {
        const first = channel * multiplier;
        let sum = 0;
        for (let m = first; m < first + multiplier; m++) {
          sum += (dys[output * outChannels + m] ?? 0) * (weights[tap * outChannels + m] ?? 0);
        }
        const at = input * inChannels + channel;
        dx[at] = (dx[at] ?? 0) + sum;
      }
    });
    return makeFloats(backend, info.inShape, dx);
  },
};

function convolutionOf(
  inputShape: readonly number[],
  filterShape: readonly number[],
  attributes: Omit<tf.DepthwiseConv2dNativeBackpropFilterAttrs, "filterShape">,
): tf.backend_util.Conv2DInfo {
  const { strides, dilations, pad, dimRoundingMode } = attributes;
  return tf.backend_util.computeConv2DInfo(
    fourDimensions(inputShape),
    fourDimensions(filterShape),
    strides,
    dilations,
    pad,
    dimRoundingMode,
    true,
  );
}

/** Visits every filter tap with every input position it reads and the output position it contributes to, padding aside. */
function forEachTap(
  info: tf.backend_util.Conv2DInfo,
  visit: (tap: number, inputPosition: number, outputPosition: number) => void,
): void {
  const { batchSize, inHeight, inWidth, outHeight, outWidth, filterHeight, filterWidth } = info;
  for (let b = 0; b < batchSize; b++) {
    for (let outY = 0; outY < outHeight; outY++) {
      for (let i = 0; i < filterHeight; i++) {
        const inY = outY * info.strideHeight + i * info.dilationHeight - info.padInfo.top;
        if (inY < 0 || inY >= inHeight) continue;
        for (let outX = 0; outX < outWidth; outX++) {
          const output = (b * outHeight + outY) * outWidth + outX;
          for (let j = 0; j < filterWidth; j++) {
            const inX = outX * info.strideWidth + j * info.dilationWidth - info.padInfo.left;
            if (inX < 0 || inX >= inWidth) continue;
            visit(i * filterWidth + j, (b * inHeight + inY) * inWidth + inX, output);
          }
        }
      }
    }
  }
}
