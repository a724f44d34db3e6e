/** Reads archives of numpy arrays as `numpy.savez` and `savez_compressed` write them. */
import type { ByteSource } from "../../byte-source.ts";
import { type Checkpoint, type StoredTensor, valueCount } from "../../checkpoint.ts";
import { CheckpointError } from "../../checkpoint-error.ts";
import { decodeStream } from "../../decode-stream.ts";
import { elementBytes } from "../../stored-type.ts";
import type { ZippedFile } from "../../zip/read-zip.ts";
import { fromFortranOrder } from "./fortran-order.ts";
import { NPY_START_BYTES, type NpyHeader, npyTextRange, parseNpyHeader } from "./npy-header.ts";

const SUFFIX = ".npy";

/** Whether an archive is one of arrays. */
export function isNpz(files: readonly ZippedFile[]): boolean {
  return files.every(({ name }) => name.endsWith(SUFFIX));
}

export async function readNpz(
  source: ByteSource,
  files: readonly ZippedFile[],
): Promise<Checkpoint> {
  const tensors: StoredTensor[] = [];
  for (const file of files) tensors.push(await readArray(source, file));
  return { format: "npz", name: source.name, tensors, metadata: {} };
}

async function readArray(source: ByteSource, file: ZippedFile): Promise<StoredTensor> {
  const name = file.name.slice(0, -SUFFIX.length);
  const place = { file: source.name, tensor: name, bytes: [file.start, file.end] } as const;
  const { header, dataStart } = await readHeader(source, file, name);
  const { type, shape, isFortranOrder } = header;
  const bytes = valueCount(shape) * elementBytes(type);
  if (dataStart + bytes !== file.size) {
    throw new CheckpointError(
      place,
      `are ${file.size - dataStart} bytes of values, and its shape takes ${bytes}`,
    );
  }
  const read = () => decodeStream(header, skip(file.read(name), dataStart));
  return {
    name,
    shape,
    type,
    ...(file.isCompressed
      ? {}
      : { place: { file: source.name, start: file.start + dataStart, end: file.end } }),
    read: isFortranOrder ? () => fromFortranOrder(shape, read) : read,
  };
}

async function readHeader(
  source: ByteSource,
  file: ZippedFile,
  tensor: string,
): Promise<{ header: NpyHeader; dataStart: number }> {
  const refuse = (reason: string) =>
    new CheckpointError({ file: source.name, tensor, bytes: [file.start, file.end] }, reason);
  const range = npyTextRange(await readStart(source, file, tensor, NPY_START_BYTES));
  if ("refusal" in range) throw refuse(range.refusal);
  const start = await readStart(source, file, tensor, range.to);
  if (start.length < range.to) throw refuse("is cut off in its header");
  const header = parseNpyHeader(new TextDecoder().decode(start.subarray(range.from)));
  if ("refusal" in header) throw refuse(header.refusal);
  return { header, dataStart: range.to };
}

/** The first bytes of a file in the archive; fewer where it has not as many. */
async function readStart(
  source: ByteSource,
  file: ZippedFile,
  tensor: string,
  length: number,
): Promise<Uint8Array> {
  if (!file.isCompressed) return source.read(file.start, Math.min(file.start + length, file.end));
  const start = new Uint8Array(length);
  let filled = 0;
  for await (const chunk of file.read(tensor)) {
    const part = chunk.subarray(0, length - filled);
    start.set(part, filled);
    filled += part.length;
    if (filled === length) break;
  }
  return start.subarray(0, filled);
}

async function* skip(
  chunks: AsyncIterable<Uint8Array>,
  count: number,
): AsyncGenerator<Uint8Array, undefined> {
  let left = count;
  for await (const chunk of chunks) {
    const skipped = Math.min(left, chunk.length);
    left -= skipped;
    if (skipped < chunk.length) yield chunk.subarray(skipped);
  }
}
