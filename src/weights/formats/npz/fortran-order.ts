/** Gives the values of a tensor in row-major order when they are stored with the first axis varying fastest. */
import { PIECE_VALUES, valueCount } from "../../checkpoint.ts";

/**
 * Most values that are held at a time: 64 MiB. A larger tensor is read once for each block of this size, so that memory
 * does not grow with what an archive unpacks to.
 */
const BLOCK_VALUES = 16 * PIECE_VALUES;

export async function* fromFortranOrder(
  shape: readonly number[],
  read: () => AsyncIterable<Float32Array>,
  blockValues: number = BLOCK_VALUES,
): AsyncGenerator<Float32Array, undefined> {
  if (shape.filter((side) => side !== 1).length <= 1) {
    yield* read();
    return;
  }
  const count = valueCount(shape);
  for (let from = 0; from < count; from += blockValues) {
    const block = new Float32Array(Math.min(blockValues, count - from));
    const next = rowMajorPositions(shape);
    for await (const piece of read()) {
      for (const value of piece) {
        const at = next() - from;
        if (at >= 0 && at < block.length) block[at] = value;
      }
    }
    for (let at = 0; at < block.length; at += PIECE_VALUES) {
      yield block.subarray(at, at + PIECE_VALUES);
    }
  }
}

/** Row-major position of each stored value in turn. */
function rowMajorPositions(shape: readonly number[]): () => number {
  const strides = shape.map((_, axis) => valueCount(shape.slice(axis + 1)));
  const index = shape.map(() => 0);
  let next = 0;
  return () => {
    const position = next;
    for (let axis = 0; axis < shape.length; axis += 1) {
      const [side = 1, stride = 0, at = 0] = [shape[axis], strides[axis], index[axis]];
      next += stride;
      if (at + 1 < side) {
        index[axis] = at + 1;
        return position;
      }
      next -= stride * side;
      index[axis] = 0;
    }
    return position;
  };
}
