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

/** Where neighbouring channels of an atom begin. */
export type Place = Omit<Run, "count">;

export interface Atoms {
  /** What is told by a text alone; `isNonNegative` says that no number of it is negative. */
  named(key: string, isNonNegative?: boolean): number;
  isNonNegative(atom: number): boolean;
  /** A linear function of a feature map, the same for every channel, that makes nothing negative. */
  linear(key: string, of: Place): Place;
  activate(act: ActivationName, slope: number, of: Place): Place;
  /** The largest numbers of windows. */
  pool(key: string, of: Place): Place;
  add(terms: readonly Place[]): Place;
  scale(of: Place, scale: number): Place;
  /** `isFixed` says which factors are one channel for all. */
  multiply(factors: readonly Place[], isFixed: readonly boolean[]): Place;
  /** Says that something is told by less than what it computes, because the whole would have cost too much. */
  giveUp(): void;
  /** Whether that was said, here or of sums within sums. */
  readonly isIncomplete: () => boolean;
}

/**
 * Terms of a sum within a sum that are listed with those around it: of a chain of residuals, listing all would take time that grows
 * with the square of their number. The limit is for each sum, so that it is met in the same places of both networks.
 */
const MOST_TERMS = 400;

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

/** Functions of twice as much that are twice as much. */
const PROPORTIONAL: ReadonlySet<ActivationName> = new Set(["relu", "leaky_relu"]);

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
  let isIncomplete = false;

  const intern = (key: string, atom: () => Atom): number => {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, atoms.length);
    atoms.push(atom());
    return atoms.length - 1;
  };
  const isNonNegative = (atom: number): boolean => atoms[atom]?.isNonNegative === true;

  /** The parts of a sum or product that is a part itself, as parts of what is around it. */
  const open = (
    { atom, start, scale, isFixed }: Term,
    of: "terms" | "factors",
  ): readonly Term[] | undefined => {
    const inner = atoms[atom]?.[of];
    if (!inner) return undefined;
    if (inner.length > MOST_TERMS) {
      isIncomplete = true;
      return undefined;
    }
    if (start === 0 && scale === 1 && !isFixed) return inner;
    return inner.map((part) => ({
      atom: part.atom,
      start: part.isFixed ? part.start : part.start + start,
      scale: part.scale * scale,
      isFixed: part.isFixed || isFixed,
    }));
  };
  const add = (parts: readonly Term[]): Place => {
    const terms = mergeTerms(parts.flatMap((term) => open(term, "terms") ?? term));
    const [first] = terms;
    if (!first) return { atom: intern("zero", () => ({ isNonNegative: true })), start: 0 };
    if (terms.length === 1 && first.scale === 1) return { atom: first.atom, start: first.start };
    const { start } = first;
    const own = start === 0 ? terms : terms.map((term) => ({ ...term, start: term.start - start }));
    let key = "sum";
    for (const term of own) key += ` ${term.atom}:${term.start}*${term.scale}`;
    return {
      start,
      atom: intern(key, () => ({
        terms: own,
        isNonNegative: own.every((term) => term.scale > 0 && isNonNegative(term.atom)),
      })),
    };
  };
  /** A function of each term of a sum, and their sum; `undefined` for what is no sum. */
  const distribute = (of: Place, change: (term: Place) => Place): Place | undefined => {
    const terms = open({ ...of, scale: 1, isFixed: false }, "terms");
    return terms && add(terms.map((term) => ({ ...term, ...change(term) })));
  };
  /** The same of what is only larger or smaller than something: `undefined` if it is a sum of several, or turned around. */
  const rescaled = (of: Place, change: (term: Place) => Place): Place | undefined => {
    const [term, ...others] = atoms[of.atom]?.terms ?? [];
    return term && others.length === 0 && term.scale > 0 ? distribute(of, change) : undefined;
  };
  const activate = (act: ActivationName, slope: number, of: Place): Place => {
    const inner = atoms[of.atom];
    if (KEEPS_POSITIVE.has(act) && inner?.isNonNegative) return of;
    const before = inner?.activation;
    if (act === "relu6" && before?.act === "relu6") return of;
    const larger = PROPORTIONAL.has(act)
      ? rescaled(of, (term) => activate(act, slope, term))
      : undefined;
    if (larger) return larger;
    // What is cut off at 0 once more.
    const source = act === "relu6" && before?.act === "relu" ? before.of : of.atom;
    const atom = intern(`${act} ${slope} ${source}`, () => ({
      activation: { act, slope, of: source },
      // None of them makes a number negative that is not.
      isNonNegative: NEVER_NEGATIVE.has(act) || isNonNegative(of.atom),
    }));
    return { atom, start: of.start };
  };
  const apply = (key: string, { atom, start }: Place): Place => ({
    start,
    atom: intern(`${key} ${atom}`, () => ({ isNonNegative: isNonNegative(atom) })),
  });
  const linear = (key: string, of: Place): Place =>
    distribute(of, (term) => linear(key, term)) ?? apply(key, of);
  const pool = (key: string, of: Place): Place => {
    const larger = rescaled(of, (term) => pool(key, term));
    if (larger) return larger;
    const before = atoms[of.atom]?.activation;
    if (!before || !INCREASING.has(before.act)) return apply(key, of);
    return activate(before.act, before.slope, pool(key, { ...of, atom: before.of }));
  };

  return {
    named: (key, isPositive = false) => intern(key, () => ({ isNonNegative: isPositive })),
    isNonNegative,
    linear,
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

/** Terms in order, those of the same channels as one. */
function mergeTerms(terms: readonly Term[]): readonly Term[] {
  const merged: Term[] = [];
  for (const term of sortTerms(terms)) {
    const last = merged.at(-1);
    if (last?.atom !== term.atom || last.start !== term.start) {
      merged.push(term);
      continue;
    }
    const scale = Number((last.scale + term.scale).toPrecision(DIGITS));
    merged[merged.length - 1] = { ...last, scale };
  }
  return merged.some(({ scale }) => scale === 0)
    ? merged.filter(({ scale }) => scale !== 0)
    : merged;
}
