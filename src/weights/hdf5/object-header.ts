/**
 * Reads the header of an object in an HDF5 file: its messages, of which some lie in other blocks.
 *
 * Source: HDF5 File Format Specification, version 3.0, IV.A "Disk Format: Level 2A".
 */
import type { Fields, Hdf5Bytes } from "./hdf5-bytes.ts";

export const MESSAGE = {
  dataspace: 0x01,
  linkInfo: 0x02,
  datatype: 0x03,
  link: 0x06,
  layout: 0x08,
  filters: 0x0b,
  attribute: 0x0c,
  continuation: 0x10,
  symbolTable: 0x11,
  attributeInfo: 0x15,
} as const;

/** A message whose contents lie elsewhere, because several objects share them. */
const IS_SHARED = 0x02;

export interface Message {
  readonly type: number;
  readonly isShared: boolean;
  /** To be read from the start, any number of times. */
  readonly fields: () => Fields;
}

interface Block {
  readonly start: number;
  readonly length: number;
}

/** Bytes of all headers together that are worth reading: names and shapes, no values. */
const MAX_HEADER_BYTES = 64 * 1024 * 1024;

export async function readObjectHeader(
  file: Hdf5Bytes,
  address: number,
): Promise<readonly Message[]> {
  const start = await file.at(address, Math.min(16, Math.max(0, file.source.size - address)));
  const version = start.uint8();
  return version === 1 ? readVersion1(file, address) : readVersion2(file, address);
}

async function readVersion1(file: Hdf5Bytes, address: number): Promise<readonly Message[]> {
  const prefix = (await file.at(address, 16)).skip(8);
  const length = prefix.uint32();
  return readBlocks(file, { start: address + 16, length }, (fields, messages) => {
    while (fields.left >= 8) {
      const [type, size, flags] = [fields.uint16(), fields.uint16(), fields.uint8()];
      addMessage(messages, fields.skip(3), type, size, flags);
    }
  });
}

async function readVersion2(file: Hdf5Bytes, address: number): Promise<readonly Message[]> {
  const prefix = (await file.at(address, 6)).expect("OHDR");
  if (prefix.uint8() !== 2) throw prefix.error("are no header of an object that is read");
  const flags = prefix.uint8();
  const sizeBytes = 2 ** (flags & 3);
  const skipped = 6 + (flags & 0x20 ? 16 : 0) + (flags & 0x10 ? 4 : 0);
  const length = (await file.at(address + skipped, sizeBytes)).uint(sizeBytes);
  const first = { start: address + skipped + sizeBytes, length };
  return readBlocks(file, first, (fields, messages, isFirst) => {
    // The first block has its checksum behind it; others have letters, and the checksum in them.
    if (!isFirst) fields.expect("OCHK");
    const end = isFirst ? 0 : 4;
    while (fields.left - end >= 4) {
      const [type, size, messageFlags] = [fields.uint8(), fields.uint16(), fields.uint8()];
      if (flags & 4) fields.skip(2);
      addMessage(messages, fields, type, size, messageFlags);
    }
  });
}

function addMessage(
  messages: Message[],
  block: Fields,
  type: number,
  size: number,
  flags: number,
): void {
  const content = block.fields(size);
  messages.push({
    type,
    isShared: (flags & IS_SHARED) !== 0,
    fields: () => content.copy(),
  });
}

/** All messages of a block, and of those that it names, each once. */
async function readBlocks(
  file: Hdf5Bytes,
  first: Block,
  read: (fields: Fields, messages: Message[], isFirst: boolean) => void,
): Promise<readonly Message[]> {
  const messages: Message[] = [];
  const blocks = [first];
  const seen = new Set<number>();
  let total = 0;
  for (const block of blocks) {
    total += block.length;
    if (seen.has(block.start) || total > MAX_HEADER_BYTES) {
      throw file.damaged(
        block.start,
        block.start + block.length,
        "are a part of a header twice, or make it too long",
      );
    }
    seen.add(block.start);
    const before = messages.length;
    read(await file.at(block.start, block.length), messages, block === first);
    for (const { type, fields } of messages.slice(before)) {
      if (type !== MESSAGE.continuation) continue;
      const content = fields();
      const start = content.address();
      if (start === undefined) throw content.error("continue a header nowhere");
      blocks.push({ start, length: content.uint64() });
    }
  }
  return messages;
}
