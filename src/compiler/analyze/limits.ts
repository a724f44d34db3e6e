/** Owns how much the compiler takes on; every limit is an option, and passing one is an error that names it. */

export interface Limits {
  /** Longest file in characters. */
  readonly fileCharacters: number;
  /** Most files of one program. */
  readonly files: number;
  /** Deepest nesting of brackets in a file. */
  readonly nesting: number;
  /** Deepest nesting of blocks and modules in a network. */
  readonly depth: number;
  /** Most layers of one network. */
  readonly layers: number;
}

export const DEFAULT_LIMITS: Limits = {
  fileCharacters: 2_000_000,
  files: 1000,
  nesting: 100,
  depth: 200,
  layers: 200_000,
};
