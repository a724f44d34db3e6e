/** What every format of checkpoints is read as: tensors by name, whose values are read when they are asked for. */
import { elementBytes, type StoredType } from "./stored-type.ts";

/** The formats that are read, by the name that commands print. */
export const CHECKPOINT_FORMATS = [
  "safetensors",
  "npz",
  "keras-h5",
  "keras-3",
  "pytorch",
  "tfjs",
  "onnx",
  "tensorflow",
] as const;

export type CheckpointFormat = (typeof CHECKPOINT_FORMATS)[number];

/** A tensor of a checkpoint, not read yet. */
export interface StoredTensor {
  /** As the file has it. */
  readonly name: string;
  /** In the axis order of the file. */
  readonly shape: readonly number[];
  /** Type of the values in the file; they are read as float32. */
  readonly type: StoredType;
  /** Where it lies, for formats that keep a tensor in one piece. */
  readonly place?: { readonly file: string; readonly start: number; readonly end: number };
  /**
   * The values in row-major order, in pieces of at most {@link PIECE_VALUES}. Each call reads anew. Rejects with a
   * CheckpointError for a damaged file.
   */
  read(): AsyncIterable<Float32Array>;
}

export interface Checkpoint {
  readonly format: CheckpointFormat;
  /** For messages: the file as the user named it. */
  readonly name: string;
  /** In the order of the file. */
  readonly tensors: readonly StoredTensor[];
  /** What the file says of itself beside its tensors: framework, version, architecture. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Most values of a piece: 4 MiB of float32. */
export const PIECE_VALUES = 1024 * 1024;

/** Number of values in a tensor of this shape. */
export function valueCount(shape: readonly number[]): number {
  return shape.reduce((count, side) => count * side, 1);
}

/** Bytes of a tensor's values in the file, unpacked. */
export function storedBytes({ shape, type }: Pick<StoredTensor, "shape" | "type">): number {
  return valueCount(shape) * elementBytes(type);
}

/** All values of a tensor in one array. */
export async function readValues(
  tensor: Pick<StoredTensor, "read" | "shape">,
): Promise<Float32Array> {
  const values = new Float32Array(valueCount(tensor.shape));
  let filled = 0;
  for await (const piece of tensor.read()) {
    values.set(piece, filled);
    filled += piece.length;
  }
  return values;
}
