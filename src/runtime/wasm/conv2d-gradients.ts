/**
 * Computes both gradients of `conv2d` on the wasm backend as forward convolutions, which that backend runs fast.
 *
 * Shapes: x is [B, H, W, C], the filter [KH, KW, C, F], dy [B, OH, OW, F].
 */
import * as tf from "@tensorflow/tfjs";
import {
  convolveWithMargins,
  isDense,
  marginsOfInputGradient,
  spreadPositions,
} from "./convolve-with-margins.ts";
import { fourDimensions } from "./four-dimensions.ts";
import { composeKernels, type RunStockKernel, type WasmKernel } from "./wasm-kernel.ts";

/**
 * dL/dfilter. With s the stride and p the padding before the first row and column,
 *
 *     dfilter[i, j, c, f] = sum over b, y, x of  x[b, y*s + i - p, x*s + j - p, c] * dy[b, y, x, f]
 *
 * which is the convolution of x as [C, H, W, B] with dy as a filter [OH, OW, B, F] whose positions lie s apart: dilation s.
 */
export const conv2DBackpropFilter: WasmKernel<"x" | "dy", tf.Conv2DBackpropFilterAttrs> = {
  name: tf.Conv2DBackpropFilter,
  run: ({ inputs: { x, dy }, attributes, backend }) => {
    const info = convolutionOf(x.shape, attributes.filterShape, attributes);
    return composeKernels(backend, (run) => {
      if (isPointwise(info)) return sumOfOuterProducts(run, x, dy, info);
      // The rows and columns that windows cover; what lies beyond them reaches no window.
      const rows = (info.outHeight - 1) * info.strideHeight + info.filterHeight;
      const columns = (info.outWidth - 1) * info.strideWidth + info.filterWidth;
      const { top, left } = info.padInfo;
      const gradient = convolveWithMargins(run, {
        kind: tf.Conv2D,
        x: run(tf.Transpose, { x }, { perm: [3, 1, 2, 0] }),
        filter: run(tf.Transpose, { x: dy }, { perm: [1, 2, 0, 3] }),
        margins: {
          top,
          bottom: rows - top - info.inHeight,
          left,
          right: columns - left - info.inWidth,
        },
        dilations: [info.strideHeight, info.strideWidth],
      });
      return run(tf.Transpose, { x: gradient }, { perm: [1, 2, 0, 3] });
    });
  },
};

/**
 * dL/dx: the convolution of dy, its positions moved one stride apart, with the filter turned by half a turn and its
 * channels swapped.
 */
export const conv2DBackpropInput: WasmKernel<"dy" | "filter", tf.Conv2DBackpropInputAttrs> = {
  name: tf.Conv2DBackpropInput,
  run: ({ inputs: { dy, filter }, attributes, backend }) => {
    const info = convolutionOf(attributes.inputShape, filter.shape, attributes);
    return composeKernels(backend, (run, own) => {
      const spread = isDense(info) ? dy : own(spreadPositions(backend, dy, info));
      const turned = run(tf.Reverse, { x: filter }, { dims: [0, 1] });
      return convolveWithMargins(run, {
        kind: tf.Conv2D,
        x: spread,
        filter: run(tf.Transpose, { x: turned }, { perm: [0, 1, 3, 2] }),
        margins: marginsOfInputGradient(info, spread),
        dilations: [1, 1],
      });
    });
  },
};

function convolutionOf(
  inputShape: readonly number[],
  filterShape: readonly number[],
  attributes: Omit<tf.Conv2DBackpropFilterAttrs, "filterShape">,
): tf.backend_util.Conv2DInfo {
  const { strides, pad, dimRoundingMode, dataFormat } = attributes;
  if (dataFormat !== "NHWC") throw new Error(`conv2d on wasm reads NHWC, not ${dataFormat}`);
  return tf.backend_util.computeConv2DInfo(
    fourDimensions(inputShape),
    fourDimensions(filterShape),
    strides,
    1,
    pad,
    dimRoundingMode,
  );
}

/** Whether every output position reads the input position of the same place and no other. */
function isPointwise(info: tf.backend_util.Conv2DInfo): boolean {
  return (
    info.filterHeight * info.filterWidth === 1 &&
    isDense(info) &&
    info.outHeight === info.inHeight &&
    info.outWidth === info.inWidth
  );
}

/** The filter gradient of a pointwise convolution: x as [C, B*H*W] times dy as [B*H*W, F]. */
function sumOfOuterProducts(
  run: RunStockKernel,
  x: tf.TensorInfo,
  dy: tf.TensorInfo,
  {
    batchSize,
    inHeight,
    inWidth,
    inChannels,
    outChannels,
    filterShape,
  }: tf.backend_util.Conv2DInfo,
): tf.TensorInfo {
  const positions = batchSize * inHeight * inWidth;
  const rows = run(tf.Reshape, { x }, { shape: [positions, inChannels] });
  const columns = run(tf.Transpose, { x: rows }, { perm: [1, 0] });
  // As a 1x1 convolution, since the backend's matrix product is no faster and its convolution is.
  const gradient = convolveWithMargins(run, {
    kind: tf.Conv2D,
    x: run(tf.Reshape, { x: columns }, { shape: [1, 1, inChannels, positions] }),
    filter: run(tf.Reshape, { x: dy }, { shape: [1, 1, positions, outChannels] }),
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
    dilations: [1, 1],
  });
  return run(tf.Reshape, { x: gradient }, { shape: filterShape });
}
