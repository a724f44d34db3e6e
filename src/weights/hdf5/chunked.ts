/**
 * Reads datasets that lie in chunks, compressed or not, which libraries write where they were asked to compress.
 *
 * Source: HDF5 File Format Specification, III.A "B-trees version 1" and IV.A.2.l "The Data Storage - Filter Pipeline Message".
 */
import { valueCount } from "../checkpoint.ts";
import type { Encoding } from "../decode-stream.ts";
import { elementBytes } from "../stored-type.ts";
import type { Fields, Hdf5Bytes } from "./hdf5-bytes.ts";
import { leavesOf } from "./links.ts";

export interface ChunkedLayout {
  /** Of the tree that leads to the chunks. */
  readonly tree: number;
  /** Sides of a chunk in values. */
  readonly chunk: readonly number[];
}

interface Chunk {
  readonly start: number;
  readonly length: number;
  /** Filters that were left out for this chunk, as bits. */
  readonly skipped: number;
  /** First value of each axis. */
  readonly offsets: readonly number[];
}

/** Deflate makes at most this many bytes of one. */
const MAX_EXPANSION = 1032;

const DEFLATE = 1;
const SHUFFLE = 2;
const CHECKSUM = 3;

export function readFilters(fields: Fields): readonly number[] {
  const version = fields.uint8();
  const count = fields.uint8();
  if (version === 1) fields.skip(6);
  return Array.from({ length: count }, () => {
    const filter = fields.uint16();
    const nameLength = version === 1 || filter >= 256 ? fields.uint16() : 0;
    fields.skip(2);
    const values = fields.uint16();
    fields.skip(nameLength + (version === 1 ? (8 - (nameLength % 8)) % 8 : 0) + values * 4);
    if (version === 1 && values % 2 === 1) fields.skip(4);
    if (![DEFLATE, SHUFFLE, CHECKSUM].includes(filter)) {
      throw fields.error(`compress by filter ${filter}; only gzip is read`);
    }
    return filter;
  });
}

/** A dataset's chunks, each there and of a size that it can be unpacked from. */
export async function locateChunks(
  file: Hdf5Bytes,
  shape: readonly number[],
  { tree, chunk }: ChunkedLayout,
  filters: readonly number[],
  bytes: number,
): Promise<ReadonlyMap<number, Chunk>> {
  const found = new Map<number, Chunk>();
  const isPacked = filters.includes(DEFLATE);
  const chunkBytes = valueCount(chunk) * bytes;
  const readKey = (fields: Fields) => ({
    length: fields.uint32(),
    skipped: fields.uint32(),
    offsets: Array.from({ length: shape.length + 1 }, () => fields.uint64()).slice(0, -1),
  });
  const keyBytes = 8 + 8 * (shape.length + 1);
  for await (const { key, address } of leavesOf(file, tree, 1, readKey, keyBytes)) {
    const end = address + key.length;
    const isPossible =
      chunkBytes <= key.length * (isPacked ? MAX_EXPANSION : 1) && end <= file.source.size;
    const isPlaced = key.offsets.every(
      (offset, axis) => offset % (chunk[axis] ?? 1) === 0 && offset < (shape[axis] ?? 0),
    );
    if (!isPossible || !isPlaced) {
      throw file.damaged(address, end, `are no chunk of ${chunkBytes} bytes`);
    }
    found.set(chunkNumber(shape, chunk, key.offsets), { ...key, start: address });
  }
  const needed = valueCount(gridOf(shape, chunk));
  if (found.size !== needed) {
    throw file.damaged(tree, tree, `lead to ${found.size} chunks, and its shape takes ${needed}`);
  }
  return found;
}

/** Chunks along each axis. */
function gridOf(shape: readonly number[], chunk: readonly number[]): readonly number[] {
  return shape.map((side, axis) => Math.ceil(side / (chunk[axis] ?? 1)));
}

function chunkNumber(
  shape: readonly number[],
  chunk: readonly number[],
  offsets: readonly number[],
): number {
  const grid = gridOf(shape, chunk);
  return offsets.reduce(
    (number, offset, axis) => number * (grid[axis] ?? 1) + Math.floor(offset / (chunk[axis] ?? 1)),
    0,
  );
}

