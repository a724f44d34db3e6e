/** Reads a range of a file in chunks. */
import type { ByteSource } from "./byte-source.ts";

const CHUNK_BYTES = 4 * 1024 * 1024;

export async function* readChunks(
  source: ByteSource,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array, undefined> {
  for (let from = start; from < end; from += CHUNK_BYTES) {
    yield await source.read(from, Math.min(end, from + CHUNK_BYTES));
  }
}
