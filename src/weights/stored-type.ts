/** The types of numbers that checkpoints hold, and how their bytes become float32. All are little-endian. */

interface TypeFacts {
  readonly bytes: number;
  /** Value number `index` of a view. */
  readonly value: (view: DataView, offset: number) => number;
}

const TYPES = {
  float64: { bytes: 8, value: (view, offset) => view.getFloat64(offset, true) },
  float32: { bytes: 4, value: (view, offset) => view.getFloat32(offset, true) },
  float16: { bytes: 2, value: (view, offset) => halfToNumber(view.getUint16(offset, true)) },
  bfloat16: { bytes: 2, value: (view, offset) => bfloatToNumber(view.getUint16(offset, true)) },
  int64: { bytes: 8, value: (view, offset) => Number(view.getBigInt64(offset, true)) },
  uint64: { bytes: 8, value: (view, offset) => Number(view.getBigUint64(offset, true)) },
  int32: { bytes: 4, value: (view, offset) => view.getInt32(offset, true) },
  uint32: { bytes: 4, value: (view, offset) => view.getUint32(offset, true) },
  int16: { bytes: 2, value: (view, offset) => view.getInt16(offset, true) },
  uint16: { bytes: 2, value: (view, offset) => view.getUint16(offset, true) },
  int8: { bytes: 1, value: (view, offset) => view.getInt8(offset) },
  uint8: { bytes: 1, value: (view, offset) => view.getUint8(offset) },
  bool: { bytes: 1, value: (view, offset) => (view.getUint8(offset) === 0 ? 0 : 1) },
} as const satisfies Readonly<Record<string, TypeFacts>>;

export type StoredType = keyof typeof TYPES;

export const STORED_TYPES = Object.keys(TYPES) as readonly StoredType[];

/** Bytes of one value. */
export function elementBytes(type: StoredType): number {
  return TYPES[type].bytes;
}

/** Values as float32; float64 and large integers are rounded. Bytes behind the last whole value are left out. */
export function decodeValues(type: StoredType, bytes: Uint8Array): Float32Array {
  const { bytes: size, value } = TYPES[type];
  const count = Math.floor(bytes.length / size);
  if (type === "float32" && IS_LITTLE_ENDIAN) {
    // A copy: the bytes may lie at an address that float32 cannot start at.
    return new Float32Array(new Uint8Array(bytes.subarray(0, count * size)).buffer);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: count }, (_, index) => value(view, index * size));
}

/** A copy of the bytes with those of each value in reverse, as machines of the other byte order store them. */
export function swapByteOrder(bytes: Uint8Array, size: number): Uint8Array {
  const swapped = new Uint8Array(bytes.length - (bytes.length % size));
  for (let at = 0; at < swapped.length; at += size) {
    for (let byte = 0; byte < size; byte += 1) {
      swapped[at + byte] = bytes[at + size - 1 - byte] ?? 0;
    }
  }
  return swapped;
}

const IS_LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** IEEE 754 binary16: 1 sign, 5 exponent and 10 fraction bits. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const scratch = new DataView(new ArrayBuffer(4));

/** The upper half of a float32. */
function bfloatToNumber(bits: number): number {
  scratch.setUint32(0, bits << 16);
  return scratch.getFloat32(0);
}

/** The types that checkpoints are written in. */
export type WrittenType = "float32" | "float16";

/** Values as bytes; float16 rounds to the nearest, ties to even. */
export function encodeValues(type: WrittenType, values: Float32Array): Uint8Array {
  if (type === "float32" && IS_LITTLE_ENDIAN) {
    return new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
  }
  const bytes = new Uint8Array(values.length * elementBytes(type));
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => {
    if (type === "float32") view.setFloat32(index * 4, value, true);
    else view.setUint16(index * 2, numberToHalf(value), true);
  });
  return bytes;
}

/** The nearest binary16, ties to even; what is too large becomes infinity. */
function numberToHalf(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size >= 65520) return sign | 0x7c00;
  const exponent = size < 2 ** -14 ? -14 : Math.floor(Math.log2(size));
  // Subnormal numbers have the steps of the smallest exponent; rounding up may carry into the next one, as bits do.
  const steps = roundToEven(size / 2 ** (exponent - 10));
  return sign | (size < 2 ** -14 ? steps : ((exponent + 14) << 10) + steps);
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
