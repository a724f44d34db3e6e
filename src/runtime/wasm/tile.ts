/** A fast `tile` for the wasm backend where whole blocks repeat, as in the gradient of batch normalisation. */
import * as tf from "@tensorflow/tfjs";
import { makeFloats, readFloats, type WasmKernel } from "./wasm-kernel.ts";

/** A `tile` that copies whole blocks where it can, and leaves every other case to `stock`. */
export function createTile(stock: tf.KernelConfig): WasmKernel<"x", tf.TileAttrs> {
  return {
    name: tf.Tile,
    run: ({ inputs: { x }, attributes: { reps }, backend }) => {
      if (x.dtype !== "float32" || !repeatsWhole(x.shape, reps)) {
        const output = stock.kernelFunc({ inputs: { x }, attrs: { reps }, backend });
        if (Array.isArray(output)) throw new Error("kernel Tile has more than one output");
        return output;
      }
      const values = readFloats(backend, x);
      const repeated = new Float32Array(values.length * tf.util.sizeFromShape(reps));
      repeated.set(values);
      for (let done = values.length; done < repeated.length && done > 0; done *= 2) {
        repeated.copyWithin(done, 0, Math.min(done, repeated.length - done));
      }
      const shape = x.shape.map((size, axis) => size * (reps[axis] ?? 1));
      return makeFloats(backend, shape, repeated);
    },
  };
}

/** Whether all axes before the last repeated one have size 1, so that the result is the tensor over and over. */
function repeatsWhole(shape: readonly number[], reps: readonly number[]): boolean {
  const last = reps.findLastIndex((count) => count !== 1);
  return shape.slice(0, Math.max(0, last)).every((size) => size === 1);
}
