/** Owns moving the positions of a feature map apart, as the input gradient of a strided convolution needs it. */
import type * as tf from "@tensorflow/tfjs";
import { fourDimensions } from "./four-dimensions.ts";
import { makeFloats, readFloats } from "./wasm-kernel.ts";

/** [B, H, W, C] to [B, (H-1)*strideHeight + 1, (W-1)*strideWidth + 1, C], zero between the positions. */
export function spreadPositions(
  backend: tf.KernelBackend,
  x: tf.TensorInfo,
  strideHeight: number,
  strideWidth: number,
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
