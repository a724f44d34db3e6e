/**
 * Checks that a shape has four dimensions and returns it as a tuple, since tfjs types shapes as lists of any length.
 */

/** The four sizes of `shape`. */
export function fourDimensions(shape: readonly number[]): [number, number, number, number] {
  const [first, second, third, fourth] = shape;
  if (
    first === undefined ||
    second === undefined ||
    third === undefined ||
    fourth === undefined ||
    shape.length !== 4
  ) {
    throw new Error(`expected four dimensions, not [${shape.join(", ")}]`);
  }
  return [first, second, third, fourth];
}
