/**
 * Limits on the size of the compiler's input and of its work; exceeding one is an error that names the option to raise
 * it.
 */

export interface Limits {
  /** Most characters of a program's files together. */
  readonly characters: number;
  /** Most files of a program. */
  readonly files: number;
  /** Deepest nesting of brackets in a file. */
  readonly nesting: number;
  /** Deepest nesting of blocks and modules in a network. */
  readonly depth: number;
  /** Most layers of a network. */
  readonly layers: number;
}

export type LimitName = keyof Limits;

export const LIMIT_NAMES: readonly LimitName[] = [
  "characters",
  "files",
  "nesting",
  "depth",
  "layers",
];

/** The limits that hold unless options say otherwise. */
export const DEFAULT_LIMITS: Limits = {
  characters: 500_000,
  files: 1000,
  nesting: 100,
  depth: 200,
  layers: 50_000,
};

/** What limits can be raised to: past these, memory or the engine's stack would end before the limit is met. */
export const HIGHEST_LIMITS: Limits = {
  characters: 16_000_000,
  files: 100_000,
  nesting: 150,
  depth: 250,
  layers: 1_000_000,
};

/** The limits in force: those that are given, no higher than {@link HIGHEST_LIMITS}, and the defaults of the others. */
export function limitsWith(given: Partial<Limits> = {}): Limits {
  const wanted = { ...DEFAULT_LIMITS, ...given };
  const atMost = (name: LimitName): number => Math.min(wanted[name], HIGHEST_LIMITS[name]);
  return {
    characters: atMost("characters"),
    files: atMost("files"),
    nesting: atMost("nesting"),
    depth: atMost("depth"),
    layers: atMost("layers"),
  };
}

/** What to do about an exceeded limit: `advice`, or the option that allows twice as much, unless none does. */
export function orRaise(advice: string, name: LimitName, limit: number): string {
  const raised = Math.min(2 * limit, HIGHEST_LIMITS[name]);
  return raised > limit ? `${advice}, or raise the limit: \`--limit ${name}=${raised}\`` : advice;
}
