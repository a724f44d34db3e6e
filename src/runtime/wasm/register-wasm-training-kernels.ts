/** Registers the kernels that the wasm backend lacks or gets wrong, so that networks can be trained on it. */
import * as tf from "@tensorflow/tfjs";
import { conv2DBackpropFilter, conv2DBackpropInput } from "./conv2d-gradients.ts";
import {
  depthwiseConv2dBackpropFilter,
  depthwiseConv2dBackpropInput,
} from "./depthwise-conv2d-gradients.ts";
import { avgPoolGrad, maxPoolGrad } from "./pool-gradients.ts";
import { createTile } from "./tile.ts";
import { unsortedSegmentSum } from "./unsorted-segment-sum.ts";
import { registerWasmKernel } from "./wasm-kernel.ts";

/**
 * Gives the wasm backend of tfjs 4.22 the gradient kernels that it lacks (filters of convolutions, depthwise
 * convolutions, `gather`), right ones where its own are wrong (pooling) and fast ones where its own are slow (the input of
 * a convolution, the repetition that batch normalisation's gradient needs). Other backends are not touched.
 *
 * Import `@tensorflow/tfjs-backend-wasm` before. Calling it twice does no harm.
 *
 * @throws Error where the wasm backend has not been imported
 */
export function registerWasmTrainingKernels(): void {
  const stockTile: tf.KernelConfig | undefined = tf.getKernel(tf.Tile, "wasm");
  if (stockTile === undefined) {
    throw new Error(
      "registerWasmTrainingKernels: import @tensorflow/tfjs-backend-wasm before calling this",
    );
  }
  const isDone = tf.getKernel(tf.Conv2DBackpropFilter, "wasm") !== undefined;
  if (isDone) return;
  registerWasmKernel(conv2DBackpropFilter);
  registerWasmKernel(conv2DBackpropInput);
  registerWasmKernel(depthwiseConv2dBackpropFilter);
  registerWasmKernel(depthwiseConv2dBackpropInput);
  registerWasmKernel(maxPoolGrad);
  registerWasmKernel(avgPoolGrad);
  registerWasmKernel(unsortedSegmentSum);
  registerWasmKernel(createTile(stockTile));
}
