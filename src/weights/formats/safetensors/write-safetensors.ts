/** Writes safetensors: a header in JSON padded to 8 bytes, then all tensors without gaps. */
import { storedBytes } from "../../checkpoint.ts";
import { encodeValues, type WrittenType } from "../../stored-type.ts";
import type { TensorToWrite } from "../../tensor-to-write.ts";

const TYPES: Readonly<Record<WrittenType, string>> = { float32: "F32", float16: "F16" };

/** Readers map a file into memory, where tensors should begin at multiples of this. */
const ALIGNMENT = 8;

/** The bytes of a file with these tensors in their order, all of one type. */
export async function* writeSafetensors(
  tensors: readonly TensorToWrite[],
  metadata: Readonly<Record<string, string>>,
  type: WrittenType = "float32",
): AsyncGenerator<Uint8Array, undefined> {
  yield* headerOf(tensors, metadata, type);
  for (const tensor of tensors) {
    for await (const values of tensor.read()) yield encodeValues(type, values);
  }
}

function headerOf(
  tensors: readonly TensorToWrite[],
  metadata: Readonly<Record<string, string>>,
  type: WrittenType,
): readonly [Uint8Array, Uint8Array] {
  const entries: [string, unknown][] = [];
  if (Object.keys(metadata).length > 0) entries.push(["__metadata__", metadata]);
  let end = 0;
  for (const { name, shape } of tensors) {
    const start = end;
    end += storedBytes({ shape, type });
    entries.push([name, { dtype: TYPES[type], shape, data_offsets: [start, end] }]);
  }
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const length = Math.ceil(text.length / ALIGNMENT) * ALIGNMENT;
  const header = new Uint8Array(length).fill(0x20);
  header.set(text);
  const lengthBytes = new Uint8Array(8);
  new DataView(lengthBytes.buffer).setBigUint64(0, BigInt(length), true);
  return [lengthBytes, header];
}
