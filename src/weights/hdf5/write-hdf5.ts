/**
 * Writes HDF5 files of groups, attributes that are texts, and datasets of float32 or float16, as a stream: all headers
 * first, then the values in their order.
 *
 * Source: HDF5 File Format Specification, version 3.0. Headers are those of version 1, which every reader knows; the names
 * in a group are messages in its header, as files since HDF5 1.8 have them.
 */
import { storedBytes, valueCount } from "../checkpoint.ts";
import { elementBytes, encodeValues, type WrittenType } from "../stored-type.ts";
import type { TensorToWrite } from "../tensor-to-write.ts";
import { MESSAGE } from "./object-header.ts";

/** An attribute: one text, or a list of them. */
export type TextAttribute = string | readonly string[];

export class GroupToWrite {
  readonly attributes = new Map<string, TextAttribute>();
  readonly children = new Map<string, GroupToWrite | DatasetToWrite>();

  /** The group at a path, made where it is not there. */
  group(path: string): GroupToWrite {
    const [name = "", ...rest] = path.split("/");
    let child = this.children.get(name);
    if (child === undefined) {
      child = new GroupToWrite();
      this.children.set(name, child);
    }
    if (!(child instanceof GroupToWrite))
      throw new RangeError(`\`${name}\` is a tensor and a group`);
    return rest.length === 0 ? child : child.group(rest.join("/"));
  }

  /** Adds a dataset at a path. */
  add(path: string, tensor: TensorToWrite): void {
    const slash = path.lastIndexOf("/");
    const parent = slash < 0 ? this : this.group(path.slice(0, slash));
    const name = path.slice(slash + 1);
    if (parent.children.has(name)) throw new RangeError(`\`${path}\` is there twice`);
    parent.children.set(name, new DatasetToWrite(tensor));
  }
}

export class DatasetToWrite {
  readonly tensor: TensorToWrite;

  constructor(tensor: TensorToWrite) {
    this.tensor = tensor;
  }
}

const SUPERBLOCK_BYTES = 96;

/** Messages of a header are counted in 16 bits. */
const MAX_MESSAGES = 65_535;

const NOWHERE = 2n ** 64n - 1n;

/** Bytes of a message, in front of which its type and size come. */
interface MessageToWrite {
  readonly type: number;
  readonly content: readonly number[];
}

/** The bytes of a file with this root. */
export async function* writeHdf5(
  root: GroupToWrite,
  type: WrittenType,
): AsyncGenerator<Uint8Array, undefined> {
  const objects = [...objectsOf(root)];
  const places = new Map<GroupToWrite | DatasetToWrite, number>();
  const values = new Map<DatasetToWrite, number>();
  // Sizes do not depend on addresses, so that all are known before any is written.
  let end = SUPERBLOCK_BYTES;
  for (const object of objects) {
    places.set(object, end);
    end += headerOf(object, type, places, values).length;
  }
  const datasets = objects.filter((object) => object instanceof DatasetToWrite);
  for (const dataset of datasets) {
    values.set(dataset, end);
    end += padded(storedBytes({ shape: dataset.tensor.shape, type }));
  }
  yield superblock(end);
  for (const object of objects) yield headerOf(object, type, places, values);
  for (const { tensor } of datasets) {
    let written = 0;
    for await (const piece of tensor.read()) {
      const bytes = encodeValues(type, piece);
      written += bytes.length;
      yield bytes;
    }
    if (written !== storedBytes({ shape: tensor.shape, type })) {
      throw new RangeError(`\`${tensor.name}\` has other values than its shape takes`);
    }
    yield new Uint8Array(padded(written) - written);
  }
}

/** The root first, each group before what is in it. */
function* objectsOf(group: GroupToWrite): Generator<GroupToWrite | DatasetToWrite, undefined> {
  yield group;
  for (const child of group.children.values()) {
    if (child instanceof GroupToWrite) yield* objectsOf(child);
    else yield child;
  }
}

function superblock(end: number): Uint8Array {
  return Uint8Array.from([
    ...[0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a],
    // Versions, then the bytes of an address and of a length, and of trees that the file does not have.
    ...[0, 0, 0, 0, 0, 8, 8, 0, 4, 0, 16, 0, 0, 0, 0, 0],
    ...[...uint64(0), ...address(undefined), ...uint64(end), ...address(undefined)],
    // The root: no name, its header, and nothing else that would be known of it.
    ...[...uint64(0), ...uint64(SUPERBLOCK_BYTES), ...uint64(0), ...uint64(0), ...uint64(0)],
  ]);
}

