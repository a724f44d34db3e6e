/**
 * Reads the names in a group of an HDF5 file, and where the objects of these names lie.
 *
 * Source: HDF5 File Format Specification, III.A "B-trees version 1", III.C "Symbol Table Nodes", III.D "Local Heaps" and
 * IV.A.2.g "The Link Message".
 */
import type { CheckpointError } from "../checkpoint-error.ts";
import type { Fields, Hdf5Bytes } from "./hdf5-bytes.ts";
import { MESSAGE, type Message } from "./object-header.ts";

export type Links = ReadonlyMap<string, number>;

/** Those of symbolic links and of links to other files are left out: nothing behind them is read. */
export async function readLinks(file: Hdf5Bytes, messages: readonly Message[]): Promise<Links> {
  const links = new Map<string, number>();
  for (const { type, fields } of messages) {
    if (type === MESSAGE.linkInfo) refuseDense(fields());
    else if (type === MESSAGE.link) readLink(fields(), links);
    else if (type === MESSAGE.symbolTable) await readSymbolTable(file, fields(), links);
  }
  return links;
}

/** Many links of a new group lie in a heap of their own kind. */
function refuseDense(fields: Fields): void {
  const flags = fields.skip(1).uint8();
  if (flags & 1) fields.skip(8);
  if (fields.address() !== undefined) throw asDense(fields);
}

export function asDense(fields: Fields): CheckpointError {
  return fields.error(
    "keep names in a heap that is not read (it comes from libver='latest' or track_order=True of h5py)",
  );
}

function readLink(fields: Fields, links: Map<string, number>): void {
  const flags = fields.skip(1).uint8();
  const type = flags & 8 ? fields.uint8() : 0;
  if (flags & 4) fields.skip(8);
  if (flags & 16) fields.skip(1);
  const name = fields.text(fields.uint(2 ** (flags & 3)));
  const address = type === 0 ? fields.address() : undefined;
  if (address !== undefined) links.set(name, address);
}

async function readSymbolTable(
  file: Hdf5Bytes,
  fields: Fields,
  links: Map<string, number>,
): Promise<void> {
  const [tree, heap] = [fields.address(), fields.address()];
  if (tree === undefined || heap === undefined) throw fields.error("are a group without its names");
  const names = await readLocalHeap(file, heap);
  for await (const { address } of leavesOf(file, tree, 0, (entry) => {
    entry.skip(8);
  })) {
    await readNode(file, address, names, links);
  }
}

async function readLocalHeap(file: Hdf5Bytes, address: number): Promise<Fields> {
  const heap = (await file.at(address, 32)).expect("HEAP").skip(4);
  const length = heap.uint64();
  const start = heap.skip(8).address();
  if (start === undefined) throw heap.error("are names without bytes");
  return file.at(start, length);
}

async function readNode(
  file: Hdf5Bytes,
  address: number,
  names: Fields,
  links: Map<string, number>,
): Promise<void> {
  const count = (await file.at(address, 8)).expect("SNOD").skip(2).uint16();
  const entries = await file.at(address + 8, count * 40);
  for (let entry = 0; entry < count; entry += 1) {
    const nameStart = entries.uint64();
    const object = entries.address();
    const cacheType = entries.uint32();
    entries.skip(20);
    const text = names.copy().skip(nameStart);
    // Type 2 is a symbolic link.
    if (object !== undefined && cacheType !== 2) links.set(text.terminated(text.left), object);
  }
}

export interface Leaf<Key> {
  readonly key: Key;
  readonly address: number;
}

/** The leaves of a tree of version 1 in order. `readKey` reads the key in front of each child. */
export async function* leavesOf<Key>(
  file: Hdf5Bytes,
  root: number,
  type: 0 | 1,
  readKey: (fields: Fields) => Key,
  keyBytes = 8,
): AsyncGenerator<Leaf<Key>, undefined> {
  const seen = new Set<number>();
  const visit = async function* (
    address: number,
    level: number | undefined,
  ): AsyncGenerator<Leaf<Key>, undefined> {
    const head = (await file.at(address, 24)).expect("TREE");
    const [kind, own, count] = [head.uint8(), head.uint8(), head.uint16()];
    // Levels count down to the leaves, so that no node can be below itself; the set is for those that share a child.
    if (kind !== type || (level !== undefined && own !== level - 1) || seen.has(address)) {
      throw head.error("are no node of the tree that leads to them");
    }
    seen.add(address);
    const entries = await file.at(address + 24, count * (keyBytes + 8));
    for (let entry = 0; entry < count; entry += 1) {
      const key = readKey(entries);
      const child = entries.address();
      if (child === undefined) throw entries.error("are a node without a child");
      if (own === 0) yield { key, address: child };
      else yield* visit(child, own);
    }
  };
  yield* visit(root, undefined);
}
