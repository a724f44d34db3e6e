/** Gives the values of a tensor in row-major order from a storage in which its axes have any steps. */
import { PIECE_VALUES, valueCount } from "../../checkpoint.ts";

export interface Strided {
  readonly shape: readonly number[];
  /** Steps in values of each axis. */
  readonly strides: readonly number[];
}

/** Values from the first to behind the last that a tensor has; 0 for a tensor of none. */
export function spanOf({ shape, strides }: Strided): number {
  if (shape.includes(0)) return 0;
  return shape.reduce((last, side, axis) => last + (side - 1) * (strides[axis] ?? 0), 0) + 1;
}

/** Whether the values lie in row-major order without gaps. */
export function isRowMajor({ shape, strides }: Strided): boolean {
  return (
    shape.includes(0) ||
    shape.every((side, axis) => side === 1 || strides[axis] === valueCount(shape.slice(axis + 1)))
  );
}

/** The values at their places of `stored`, in pieces. */
export function* gather(
  { shape, strides }: Strided,
  stored: Float32Array,
): Generator<Float32Array, undefined> {
  const index = shape.map(() => 0);
  const count = valueCount(shape);
  let at = 0;
  for (let from = 0; from < count; from += PIECE_VALUES) {
    const piece = new Float32Array(Math.min(PIECE_VALUES, count - from));
    for (let place = 0; place < piece.length; place += 1) {
      piece[place] = stored[at] ?? 0;
      for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
        const [side = 1, stride = 0, now = 0] = [shape[axis], strides[axis], index[axis]];
        if (now + 1 < side) {
          index[axis] = now + 1;
          at += stride;
          break;
        }
        index[axis] = 0;
        at -= stride * (side - 1);
      }
    }
    yield piece;
  }
}
