/** Makes zip archives whose directory says what a test wants, true or not. */
import { crc32 } from "node:zlib";

export interface CraftedFile {
  readonly name: string;
  /** As in the archive. */
  readonly bytes: Uint8Array;
  readonly method?: number;
  /** What the directory says of its size unpacked. */
  readonly size?: number;
  readonly checksum?: number;
  /** The file shares the bytes of the one before. */
  readonly isAlias?: boolean;
}

export function craftZip(files: readonly CraftedFile[]): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let [offset, previous] = [0, 0];
  for (const { name, bytes, method = 0, isAlias = false, ...said } of files) {
    const { size = bytes.length, checksum = crc32(bytes) } = said;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(checksum, 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(size, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = isAlias ? previous : offset;
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(local, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x00"), common, tail, Buffer.from(name));
    if (isAlias) continue;
    const part = Buffer.concat([Buffer.from("PK\x03\x04"), common, Buffer.from(name), bytes]);
    parts.push(part);
    previous = offset;
    offset += part.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06");
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...parts, entries, end]));
}
