/** Reads the structures of an HDF5 file: numbers at places, through a cache of the pages that were read last. */
import type { ByteSource } from "../byte-source.ts";
import { CheckpointError } from "../checkpoint-error.ts";

const PAGE_BYTES = 64 * 1024;

/** 4 MiB. */
const MAX_PAGES = 64;

/**
 * Most bytes of names, shapes and places that are read of a file, all together. A network of a thousand layers has a few
 * MiB of them; where they refer to each other again and again, reading would not end.
 */
const MAX_STRUCTURE_BYTES = 256 * 1024 * 1024;

/** What one more read is counted as, in bytes. */
const READ_COST = 64;

/** What an address is where there is nothing. */
const UNDEFINED_ADDRESS = 2n ** 64n - 1n;

export class Hdf5Bytes {
  readonly source: ByteSource;
  readonly #pages = new Map<number, Uint8Array>();
  #spent = 0;

  constructor(source: ByteSource) {
    this.source = source;
  }

  /** Some bytes of the file. Rejects where they are not in it. */
  async at(start: number, length: number): Promise<Fields> {
    if (!(start >= 0 && length <= this.source.size - start)) {
      throw this.damaged(start, start + length, `are not in the file of ${this.source.size} bytes`);
    }
    this.#spent += length + READ_COST;
    if (this.#spent > MAX_STRUCTURE_BYTES) {
      throw this.damaged(start, start + length, "are read again and again, without an end");
    }
    const first = Math.floor(start / PAGE_BYTES);
    const last = Math.floor((start + length) / PAGE_BYTES);
    const bytes =
      first === last
        ? (await this.#page(first)).subarray(start % PAGE_BYTES, (start % PAGE_BYTES) + length)
        : await this.source.read(start, start + length);
    return new Fields(this, start, bytes);
  }

  damaged(start: number, end: number, reason: string): CheckpointError {
    return new CheckpointError(
      { file: this.source.name, bytes: [start, end] },
      reason,
      "the file is cut off or damaged: fetch it again",
    );
  }

  async #page(number: number): Promise<Uint8Array> {
    const known = this.#pages.get(number);
    if (known !== undefined) return known;
    const start = number * PAGE_BYTES;
    const page = await this.source.read(start, Math.min(start + PAGE_BYTES, this.source.size));
    this.#pages.set(number, page);
    const oldest = this.#pages.keys().next();
    if (this.#pages.size > MAX_PAGES && !oldest.done) this.#pages.delete(oldest.value);
    return page;
  }
}

/** Bytes of a file that are read one field after the other, all little-endian. */
export class Fields {
  readonly #file: Hdf5Bytes;
  readonly #start: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(file: Hdf5Bytes, start: number, bytes: Uint8Array) {
    this.#file = file;
    this.#start = start;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The same bytes, to be read from the first field. */
  copy(): Fields {
    return new Fields(this.#file, this.#start, this.#bytes);
  }

  /** Of the next field in the file. */
  get place(): number {
    return this.#start + this.#at;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  skip(count: number): this {
    this.#advance(count);
    return this;
  }

  /** The offset from the first field becomes a multiple of 8. */
  align(): this {
    return this.skip((8 - (this.#at % 8)) % 8);
  }

  uint8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  /** A whole number of 1 to 8 bytes. */
  uint(bytes: number): number {
    return this.bytes(bytes).reduceRight((sum, byte) => sum * 256 + byte, 0);
  }

  /** A length or another number of 8 bytes. */
  uint64(): number {
    return Number(this.#view.getBigUint64(this.#advance(8), true));
  }

  /** Undefined where it leads nowhere. */
  address(): number | undefined {
    const address = this.#view.getBigUint64(this.#advance(8), true);
    return address === UNDEFINED_ADDRESS ? undefined : Number(address);
  }

  bytes(count: number): Uint8Array {
    const at = this.#advance(count);
    return this.#bytes.subarray(at, at + count);
  }

  /** The next bytes as fields of their own. */
  fields(count: number): Fields {
    const start = this.place;
    return new Fields(this.#file, start, this.bytes(count));
  }

  text(count: number): string {
    return new TextDecoder().decode(this.bytes(count));
  }

  /** A text that ends with a zero byte, in `count` bytes. */
  terminated(count: number): string {
    const bytes = this.bytes(count);
    const end = bytes.indexOf(0);
    return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
  }

  /** Throws where the next bytes are not these letters. */
  expect(letters: string): this {
    const start = this.place;
    const found = this.left >= letters.length ? this.text(letters.length) : "";
    if (found !== letters) {
      throw this.#file.damaged(start, start + letters.length, `are not "${letters}"`);
    }
    return this;
  }

  error(reason: string): CheckpointError {
    return this.#file.damaged(this.#start, this.#start + this.#bytes.length, reason);
  }

  #advance(count: number): number {
    if (!(count >= 0 && count <= this.left)) {
      throw this.error(`end before ${count} more bytes that they must have`);
    }
    const at = this.#at;
    this.#at += count;
    return at;
  }
}
