/** Sums slices by segment number on the wasm backend; the gradient of `gather` needs it. */
import * as tf from "@tensorflow/tfjs";
import { makeFloats, readFloats, type WasmKernel } from "./wasm-kernel.ts";

/** x is [N, ...], one segment number for each of the N; the result is [numSegments, ...]. Numbers out of range are left out. */
export const unsortedSegmentSum: WasmKernel<"x" | "segmentIds", tf.UnsortedSegmentSumAttrs> = {
  name: tf.UnsortedSegmentSum,
  run: ({ inputs: { x, segmentIds }, attributes: { numSegments }, backend }) => {
    const [count = 0, ...sliceShape] = x.shape;
    const sliceSize = tf.util.sizeFromShape(sliceShape);
    const xs = readFloats(backend, x);
    const segments = backend.readSync(segmentIds.dataId);
    const sums = new Float64Array(numSegments * sliceSize);
    for (let n = 0; n < count; n++) {
      const segment = Number(segments[n]);
      if (segment < 0 || segment >= numSegments) continue;
      for (let at = 0; at < sliceSize; at++) {
        const to = segment * sliceSize + at;
        sums[to] = (sums[to] ?? 0) + (xs[n * sliceSize + at] ?? 0);
      }
    }
    return makeFloats(backend, [numSegments, ...sliceShape], Float32Array.from(sums));
  },
};
