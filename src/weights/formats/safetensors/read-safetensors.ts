/**
 * Reads safetensors: the length of a header in 8 bytes, the header in JSON, then all tensors without gaps.
 *
 * Source: the format's description in huggingface/safetensors, README, "Format".
 */
import type { ByteSource } from "../../byte-source.ts";
import { type Checkpoint, type StoredTensor, valueCount } from "../../checkpoint.ts";
import { CheckpointError } from "../../checkpoint-error.ts";
import { readPieces } from "../../read-pieces.ts";
import { elementBytes, type StoredType } from "../../stored-type.ts";

/** The limit of the format's own library. */
const MAX_HEADER_BYTES = 100_000_000;

const TYPES: Readonly<Record<string, StoredType>> = {
  F64: "float64",
  F32: "float32",
  F16: "float16",
  BF16: "bfloat16",
  I64: "int64",
  U64: "uint64",
  I32: "int32",
  U32: "uint32",
  I16: "int16",
  U16: "uint16",
  I8: "int8",
  U8: "uint8",
  BOOL: "bool",
};

/** Whether a file begins as safetensors does: a plausible length, then `{`. */
export function looksLikeSafetensors(start: Uint8Array, size: number): boolean {
  if (start.length < 9) return false;
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  return start[8] === 0x7b && view.getBigUint64(0, true) <= BigInt(size - 8);
}

export async function readSafetensors(source: ByteSource): Promise<Checkpoint> {
  const { header, dataStart } = await readHeader(source);
  const tensors: StoredTensor[] = [];
  let metadata: Readonly<Record<string, string>> = {};
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") metadata = readMetadata(source, entry);
    else tensors.push(readEntry(source, name, entry, dataStart));
  }
  checkLayout(source, tensors, dataStart);
  return { format: "safetensors", name: source.name, tensors, metadata };
}

async function readHeader(source: ByteSource) {
  const start = await source.read(0, 8);
  const length = new DataView(start.buffer, start.byteOffset, 8).getBigUint64(0, true);
  const place = { file: source.name, bytes: [0, 8] } as const;
  if (length > BigInt(source.size - 8)) {
    throw new CheckpointError(
      place,
      `give a header of ${length} bytes, and the file has ${source.size}`,
    );
  }
  if (length > MAX_HEADER_BYTES) {
    throw new CheckpointError(
      place,
      `give a header of ${length} bytes; ${MAX_HEADER_BYTES} is the format's limit`,
    );
  }
  const dataStart = 8 + Number(length);
  const text = new TextDecoder().decode(await source.read(8, dataStart));
  const header = parseObject(text);
  if (header === undefined) {
    throw new CheckpointError(
      { file: source.name, bytes: [8, dataStart] },
      "are no header in JSON",
    );
  }
  return { header, dataStart };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readMetadata({ name }: ByteSource, entry: unknown): Readonly<Record<string, string>> {
  if (!isObject(entry)) {
    throw new CheckpointError({ file: name }, "has metadata that is no object");
  }
  return Object.fromEntries(Object.entries(entry).map(([key, value]) => [key, String(value)]));
}

function readEntry(
  source: ByteSource,
  name: string,
  entry: unknown,
  dataStart: number,
): StoredTensor {
  const place = { file: source.name, tensor: name };
  const { dtype, shape, data_offsets: offsets } = isObject(entry) ? entry : {};
  const type = typeof dtype === "string" && Object.hasOwn(TYPES, dtype) ? TYPES[dtype] : undefined;
  if (type === undefined) {
    throw new CheckpointError(place, `has the type ${JSON.stringify(dtype)}, which is not read`);
  }
  if (!isSizes(shape)) {
    throw new CheckpointError(
      place,
      `has the shape ${JSON.stringify(shape)}: sizes are whole numbers from 0`,
    );
  }
  if (!isSizes(offsets) || offsets.length !== 2) {
    throw new CheckpointError(
      place,
      `has the offsets ${JSON.stringify(offsets)}: two whole numbers from 0`,
    );
  }
  const [start = 0, end = 0] = offsets.map((offset) => dataStart + offset);
  if (end > source.size || start > end) {
    throw new CheckpointError(
      { ...place, bytes: [start, end] },
      `are not in the file, which has ${source.size} bytes`,
      "the file is cut off or damaged: fetch it again",
    );
  }
  const bytes = valueCount(shape) * elementBytes(type);
  if (end - start !== bytes) {
    throw new CheckpointError(
      { ...place, bytes: [start, end] },
      `are ${end - start} bytes, and its shape takes ${bytes}`,
    );
  }
  return {
    name,
    shape,
    type,
    place: { file: source.name, start, end },
    read: () => readPieces(source, type, start, end),
  };
}

function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

/** The format allows neither gaps nor overlaps: bytes that no tensor owns could carry anything. */
function checkLayout(
  source: ByteSource,
  tensors: readonly StoredTensor[],
  dataStart: number,
): void {
  let end = dataStart;
  const inOrder = tensors
    .flatMap(({ name, place }) => (place === undefined ? [] : [{ name, ...place }]))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  for (const tensor of inOrder) {
    if (tensor.start !== end) {
      throw new CheckpointError(
        { file: source.name, tensor: tensor.name, bytes: [tensor.start, tensor.end] },
        tensor.start < end ? "overlap those of another tensor" : `leave a gap from byte ${end}`,
      );
    }
    end = tensor.end;
  }
  if (end !== source.size) {
    throw new CheckpointError(
      { file: source.name, bytes: [end, source.size] },
      "belong to no tensor",
    );
  }
}
