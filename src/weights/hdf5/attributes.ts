/**
 * Reads attributes of an object that are texts: names of layers and weights, versions.
 *
 * Source: HDF5 File Format Specification, IV.A.2.m "The Attribute Message" and III.E "Global Heap".
 */
import { valueCount } from "../checkpoint.ts";
import { type Datatype, readDataspace, readDatatype } from "./datatype.ts";
import type { Fields, Hdf5Bytes } from "./hdf5-bytes.ts";
import { asDense } from "./links.ts";
import { MESSAGE, type Message } from "./object-header.ts";

/** A heap's text can be mentioned many times. */
const MAX_TEXT_BYTES = 64 * 1024 * 1024;

/** Libraries begin a new heap after 4 KiB, or after a text that is longer. */
const MAX_HEAP_BYTES = 16 * 1024 * 1024;

/** Heaps by address, and the texts in them by number. */
type Heaps = Map<number, ReadonlyMap<number, Fields>>;

/** Bytes of a text in a heap, where it is mentioned: its length, the heap's address, and its number there. */
const MENTION_BYTES = 16;

/** Attributes that are texts, by name; others are left out. */
export async function readTextAttributes(
  file: Hdf5Bytes,
  messages: readonly Message[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const attributes = new Map<string, readonly string[]>();
  const heaps: Heaps = new Map();
  for (const message of messages) {
    if (message.type === MESSAGE.attributeInfo) refuseDense(message.fields());
    if (message.type !== MESSAGE.attribute) continue;
    const { name, type, count, content } = readAttribute(message.fields());
    const texts = await readTexts(heaps, file, type, count, content);
    if (texts !== undefined) attributes.set(name, texts);
  }
  return attributes;
}

function refuseDense(fields: Fields): void {
  const flags = fields.skip(1).uint8();
  if (flags & 1) fields.skip(2);
  if (fields.address() !== undefined) throw asDense(fields);
}

function readAttribute(fields: Fields) {
  const version = fields.uint8();
  const flags = fields.uint8();
  if (version < 1 || version > 3) throw fields.error("are no attribute that is read");
  const lengths = [fields.uint16(), fields.uint16(), fields.uint16()] as const;
  if (version === 3) fields.skip(1);
  // Version 1 begins each part at a multiple of 8 bytes.
  const part = (length: number): Fields => {
    const content = fields.fields(length);
    if (version === 1) fields.align();
    return content;
  };
  const name = part(lengths[0]).terminated(lengths[0]);
  const [typePart, spacePart] = [part(lengths[1]), part(lengths[2])];
  // A type or shape that several objects share is not read.
  const isShared = version > 1 && (flags & 3) !== 0;
  const type: Datatype = isShared
    ? { kind: "other", what: "a shared type", bytes: 0 }
    : readDatatype(typePart);
  const shape = isShared ? undefined : readDataspace(spacePart);
  const count = shape === undefined ? 0 : valueCount(shape);
  return { name, type, count, content: fields };
}

async function readTexts(
  heaps: Heaps,
  file: Hdf5Bytes,
  type: Datatype,
  count: number,
  content: Fields,
): Promise<readonly string[] | undefined> {
  // An empty list has the type that h5py gives to anything.
  if (count === 0) return [];
  if (type.kind !== "text" && type.kind !== "heap text") return undefined;
  const bytes = type.kind === "text" ? type.bytes : MENTION_BYTES;
  if (bytes * count > content.left) throw content.error("are fewer than the attribute's texts");
  // A text of no bytes could be there any number of times.
  if (bytes === 0) return [];
  const texts: string[] = [];
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    const text =
      type.kind === "text"
        ? content.terminated(bytes).replace(type.isSpacePadded ? / +$/ : /$/, "")
        : await readHeapText(heaps, file, content);
    texts.push(text);
    total += text.length;
    if (total > MAX_TEXT_BYTES) throw content.error("are an attribute of too long texts");
  }
  return texts;
}

async function readHeapText(heaps: Heaps, file: Hdf5Bytes, mention: Fields): Promise<string> {
  const length = mention.uint32();
  const address = mention.address();
  const number = mention.uint32();
  if (length === 0 || address === undefined) return "";
  let heap = heaps.get(address);
  if (heap === undefined) {
    heap = await readHeap(file, address);
    heaps.set(address, heap);
  }
  const content = heap.get(number)?.copy();
  if (content === undefined) throw mention.error("mention a text that is not there");
  return content.terminated(Math.min(length, content.left));
}

async function readHeap(file: Hdf5Bytes, address: number): Promise<ReadonlyMap<number, Fields>> {
  const head = (await file.at(address, 16)).expect("GCOL").skip(4);
  const length = head.uint64();
  if (length > MAX_HEAP_BYTES) throw head.error(`are a heap of ${length} bytes, which is not read`);
  const objects = await file.at(address + 16, Math.max(0, length - 16));
  const heap = new Map<number, Fields>();
  while (objects.left >= 16) {
    const number = objects.uint16();
    const size = objects.skip(6).uint64();
    // What is left over is an object without a number.
    if (number === 0) break;
    heap.set(number, objects.fields(size));
    objects.skip(Math.min(objects.left, (8 - (size % 8)) % 8));
  }
  return heap;
}
