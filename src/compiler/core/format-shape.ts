/** Formats shapes and sizes: with `×` for people, with `x` as the language has it. */

/** `35×35×384`; a symbolic side as its text. */
export function formatShape(shape: readonly (number | string)[]): string {
  return shape.length === 0 ? "scalar" : shape.join("×");
}

/** `35x35x384`, as it is written in a specification. */
export function writeSize(sides: readonly (number | string)[]): string {
  return sides.join("x");
}