function headerOf(
  object: GroupToWrite | DatasetToWrite,
  type: WrittenType,
  places: ReadonlyMap<GroupToWrite | DatasetToWrite, number>,
  values: ReadonlyMap<DatasetToWrite, number>,
): Uint8Array {
  const messages =
    object instanceof GroupToWrite
      ? groupMessages(object, places)
      : datasetMessages(object, type, values.get(object));
  if (messages.length > MAX_MESSAGES) {
    throw new RangeError(`a group of ${messages.length} names cannot be written`);
  }
  const content = messages.flatMap(({ type: kind, content: bytes }) => {
    const size = padded(bytes.length);
    return [...uint16(kind), ...uint16(size), 0, 0, 0, 0, ...bytes, ...zeros(size - bytes.length)];
  });
  return Uint8Array.from([
    ...[1, 0, ...uint16(messages.length), ...uint32(1), ...uint32(content.length), ...zeros(4)],
    ...content,
  ]);
}

function groupMessages(
  { attributes, children }: GroupToWrite,
  places: ReadonlyMap<GroupToWrite | DatasetToWrite, number>,
): readonly MessageToWrite[] {
  return [
    // All names are in the header: there is no heap for them, nor an index of it.
    { type: MESSAGE.linkInfo, content: [0, 0, ...address(undefined), ...address(undefined)] },
    ...[...children].map(([name, child]) => {
      const text = new TextEncoder().encode(name);
      return {
        type: MESSAGE.link,
        // Version, how long the name's length is and that its character set is told, and that set: UTF-8.
        content: [1, 0x11, 1, ...uint16(text.length), ...text, ...address(places.get(child) ?? 0)],
      };
    }),
    ...[...attributes].map(([name, value]) => attributeMessage(name, value)),
  ];
}

function attributeMessage(name: string, value: TextAttribute): MessageToWrite {
  const encoder = new TextEncoder();
  const texts = (typeof value === "string" ? [value] : value).map((text) => encoder.encode(text));
  const length = Math.max(1, ...texts.map((text) => text.length));
  const shape = typeof value === "string" ? [] : [texts.length];
  const nameBytes = [...encoder.encode(name), 0];
  // Class 3 of version 1: texts, filled up with zero bytes, in UTF-8.
  const datatype = [0x13, 0x11, 0, 0, ...uint32(length)];
  const dataspace = dataspaceOf(shape);
  return {
    type: MESSAGE.attribute,
    content: [
      ...[1, 0],
      ...[...uint16(nameBytes.length), ...uint16(datatype.length), ...uint16(dataspace.length)],
      ...[...nameBytes, ...zeros(padded(nameBytes.length) - nameBytes.length)],
      ...datatype,
      ...dataspace,
      ...texts.flatMap((text) => [...text, ...zeros(length - text.length)]),
    ],
  };
}

function datasetMessages(
  { tensor: { shape } }: DatasetToWrite,
  type: WrittenType,
  start: number | undefined,
): readonly MessageToWrite[] {
  const bytes = valueCount(shape) * elementBytes(type);
  return [
    { type: MESSAGE.dataspace, content: dataspaceOf(shape) },
    { type: MESSAGE.datatype, content: FLOATS[type] },
    // Version 3, in one piece.
    {
      type: MESSAGE.layout,
      content: [3, 1, ...address(bytes === 0 ? undefined : (start ?? 0)), ...uint64(bytes)],
    },
  ];
}

function dataspaceOf(shape: readonly number[]): readonly number[] {
  return [1, shape.length, ...zeros(6), ...shape.flatMap(uint64)];
}

/** Class 1 of version 1, little-endian with a leading bit that is not stored; then where sign, exponent and fraction are. */
const FLOATS: Readonly<Record<WrittenType, readonly number[]>> = {
  float32: [0x11, 0x20, 31, 0, ...uint32(4), 0, 0, 32, 0, 23, 8, 0, 23, ...uint32(127)],
  float16: [0x11, 0x20, 15, 0, ...uint32(2), 0, 0, 16, 0, 10, 5, 0, 10, ...uint32(15)],
};

function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}

function zeros(count: number): readonly number[] {
  return Array.from({ length: count }, () => 0);
}

function uint16(value: number): readonly number[] {
  return [value & 0xff, value >> 8];
}

function uint32(value: number): readonly number[] {
  return [...uint16(value & 0xffff), ...uint16(value >>> 16)];
}

function uint64(value: number): readonly number[] {
  return bytesOf(BigInt(value));
}

function address(place: number | undefined): readonly number[] {
  return bytesOf(place === undefined ? NOWHERE : BigInt(place));
}

function bytesOf(value: bigint): readonly number[] {
  return Array.from({ length: 8 }, (_, byte) => Number((value >> BigInt(8 * byte)) & 0xffn));
}
