/**
 * The channels of a tensor as runs of channels of atoms: tensors that are equal have equal runs, and one that holds the same
 * channels in another order has the same runs in another order. Joining, dealing out and shuffling channels only moves runs.
 */
import { type ChannelOrder, SAME, toOrder } from "../weights/channel-order.ts";

/** Neighbouring channels of one atom. */
export interface Run {
  readonly atom: number;
  readonly start: number;
  readonly count: number;
}

/** Never two runs where one would do. */
export type Runs = readonly Run[];

export function widthOfRuns(runs: Runs): number {
  return runs.reduce((all, { count }) => all + count, 0);
}

/** One after another; runs that go on where another ends become one. */
export function joinRuns(parts: Iterable<Run>): Runs {
  const runs: Run[] = [];
  for (const { atom, start, count } of parts) {
    const last = runs.at(-1);
    if (last && last.atom === atom && last.start + last.count === start) {
      runs[runs.length - 1] = { ...last, count: last.count + count };
    } else if (count > 0) runs.push({ atom, start, count });
  }
  return runs;
}

/** `count` channels from the one at `start` on. */
export function sliceRuns(runs: Runs, start: number, count: number): Runs {
  const parts: Run[] = [];
  let at = 0;
  for (const run of runs) {
    const from = Math.max(start, at);
    const to = Math.min(start + count, at + run.count);
    if (from < to) parts.push({ ...run, start: run.start + from - at, count: to - from });
    at += run.count;
  }
  return joinRuns(parts);
}

/** Channel i of the result is channel `sourceOf[i]`. */
export function gatherRuns(runs: Runs, sourceOf: ArrayLike<number>): Runs {
  const channels = toChannels(runs);
  return joinRuns(Array.from(sourceOf, (source) => channels[source] ?? { ...NONE }));
}

const NONE: Run = { atom: -1, start: 0, count: 1 };

/** The channels of head in the order that they have, from those of base. */
export function orderRuns(base: Runs, order: ChannelOrder): Runs {
  return order.kind === "permuted" ? gatherRuns(base, order.baseOf) : base;
}

function toChannels(runs: Runs): readonly Run[] {
  return runs.flatMap(({ atom, start, count }) =>
    Array.from({ length: count }, (_, index) => ({ atom, start: start + index, count: 1 })),
  );
}

/** All tensors cut into the same pieces, each of which is one run of every tensor. */
export function* piecesOf(
  tensors: readonly Runs[],
): Generator<{ readonly starts: readonly Run[]; readonly count: number }> {
  const places = tensors.map(() => ({ index: 0, used: 0 }));
  for (;;) {
    const starts: Run[] = [];
    let count = Number.POSITIVE_INFINITY;
    for (const [index, place] of places.entries()) {
      const run = tensors[index]?.[place.index];
      if (!run) return;
      starts.push({ ...run, start: run.start + place.used });
      count = Math.min(count, run.count - place.used);
    }
    yield { starts, count };
    for (const [index, place] of places.entries()) {
      place.used += count;
      if (place.used < (tensors[index]?.[place.index]?.count ?? 0)) continue;
      place.index++;
      place.used = 0;
    }
  }
}

export function isSameRuns(one: Runs, other: Runs): boolean {
  return (
    one === other ||
    (one.length === other.length &&
      one.every((run, index) => {
        const { atom, start, count } = other[index] ?? NONE;
        return run.atom === atom && run.start === start && run.count === count;
      }))
  );
}

/** The same runs in an order that does not depend on where they stand; their text tells tensors apart up to that order. */
export function sortRuns(runs: Runs): Runs {
  return joinRuns(runs.toSorted((a, b) => a.atom - b.atom || a.start - b.start));
}

export function writeRuns(runs: Runs): string {
  return runs.map(({ atom, start, count }) => `${atom}:${start}+${count}`).join();
}

/** For each channel of head the equal one of base; `undefined` where they do not hold the same channels. */
export function orderBetween(base: Runs, head: Runs): ChannelOrder | undefined {
  if (isSameRuns(base, head)) return SAME;
  if (widthOfRuns(base) !== widthOfRuns(head)) return undefined;
  const places = new Map<string, number[]>();
  toChannels(base).forEach(({ atom, start }, index) => {
    const key = `${atom}:${start}`;
    const known = places.get(key);
    if (known) known.push(index);
    else places.set(key, [index]);
  });
  const baseOf = new Int32Array(widthOfRuns(head));
  for (const [index, { atom, start }] of toChannels(head).entries()) {
    const place = places.get(`${atom}:${start}`)?.shift();
    if (place === undefined) return undefined;
    baseOf[index] = place;
  }
  return toOrder(baseOf);
}

/** Whether two tensors are made of the same atoms, with more or fewer channels of each. */
export function isSameButForWidth(one: Runs, other: Runs): boolean {
  const atomsOf = (runs: Runs): string =>
    [...new Set(runs.map(({ atom }) => atom))].toSorted((a, b) => a - b).join();
  return atomsOf(one) === atomsOf(other);
}
