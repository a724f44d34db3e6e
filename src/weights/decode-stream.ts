/** Decodes the values of a tensor whose bytes come in chunks of any length. */
import { PIECE_VALUES } from "./checkpoint.ts";
import { decodeValues, elementBytes, type StoredType, swapByteOrder } from "./stored-type.ts";

/** How the values of a tensor lie in bytes. */
export interface Encoding {
  readonly type: StoredType;
  readonly isBigEndian: boolean;
}

/** Values in the order of the bytes, in pieces of at most {@link PIECE_VALUES}; a rest shorter than a value is left out. */
export async function* decodeStream(
  { type, isBigEndian }: Encoding,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Float32Array, undefined> {
  const size = elementBytes(type);
  const step = PIECE_VALUES * size;
  const decode = (bytes: Uint8Array) =>
    decodeValues(type, isBigEndian ? swapByteOrder(bytes, size) : bytes);
  let rest = new Uint8Array();
  for await (const chunk of chunks) {
    let at = 0;
    if (rest.length > 0) {
      at = Math.min(size - rest.length, chunk.length);
      rest = Uint8Array.from([...rest, ...chunk.subarray(0, at)]);
      if (rest.length < size) continue;
      yield decode(rest);
    }
    const end = chunk.length - ((chunk.length - at) % size);
    for (; at < end; at += step) yield decode(chunk.subarray(at, Math.min(at + step, end)));
    rest = chunk.slice(end);
  }
}
