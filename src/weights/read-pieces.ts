/** Reads the values of a tensor that lies in one piece of a file, a bounded part at a time. */
import type { ByteSource } from "./byte-source.ts";
import { PIECE_VALUES } from "./checkpoint.ts";
import { decodeValues, elementBytes, type StoredType } from "./stored-type.ts";

/** `end - start` is a multiple of the type's size. */
export async function* readPieces(
  source: ByteSource,
  type: StoredType,
  start: number,
  end: number,
): AsyncGenerator<Float32Array, undefined> {
  const step = PIECE_VALUES * elementBytes(type);
  for (let from = start; from < end; from += step) {
    yield decodeValues(type, await source.read(from, Math.min(end, from + step)));
  }
}
