/** Parses and checks limits on the cost of head: an absolute number (`13G`) or a growth over base (`+2%`, `+1M`). */
import type { CountDelta } from "../../compiler/index.ts";

export interface CostLimit {
  /** As it was written. */
  readonly text: string;
  /** The most that head may have; `undefined` where base is not counted. */
  readonly most: (base: number | null) => number | undefined;
}

const FACTORS: Readonly<Record<string, number>> = { "": 1, K: 1e3, M: 1e6, G: 1e9, T: 1e12 };

/** `undefined` for what is not a limit. */
export function parseCostLimit(text: string): CostLimit | undefined {
  const parts = /^(\+?)(\d{1,15}(?:\.\d{1,9})?)(%|[KMGT]?)$/.exec(text);
  if (!parts) return undefined;
  const [, plus, digits, unit = ""] = parts;
  const number = Number(digits);
  if (unit === "%") {
    if (plus === "") return undefined;
    return { text, most: (base) => (base === null ? undefined : base * (1 + number / 100)) };
  }
  const count = number * (FACTORS[unit] ?? 1);
  if (plus === "") return { text, most: () => count };
  return { text, most: (base) => (base === null ? undefined : base + count) };
}

/** Whether the limit is met. An unknown count meets no limit. */
export function keepsLimit({ most }: CostLimit, { base, head }: CountDelta): boolean {
  const bound = most(base);
  return head !== null && bound !== undefined && head <= bound;
}
