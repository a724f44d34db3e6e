/** Makes tensors that can be read of those that a pickle describes, where their storages lie in a file. */
import type { ByteSource } from "../../byte-source.ts";
import { PIECE_VALUES, type StoredTensor, valueCount } from "../../checkpoint.ts";
import { CheckpointError } from "../../checkpoint-error.ts";
import { decodeStream } from "../../decode-stream.ts";
import { readChunks } from "../../read-chunks.ts";
import { elementBytes } from "../../stored-type.ts";
import { gather, isRowMajor, spanOf } from "./strided.ts";
import type { TorchTensor } from "./torch-values.ts";

/** Where the bytes of a storage lie. */
export interface StoragePlace {
  readonly start: number;
  readonly end: number;
}

export function storedTensor(
  source: ByteSource,
  name: string,
  tensor: TorchTensor,
  storage: StoragePlace | undefined,
  isBigEndian: boolean,
): StoredTensor {
  const { type, shape, storage: described } = tensor;
  const place = { file: source.name, tensor: name };
  const size = elementBytes(type);
  if (storage === undefined) {
    throw new CheckpointError(
      place,
      `lies in the storage ${JSON.stringify(described.key)}, which the file lacks`,
    );
  }
  const bytes = [storage.start, storage.end] as const;
  const needed = described.length * (described.type === undefined ? 1 : size);
  if (needed > storage.end - storage.start) {
    throw new CheckpointError(
      { ...place, bytes },
      `are ${storage.end - storage.start}, and its storage takes ${needed}`,
      "the file is cut off or damaged: fetch it again",
    );
  }
  const span = spanOf(tensor);
  const start = storage.start + tensor.offset * size;
  const end = start + span * size;
  // Not at most the file's: what lies behind a storage belongs to others.
  if (!(end <= storage.start + needed)) {
    throw new CheckpointError(
      { ...place, bytes: [start, end] },
      `are not in its storage, which has bytes ${bytes[0]} to ${bytes[1]}`,
    );
  }
  const count = valueCount(shape);
  if (count > span && count > PIECE_VALUES) {
    throw new CheckpointError(
      { ...place, bytes: [start, end] },
      `are ${span} values, which its shape repeats to ${count}`,
      "save a copy of it in Python: tensor.contiguous()",
    );
  }
  const encoding = { type, isBigEndian };
  const read = () => decodeStream(encoding, readChunks(source, start, end));
  if (!isRowMajor(tensor)) return { name, shape, type, read: () => gatherFrom(tensor, span, read) };
  return { name, shape, type, place: { file: source.name, start, end }, read };
}

/** Holds all that a tensor reaches, which is at most its storage. */
async function* gatherFrom(
  tensor: TorchTensor,
  span: number,
  read: () => AsyncIterable<Float32Array>,
): AsyncGenerator<Float32Array, undefined> {
  const stored = new Float32Array(span);
  let filled = 0;
  for await (const piece of read()) {
    stored.set(piece, filled);
    filled += piece.length;
  }
  yield* gather(tensor, stored);
}
