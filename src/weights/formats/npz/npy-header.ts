/**
 * Reads and writes the header of an array in numpy's format: a signature, a length, and a Python dictionary as text.
 *
 * Source: numpy.lib.format, "Format Version 1.0" to "3.0". The packages that read it do not refuse damaged headers, nor
 * read all types, so that this is an own parser of the three entries that the format has.
 */
import type { Encoding } from "../../decode-stream.ts";
import type { StoredType } from "../../stored-type.ts";

export interface NpyHeader extends Encoding {
  readonly shape: readonly number[];
  /** The first axis varies fastest, and not the last. */
  readonly isFortranOrder: boolean;
}

/** Bytes that tell version and length: of version 2 on, the longest. */
export const NPY_START_BYTES = 12;

/** The limit of numpy's own reader. */
const MAX_HEADER_BYTES = 10_000;

/** numpy's greatest number of axes. */
const MAX_AXES = 64;

const SIGNATURE = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** numpy's kind and bytes of a value. */
const TYPES: Readonly<Record<string, StoredType>> = {
  f8: "float64",
  f4: "float32",
  f2: "float16",
  i8: "int64",
  u8: "uint64",
  i4: "int32",
  u4: "uint32",
  i2: "int16",
  u2: "uint16",
  i1: "int8",
  u1: "uint8",
  b1: "bool",
};

/** A header that is not read: what is wrong with it, continuing a sentence. */
export interface NpyRefusal {
  readonly refusal: string;
}

/** Where the text of the header lies, told by the first {@link NPY_START_BYTES} bytes or fewer. */
export function npyTextRange(start: Uint8Array): { from: number; to: number } | NpyRefusal {
  if (SIGNATURE.some((byte, index) => start[index] !== byte)) {
    return { refusal: "does not begin as an array of numpy does" };
  }
  const [major = 0, , ...length] = start.subarray(SIGNATURE.length);
  const bytes = major === 1 ? 2 : 4;
  if (major < 1 || major > 3) return { refusal: `has version ${major} of numpy's format` };
  if (length.length < bytes) return { refusal: "is cut off in its header" };
  const from = SIGNATURE.length + 2 + bytes;
  const text = length.slice(0, bytes).reduceRight((sum, byte) => sum * 256 + byte, 0);
  if (text > MAX_HEADER_BYTES) {
    return {
      refusal: `has a header of ${text} bytes; ${MAX_HEADER_BYTES} is the limit of numpy`,
    };
  }
  return { from, to: from + text };
}

/** The entries of a dictionary, each with its comma; a value is a text, a boolean, or whole numbers in parentheses. */
const ENTRY =
  /\s*(?:'(\w+)'|"(\w+)")\s*:\s*(?:'([^'\\]*)'|"([^"\\]*)"|(True|False)|\(([\dL,\s]*)\))\s*(,|(?=\}))/y;

export function parseNpyHeader(text: string): NpyHeader | NpyRefusal {
  const values = entriesOf(text.trim());
  const descr = values?.get("descr");
  const order = values?.get("fortran_order");
  const sides = values?.get("shape");
  if (descr === undefined || order === undefined || sides === undefined || values?.size !== 3) {
    return { refusal: `has the header ${JSON.stringify(text.trim())}: not one of numbers` };
  }
  const [, endian = "", kind = ""] = /^([<>|=]?)([a-z]\d+)$/.exec(descr) ?? [];
  const type = Object.hasOwn(TYPES, kind) ? TYPES[kind] : undefined;
  if (type === undefined) {
    return { refusal: `has the type ${JSON.stringify(descr)}, which is not read` };
  }
  const shape = shapeOf(sides);
  if (shape === undefined || !["True", "False"].includes(order)) {
    return { refusal: `has the shape (${sides}): at most ${MAX_AXES} whole numbers` };
  }
  return { type, isBigEndian: endian === ">", shape, isFortranOrder: order === "True" };
}

function entriesOf(text: string): ReadonlyMap<string, string> | undefined {
  if (!text.startsWith("{") || !text.endsWith("}")) return undefined;
  const values = new Map<string, string>();
  ENTRY.lastIndex = 1;
  while (ENTRY.lastIndex < text.length - 1) {
    const from = ENTRY.lastIndex;
    const match = ENTRY.exec(text);
    if (match === null) return /^\s*\}$/.test(text.slice(from)) ? values : undefined;
    const [, single, double, ...found] = match;
    const value = found.slice(0, 4).find((part) => part !== undefined);
    const name = single ?? double;
    if (name === undefined || value === undefined || values.has(name)) return undefined;
    values.set(name, value);
  }
  return values;
}

function shapeOf(text: string): readonly number[] | undefined {
  const sides = text.split(",").map((side) => side.trim());
  // `(3,)` and `()`: what follows the last comma is empty.
  if (sides.at(-1) === "") sides.pop();
  const isPlain = sides.length <= MAX_AXES && sides.every((side) => /^\d+L?$/.test(side));
  const numbers = sides.map((side) => Number.parseInt(side, 10));
  return isPlain && numbers.every(Number.isSafeInteger) ? numbers : undefined;
}

/** A header of version 1 in C order, as long as numpy writes it: data begin at a multiple of 64 bytes. */
export function writeNpyHeader(type: "float32" | "float16", shape: readonly number[]): Uint8Array {
  const sides = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const descr = type === "float32" ? "<f4" : "<f2";
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sides}), }`;
  const start = SIGNATURE.length + 4;
  const total = Math.ceil((start + text.length + 1) / 64) * 64;
  const header = new Uint8Array(total).fill(0x20);
  const length = total - start;
  header.set([...SIGNATURE, 1, 0, length & 0xff, length >> 8]);
  header.set(new TextEncoder().encode(text), start);
  header[total - 1] = 0x0a;
  return header;
}
