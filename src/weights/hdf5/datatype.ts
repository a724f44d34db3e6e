/**
 * Reads what the values of a dataset or of an attribute are, and how many there are.
 *
 * Source: HDF5 File Format Specification, IV.A.2.b "The Dataspace Message" and IV.A.2.d "The Datatype Message".
 */
import type { Encoding } from "../decode-stream.ts";
import type { StoredType } from "../stored-type.ts";
import type { Fields } from "./hdf5-bytes.ts";

/** HDF5's own limit. */
const MAX_AXES = 32;

/** Undefined for one that holds nothing. */
export function readDataspace(fields: Fields): readonly number[] | undefined {
  const version = fields.uint8();
  const axes = fields.uint8();
  if ((version !== 1 && version !== 2) || axes > MAX_AXES) {
    throw fields.error("are no shape that is read");
  }
  fields.skip(1);
  // Version 1 has reserved bytes, version 2 a type, of which 2 is nothing at all.
  const type = version === 1 ? 1 : fields.uint8();
  if (version === 1) fields.skip(5);
  const shape = Array.from({ length: axes }, () => fields.uint64());
  if (!shape.every(Number.isSafeInteger)) throw fields.error("are a shape of too many values");
  return type === 2 ? undefined : shape;
}

export type Datatype =
  | ({ readonly kind: "numbers" } & Encoding)
  | { readonly kind: "text"; readonly bytes: number; readonly isSpacePadded: boolean }
  | { readonly kind: "heap text" }
  | { readonly kind: "other"; readonly what: string; readonly bytes: number };

const CLASSES = [
  "whole numbers",
  "floating-point numbers",
  "times",
  "texts",
  "bits",
  "opaque bytes",
  "compounds",
  "references",
  "enumerations",
  "lists",
  "arrays",
];

const INTEGERS: Readonly<Record<number, readonly [unsigned: StoredType, signed: StoredType]>> = {
  1: ["uint8", "int8"],
  2: ["uint16", "int16"],
  4: ["uint32", "int32"],
  8: ["uint64", "int64"],
};

/** Bytes, exponent bits and fraction bits. */
const FLOATS: Readonly<Record<string, StoredType>> = {
  "8 11 52": "float64",
  "4 8 23": "float32",
  "2 5 10": "float16",
  "2 8 7": "bfloat16",
};

export function readDatatype(fields: Fields): Datatype {
  const number = fields.uint8() & 15;
  const [bits0] = fields.bytes(3);
  const bits = bits0 ?? 0;
  const bytes = fields.uint32();
  const isBigEndian = (bits & 1) === 1;
  const other = { kind: "other", what: `${bytes}-byte ${CLASSES[number]}`, bytes } as const;
  switch (number) {
    case 0: {
      const type = INTEGERS[bytes]?.[(bits >> 3) & 1];
      return type === undefined ? other : { kind: "numbers", type, isBigEndian };
    }
    case 1: {
      const [exponent, , fraction] = fields.skip(5).bytes(3);
      const type = FLOATS[`${bytes} ${exponent} ${fraction}`];
      return type === undefined ? other : { kind: "numbers", type, isBigEndian };
    }
    case 3:
      return { kind: "text", bytes, isSpacePadded: (bits & 15) === 2 };
    case 8:
      // h5py's booleans.
      return bytes === 1 ? { kind: "numbers", type: "bool", isBigEndian: false } : other;
    case 9:
      return (bits & 15) === 1 ? { kind: "heap text" } : other;
    default:
      return other;
  }
}
