/**
 * Reads a dataset of numbers of an HDF5 file: its shape and type, and where its values lie.
 *
 * Source: HDF5 File Format Specification, IV.A.2.i "The Data Layout Message".
 */
import { type StoredTensor, valueCount } from "../checkpoint.ts";
import { CheckpointError } from "../checkpoint-error.ts";
import { decodeStream, type Encoding } from "../decode-stream.ts";
import { readChunks } from "../read-chunks.ts";
import { elementBytes } from "../stored-type.ts";
import { type ChunkedLayout, locateChunks, readChunked, readFilters } from "./chunked.ts";
import { type Datatype, readDataspace, readDatatype } from "./datatype.ts";
import type { Fields, Hdf5Bytes } from "./hdf5-bytes.ts";
import { MESSAGE, type Message } from "./object-header.ts";

type Layout =
  | { readonly kind: "compact"; readonly bytes: Uint8Array }
  | { readonly kind: "contiguous"; readonly start: number | undefined }
  | ({ readonly kind: "chunked" } & ChunkedLayout);

/** Whether an object is one. */
export function isDataset(messages: readonly Message[]): boolean {
  return messages.some(({ type }) => type === MESSAGE.layout);
}

export async function readDataset(
  file: Hdf5Bytes,
  name: string,
  messages: readonly Message[],
  attributes: ReadonlyMap<string, readonly string[]>,
): Promise<StoredTensor> {
  try {
    return await readParts(file, name, messages, attributes);
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    throw new CheckpointError({ ...error.place, tensor: name }, error.reason, error.help);
  }
}

async function readParts(
  file: Hdf5Bytes,
  name: string,
  messages: readonly Message[],
  attributes: ReadonlyMap<string, readonly string[]>,
): Promise<StoredTensor> {
  const place = { file: file.source.name, tensor: name };
  const part = (type: number): Fields | undefined => {
    const message = messages.find((candidate) => candidate.type === type);
    if (message?.isShared)
      throw message.fields().error("are shared with others, which is not read");
    return message?.fields();
  };
  const [space, type, layoutPart] = [
    part(MESSAGE.dataspace),
    part(MESSAGE.datatype),
    part(MESSAGE.layout),
  ];
  const shape = space && readDataspace(space);
  if (shape === undefined || type === undefined || layoutPart === undefined) {
    throw new CheckpointError(place, "has no values");
  }
  const encoding = encodingOf(readDatatype(type), attributes);
  if (typeof encoding === "string") {
    throw new CheckpointError(place, `has ${encoding} as values, which are not read`);
  }
  const layout = readLayout(layoutPart, shape);
  const filterPart = part(MESSAGE.filters);
  const filters = filterPart === undefined ? [] : readFilters(filterPart);
  const size = elementBytes(encoding.type);
  const bytes = valueCount(shape) * size;
  const common = { name, shape, type: encoding.type };
  if (bytes === 0) return { ...common, read: () => decodeStream(encoding, none()) };
  if (layout.kind === "chunked") {
    const chunks = await locateChunks(file, shape, layout, filters, size);
    const read = () => readChunked(file, shape, layout, filters, encoding, chunks);
    return { ...common, read: () => decodeStream(encoding, read()) };
  }
  if (layout.kind === "compact") {
    const content = layout.bytes;
    if (content.length < bytes) throw layoutPart.error(`hold fewer than its ${bytes} bytes`);
    return {
      ...common,
      read: () => decodeStream(encoding, once(content.subarray(0, bytes))),
    };
  }
  const { start } = layout;
  if (start === undefined) throw new CheckpointError(place, "has no values: none were written");
  const end = start + bytes;
  if (!(end <= file.source.size)) {
    throw file.damaged(start, end, `are not in the file, which has ${file.source.size} bytes`);
  }
  return {
    ...common,
    place: { file: file.source.name, start, end },
    read: () => decodeStream(encoding, readChunks(file.source, start, end)),
  };
}

/** How values are encoded, or what they are where that is not read. */
function encodingOf(
  type: Datatype,
  attributes: ReadonlyMap<string, readonly string[]>,
): Encoding | string {
  if (type.kind === "numbers") return { type: type.type, isBigEndian: type.isBigEndian };
  if (type.kind !== "other") return "texts";
  // Keras writes bfloat16, which HDF5 has not, as opaque bytes, and says so.
  const isBfloat = type.bytes === 2 && attributes.get("dtype")?.[0] === "bfloat16";
  return isBfloat ? { type: "bfloat16", isBigEndian: false } : type.what;
}

function readLayout(fields: Fields, shape: readonly number[]): Layout {
  const version = fields.uint8();
  const kind = fields.uint8();
  if (version !== 3 && version !== 4) throw fields.error(`are a layout of version ${version}`);
  if (kind === 0) return { kind: "compact", bytes: fields.bytes(fields.uint16()) };
  if (kind === 1) return { kind: "contiguous", start: fields.address() };
  if (kind !== 2 || version !== 3) {
    throw fields.error("are a layout that is not read (it comes from libver='latest' of h5py)");
  }
  // One more than axes: the last is the size of a value.
  const axes = fields.uint8() - 1;
  const tree = fields.address();
  const chunk = Array.from({ length: Math.max(0, axes) }, () => fields.uint32());
  if (axes !== shape.length || axes === 0 || tree === undefined || chunk.includes(0)) {
    throw fields.error("are chunks that do not fit the shape, or of which none were written");
  }
  return { kind: "chunked", tree, chunk };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, undefined> {
  yield bytes;
}

async function* none(): AsyncGenerator<Uint8Array, undefined> {}
