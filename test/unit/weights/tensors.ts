/** Tensors in memory, for the tests of readers and writers. */
import type { TensorToWrite } from "../../../src/weights/tensor-to-write.ts";

export function tensorOf(
  name: string,
  shape: readonly number[],
  values: Float32Array,
): TensorToWrite {
  return {
    name,
    shape,
    async *read() {
      yield values;
    },
  };
}

export async function collectBytes(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return new Uint8Array(Buffer.concat(all));
}
