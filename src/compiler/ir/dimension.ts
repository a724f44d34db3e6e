/**
 * Dimensions and shapes, and their three-valued comparison.
 *
 * A dimension is a known number, a symbol (`H`, `ceil(H / 2)`: the same text is the same size), or unknown: the result
 * of an error that was already reported, or of arithmetic that symbols do not support.
 */

export const UNKNOWN = "?";

/** A positive integer, the text of a symbolic size, or `UNKNOWN`. */
export type Dimension = number | string;

/** Channels last, without the batch: `[H, W, C]` for a feature map, `[C]` for a vector. */
export type Shape = readonly Dimension[];

export type Comparison = "equal" | "different" | "unknown";

const MAX_SYMBOL_LENGTH = 64;

export function isKnown(dimension: Dimension): dimension is number {
  return typeof dimension === "number";
}

/** Two different symbols may still be equal at run time, so they compare as unknown. */
export function compareDimensions(a: Dimension, b: Dimension): Comparison {
  if (a === UNKNOWN || b === UNKNOWN) return "unknown";
  if (a === b) return "equal";
  return isKnown(a) && isKnown(b) ? "different" : "unknown";
}

export function compareShapes(a: Shape, b: Shape): Comparison {
  if (a.length !== b.length) return "different";
  let result: Comparison = "equal";
  for (let axis = 0; axis < a.length; axis++) {
    const one = compareDimensions(a[axis] ?? UNKNOWN, b[axis] ?? UNKNOWN);
    if (one === "different") return "different";
    if (one === "unknown") result = "unknown";
  }
  return result;
}

/** Applies `compute` to known dimensions; otherwise names the result by `describe`. */
export function mapDimension(
  dimension: Dimension,
  compute: (size: number) => number,
  describe: (symbol: string) => string,
): Dimension {
  if (isKnown(dimension)) return compute(dimension);
  if (dimension === UNKNOWN) return UNKNOWN;
  const symbol = describe(dimension);
  return symbol.length > MAX_SYMBOL_LENGTH ? UNKNOWN : symbol;
}

export function addDimensions(a: Dimension, b: Dimension): Dimension {
  if (isKnown(a) && isKnown(b)) return a + b;
  if (a === UNKNOWN || b === UNKNOWN) return UNKNOWN;
  const symbol = isKnown(a) ? `${b} + ${a}` : `${a} + ${b}`;
  return symbol.length > MAX_SYMBOL_LENGTH ? UNKNOWN : symbol;
}

/** Number of elements, or `undefined` while a dimension is not a number. */
export function elementCount(shape: Shape): number | undefined {
  let count = 1;
  for (const dimension of shape) {
    if (!isKnown(dimension)) return undefined;
    count *= dimension;
  }
  return count;
}

/** The channel count: the last dimension. */
export function channelsOf(shape: Shape): Dimension {
  return shape[shape.length - 1] ?? UNKNOWN;
}

/** The shape with one of `parts` equal shares of its channels; unknown where they cannot be dealt out equally. */
export function shareOf(shape: Shape, parts: number): Shape {
  const channels = channelsOf(shape);
  const share = isKnown(channels) && channels % parts === 0 ? channels / parts : UNKNOWN;
  return parts === 1 ? shape : [...shape.slice(0, -1), share];
}

/** Whether nothing is known, not even the rank, as after an error. */
export function isUnknownShape(shape: Shape): boolean {
  return shape.every((dimension) => dimension === UNKNOWN);
}
