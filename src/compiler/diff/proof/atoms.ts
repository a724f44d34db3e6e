/**
 * Numbers what is computed channel by channel, so that equal numbers mean equal tensors: sums and products of any nesting and order
 * of terms, activations that change nothing, and pools that may change places with an activation.
 */
import type { ActivationName } from "../../ir/attributes.ts";
import type { Run } from "./channel-runs.ts";

/** A channel of an atom among the terms of a sum or the factors of a product, relative to the channel that is asked for. */
interface Term {
  readonly atom: number;
  readonly start: number;
  /** What the term is multiplied by. */
  readonly scale: number;
  /** Whether the one channel stands for all. */
  readonly isFixed: boolean;
}

interface Atom {
  readonly terms?: readonly Term[];
  readonly factors?: readonly Term[];
  /** An activation of another atom. */
  readonly activation?: {
    readonly act: ActivationName;
    readonly slope: number;
    readonly of: number;
  };
  readonly isNonNegative: boolean;
}

export interface Atoms {
  /** What is told by a text alone. */
  named(key: string, isNonNegative?: boolean): number;
  /** A function of one channel, or of one feature map. */
  apply(key: string, of: number): number;
  activate(act: ActivationName, slope: number, of: number): number;
  pool(key: string, of: number): number;
  /** Terms and where they start. */
  add(terms: readonly Run[]): Omit<Run, "count">;
  scale(of: Omit<Run, "count">, scale: number): Omit<Run, "count">;
  /** `isFixed` says which factors are one channel for all. */
  multiply(factors: readonly Run[], isFixed: readonly boolean[]): Omit<Run, "count">;
  /** Says that something is told by less than what it computes, because the whole would have cost too much. */
  giveUp(): void;
  /** Whether that was said, here or of sums within sums. */
  readonly isIncomplete: () => boolean;
}

/** Terms of sums within sums that are listed in all. */
const MOST_TERMS = 1_000_000;

/** Functions that never decrease, so that they may come after a maximum as well as before it. */
const INCREASING: ReadonlySet<ActivationName> = new Set([
  "relu",
  "relu6",
  "leaky_relu",
  "elu",
  "sigmoid",
  "tanh",
  "hard_sigmoid",
]);

/** Functions that leave a number as it is unless it is negative. */
const KEEPS_POSITIVE: ReadonlySet<ActivationName> = new Set(["relu", "leaky_relu", "elu"]);

const NEVER_NEGATIVE: ReadonlySet<ActivationName> = new Set([
  "relu",
  "relu6",
  "sigmoid",
  "hard_sigmoid",
  "softmax",
]);

export function createAtoms(): Atoms {
  const numbers = new Map<string, number>();
  const atoms: Atom[] = [];
  let listed = 0;
  let isIncomplete = false;

  const intern = (key: string, atom: () => Atom): number => {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, atoms.length);
    atoms.push(atom());
    return atoms.length - 1;
  };
  const isNonNegative = (atom: number): boolean => atoms[atom]?.isNonNegative === true;
  const named = (key: string, isPositive = false): number =>
    intern(key, () => ({ isNonNegative: isPositive }));

  /** The parts of a sum or product that is a part itself, as parts of what is around it. */
  const open = (
    { atom, start, scale, isFixed }: Term,
    of: "terms" | "factors",
  ): readonly Term[] | undefined => {
    const inner = atoms[atom]?.[of];
    if (!inner) return undefined;
    if (listed + inner.length > MOST_TERMS) {
      isIncomplete = true;
      return undefined;
    }
    listed += inner.length;
    return inner.map((part) => ({
      ...part,
      start: part.isFixed ? part.start : part.start + start,
      scale: part.scale * scale,
      isFixed: part.isFixed || isFixed,
    }));
  };
  const add = (parts: readonly Term[]): Omit<Run, "count"> => {
    const terms = new Map<string, Term>();
    for (const part of parts.flatMap((term) => open(term, "terms") ?? [term])) {
      const key = `${part.atom}:${part.start}`;
      const scale = (terms.get(key)?.scale ?? 0) + part.scale;
      terms.set(key, { ...part, scale: Number(scale.toPrecision(DIGITS)) });
    }
    const sorted = sortTerms([...terms.values()].filter(({ scale }) => scale !== 0));
    const [first] = sorted;
    if (!first) return { atom: named("zero", true), start: 0 };
    if (sorted.length === 1 && first.scale === 1) return first;
    const { start } = first;
    const own = sorted.map((term) => ({ ...term, start: term.start - start }));
    const key = own.map((term) => `${term.atom}:${term.start}*${term.scale}`).join();
    return {
      start,
      atom: intern(`sum ${key}`, () => ({
        terms: own,
        isNonNegative: own.every((term) => term.scale > 0 && isNonNegative(term.atom)),
      })),
    };
  };
  const activate = (act: ActivationName, slope: number, of: number): number => {
    const inner = atoms[of];
    if (KEEPS_POSITIVE.has(act) && inner?.isNonNegative) return of;
    const before = inner?.activation;
    if (act === "relu6" && before?.act === "relu6") return of;
    // What is cut off at 0 once more.
    const source = act === "relu6" && before?.act === "relu" ? before.of : of;
    return intern(`${act} ${slope} ${source}`, () => ({
      activation: { act, slope, of: source },
      isNonNegative: NEVER_NEGATIVE.has(act),
    }));
  };
  const apply = (key: string, of: number): number =>
    intern(`${key} ${of}`, () => ({ isNonNegative: isNonNegative(of) }));
  const pool = (key: string, of: number): number => {
    const before = atoms[of]?.activation;
    return before && INCREASING.has(before.act)
      ? activate(before.act, before.slope, pool(key, before.of))
      : apply(key, of);
  };

  return {
    named,
    apply,
    activate,
    pool,
    add: (terms) => add(terms.map((term) => ({ ...term, scale: 1, isFixed: false }))),
    scale: (of, scale) => add([{ ...of, scale, isFixed: false }]),
    multiply: (factors, isFixed) => {
      const sorted = sortTerms(
        factors
          .map((factor, index): Term => ({ ...factor, scale: 1, isFixed: isFixed[index] === true }))
          .flatMap((factor) => open(factor, "factors") ?? [factor]),
      );
      const start = sorted.find((factor) => !factor.isFixed)?.start ?? 0;
      const own = sorted.map((factor) => ({
        ...factor,
        start: factor.isFixed ? factor.start : factor.start - start,
      }));
      const key = own.map((one) => `${one.atom}${one.isFixed ? "=" : ":"}${one.start}`).join();
      return {
        start,
        atom: intern(`product ${key}`, () => ({
          factors: own,
          isNonNegative: own.every((factor) => isNonNegative(factor.atom)),
        })),
      };
    },
    giveUp: () => {
      isIncomplete = true;
    },
    isIncomplete: () => isIncomplete,
  };
}

/** Sums of scales are the same in any order up to these. */
const DIGITS = 12;

function sortTerms(terms: readonly Term[]): readonly Term[] {
  return terms.toSorted(
    (a, b) => a.atom - b.atom || Number(a.isFixed) - Number(b.isFixed) || a.start - b.start,
  );
}
