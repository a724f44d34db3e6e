/**
 * Computes both gradients of `depthwiseConv2d` on the wasm backend.
 *
 * Shapes: x is [B, H, W, C], the filter [KH, KW, C, M], dy [B, OH, OW, C*M].
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

/** dL/dfilter: for each tap the sum over the output positions of the input it reads times dy. */
export const depthwiseConv2dBackpropFilter: WasmKernel<
  "x" | "dy",
  tf.DepthwiseConv2dNativeBackpropFilterAttrs
> = {
  name: tf.DepthwiseConv2dNativeBackpropFilter,
  run: ({ inputs: { x, dy }, attributes, backend }) => {
    const info = convolutionOf(x.shape, attributes.filterShape, attributes);
    const channels = info.outChannels;
    const xs = repeatEach(readFloats(backend, x), channels / info.inChannels);
    const dys = readFloats(backend, dy);
    // Sums over a whole batch of pictures: kept in double precision until they are done.
    const sums = new Float64Array(info.filterHeight * info.filterWidth * channels);
    forEachTap(info, (tap, input, output) => {
      addProducts(sums, tap * channels, xs, input * channels, dys, output * channels, channels);
    });
    return makeFloats(backend, info.filterShape, Float32Array.from(sums));
  },
};

/**
 * dL/dx: the depthwise convolution of dy, its positions moved one stride apart, with the filter turned by half a turn;
 * then the sum over the M outputs of each input channel.
 */
export const depthwiseConv2dBackpropInput: WasmKernel<
  "dy" | "filter",
  tf.DepthwiseConv2dNativeBackpropInputAttrs
> = {
  name: tf.DepthwiseConv2dNativeBackpropInput,
  run: ({ inputs: { dy, filter }, attributes, backend }) => {
    const info = convolutionOf(attributes.inputShape, filter.shape, attributes);
    const { filterHeight, filterWidth, inChannels, outChannels } = info;
    return composeKernels(backend, (run, own) => {
      const spread = isDense(info) ? dy : own(spreadPositions(backend, dy, info));
      const turned = run(tf.Reverse, { x: filter }, { dims: [0, 1] });
      const flat = [filterHeight, filterWidth, outChannels, 1];
      const gradient = convolveWithMargins(run, {
        kind: tf.DepthwiseConv2dNative,
        x: spread,
        filter: run(tf.Reshape, { x: turned }, { shape: flat }),
        margins: marginsOfInputGradient(info, spread),
        dilations: [info.dilationHeight, info.dilationWidth],
      });
      if (outChannels === inChannels) return gradient;
      const split = [...info.inShape, outChannels / inChannels];
      const byMultiplier = run(tf.Reshape, { x: gradient }, { shape: split });
      return run(tf.Sum, { x: byMultiplier }, { axis: 4, keepDims: false });
    });
  },
};

/** Each value `count` times in a row. */
function repeatEach(values: Float32Array, count: number): Float32Array {
  if (count === 1) return values;
  return Float32Array.from(
    { length: values.length * count },
    (_, at) => values[Math.floor(at / count)] ?? 0,
  );
}

/** sums[i] += a[i] * b[i] for `count` numbers, each array from its own start. */
function addProducts(
  sums: Float64Array,
  sumsStart: number,
  a: Float32Array,
  aStart: number,
  b: Float32Array,
  bStart: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const product = (a[aStart + i] ?? 0) * (b[bStart + i] ?? 0);
    sums[sumsStart + i] = (sums[sumsStart + i] ?? 0) + product;
  }
}

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
