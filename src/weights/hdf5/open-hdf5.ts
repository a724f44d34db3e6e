/**
 * Opens an HDF5 file for reading: groups, attributes that are texts, and datasets of numbers, each when it is asked for.
 *
 * The library for this format, h5wasm, is the format's own in C: it reads synchronously, so that a `File` of a browser must
 * be in memory as a whole, allocates what a file says, and prints where a file is damaged. The part of the format that
 * checkpoints use is small; what is not read is an error that says so.
 *
 * Source: HDF5 File Format Specification, version 3.0, II.A "Disk Format: Level 0A".
 */
import type { ByteSource } from "../byte-source.ts";
import type { StoredTensor } from "../checkpoint.ts";
import { readTextAttributes } from "./attributes.ts";
import { isDataset, readDataset } from "./dataset.ts";
import { Hdf5Bytes } from "./hdf5-bytes.ts";
import { type Links, readLinks } from "./links.ts";
import { type Message, readObjectHeader } from "./object-header.ts";

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** Whether a file begins as HDF5 does. */
export function looksLikeHdf5(start: Uint8Array): boolean {
  return SIGNATURE.every((byte, index) => start[index] === byte);
}

/** A group or a dataset. */
export interface Hdf5Object {
  readonly address: number;
  readonly messages: readonly Message[];
}

export class Hdf5File {
  readonly root: Hdf5Object;
  readonly #bytes: Hdf5Bytes;
  readonly #links = new Map<number, Links>();

  constructor(bytes: Hdf5Bytes, root: Hdf5Object) {
    this.#bytes = bytes;
    this.root = root;
  }

  /** Names in a group, in the order of the file: that of the alphabet in most. */
  async links(group: Hdf5Object): Promise<Links> {
    let links = this.#links.get(group.address);
    if (links === undefined) {
      links = await readLinks(this.#bytes, group.messages);
      this.#links.set(group.address, links);
    }
    return links;
  }

  async object(address: number): Promise<Hdf5Object> {
    return { address, messages: await readObjectHeader(this.#bytes, address) };
  }

  /** What a path leads to from a group, and undefined where it leads nowhere. */
  async find(from: Hdf5Object, path: string): Promise<Hdf5Object | undefined> {
    let object: Hdf5Object | undefined = from;
    for (const name of path.split("/").filter((part) => part !== "")) {
      if (object === undefined) return undefined;
      const address = (await this.links(object)).get(name);
      object = address === undefined ? undefined : await this.object(address);
    }
    return object;
  }

  async texts({ messages }: Hdf5Object): Promise<ReadonlyMap<string, readonly string[]>> {
    return readTextAttributes(this.#bytes, messages);
  }

  isDataset({ messages }: Hdf5Object): boolean {
    return isDataset(messages);
  }

  async tensor(name: string, object: Hdf5Object): Promise<StoredTensor> {
    return readDataset(this.#bytes, name, object.messages, await this.texts(object));
  }
}

export async function openHdf5(source: ByteSource): Promise<Hdf5File> {
  const bytes = new Hdf5Bytes(source);
  const head = (await bytes.at(0, 16)).skip(SIGNATURE.length);
  const version = head.uint8();
  if (version > 3) throw head.error(`are a file of version ${version}, which is not read`);
  const [sizesAt, baseAt, endAt, rootAt] =
    version < 2 ? [13, 24 + version * 4, 40 + version * 4, 64 + version * 4] : [9, 12, 28, 36];
  const sizes = await bytes.at(sizesAt, 2);
  if (sizes.uint8() !== 8 || sizes.uint8() !== 8) {
    throw head.error("are a file whose addresses and lengths are not 8 bytes");
  }
  const addressAt = async (at: number) => (await bytes.at(at, 8)).address();
  const [base, end, root] = [
    await addressAt(baseAt),
    await addressAt(endAt),
    await addressAt(rootAt),
  ];
  if (base !== 0 || end === undefined || root === undefined) {
    throw head.error(
      "are a file whose addresses do not begin at its first byte, or without a root",
    );
  }
  if (end > source.size) {
    throw bytes.damaged(source.size, end, "are not there: the file says that it has them");
  }
  return new Hdf5File(bytes, { address: root, messages: await readObjectHeader(bytes, root) });
}
