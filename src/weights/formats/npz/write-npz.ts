/** Writes archives of numpy arrays as `numpy.savez` does: uncompressed, in C order. */
import { encodeValues, type WrittenType } from "../../stored-type.ts";
import type { TensorToWrite } from "../../tensor-to-write.ts";
import { writeZip } from "../../zip/write-zip.ts";
import { writeNpyHeader } from "./npy-header.ts";

/** The bytes of a file with these tensors in their order, all of one type. The format has no metadata. */
export function writeNpz(
  tensors: readonly TensorToWrite[],
  type: WrittenType = "float32",
): AsyncGenerator<Uint8Array, undefined> {
  return writeZip(
    tensors.map((tensor) => ({
      name: `${tensor.name}.npy`,
      async *read() {
        yield writeNpyHeader(type, tensor.shape);
        for await (const values of tensor.read()) yield encodeValues(type, values);
      },
    })),
  );
}