/** The bytes of all values in row-major order: those of one row of chunks at a time. */
export async function* readChunked(
  file: Hdf5Bytes,
  shape: readonly number[],
  { chunk }: ChunkedLayout,
  filters: readonly number[],
  { type }: Encoding,
  chunks: ReadonlyMap<number, Chunk>,
): AsyncGenerator<Uint8Array, undefined> {
  const size = elementBytes(type);
  const [rows = 1, ...inner] = shape;
  const [chunkRows = 1] = chunk;
  const rowBytes = valueCount(inner) * size;
  const perRow = valueCount(gridOf(shape, chunk).slice(1));
  for (let row = 0, number = 0; row < rows; row += chunkRows) {
    const slab = new Uint8Array(Math.min(chunkRows, rows - row) * rowBytes);
    for (let place = 0; place < perRow; place += 1, number += 1) {
      const own = chunks.get(number);
      if (own === undefined) throw file.damaged(0, file.source.size, "lack a chunk");
      const values = await unpack(file, own, filters, valueCount(chunk) * size, size);
      copyChunk(values, slab, shape, chunk, own.offsets, row, size);
    }
    yield slab;
  }
}

async function unpack(
  file: Hdf5Bytes,
  { start, length, skipped }: Chunk,
  filters: readonly number[],
  unpackedLength: number,
  size: number,
): Promise<Uint8Array> {
  let bytes = await file.source.read(start, start + length);
  for (const [index, filter] of [...filters.entries()].reverse()) {
    if ((skipped >> index) & 1) continue;
    if (filter === CHECKSUM) bytes = bytes.subarray(0, Math.max(0, bytes.length - 4));
    else if (filter === SHUFFLE) bytes = unshuffle(bytes, size);
    else bytes = (await inflate(bytes, unpackedLength + 4)) ?? new Uint8Array();
  }
  if (bytes.length !== unpackedLength) {
    throw file.damaged(start, start + length, `do not unpack to ${unpackedLength} bytes`);
  }
  return bytes;
}

/** Undefined where the data are damaged, or are more than `limit` bytes. */
async function inflate(bytes: Uint8Array, limit: number): Promise<Uint8Array | undefined> {
  const stream = new DecompressionStream("deflate");
  const writer = stream.writable.getWriter();
  // Both ends fail together; what is read says so.
  writer.write(Uint8Array.from(bytes)).catch(() => undefined);
  writer.close().catch(() => undefined);
  const reader = stream.readable.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    while (length <= limit) {
      const { value, done } = await reader.read();
      if (done) return joined(parts, length);
      parts.push(value);
      length += value.length;
    }
    await reader.cancel();
  } catch {
    // Damaged.
  }
  return undefined;
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let filled = 0;
  for (const part of parts) {
    all.set(part, filled);
    filled += part.length;
  }
  return all;
}

/** The first bytes of all values come first, then all second ones. */
function unshuffle(bytes: Uint8Array, size: number): Uint8Array {
  const count = Math.floor(bytes.length / size);
  const values = bytes.slice();
  for (let value = 0; value < count; value += 1) {
    for (let byte = 0; byte < size; byte += 1) {
      values[value * size + byte] = bytes[byte * count + value] ?? 0;
    }
  }
  return values;
}

/** Copies a chunk into the rows that begin at `firstRow`; what is outside of the shape is left out. */
function copyChunk(
  values: Uint8Array,
  slab: Uint8Array,
  shape: readonly number[],
  chunk: readonly number[],
  offsets: readonly number[],
  firstRow: number,
  size: number,
): void {
  const last = shape.length - 1;
  const [side = 1, chunkSide = 1, offset = 0] = [shape[last], chunk[last], offsets[last]];
  const run = Math.min(chunkSide, side - offset) * size;
  const lines = valueCount(chunk.slice(0, -1));
  for (let line = 0; line < lines; line += 1) {
    let rest = line;
    let target = 0;
    let stride = 1;
    let isInside = true;
    for (let axis = last - 1; axis >= 0; axis -= 1) {
      const [width = 1, full = 1, from = 0] = [chunk[axis], shape[axis], offsets[axis]];
      const at = (rest % width) + from;
      rest = Math.floor(rest / width);
      isInside &&= at < full;
      target += (axis === 0 ? at - firstRow : at) * stride;
      stride *= full;
    }
    if (!isInside) continue;
    const start = line * chunkSide * size;
    const place = last === 0 ? offset - firstRow : target * side + offset;
    slab.set(values.subarray(start, start + run), place * size);
  }
}
