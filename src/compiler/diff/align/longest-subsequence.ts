/** Longest common subsequence of two lists of keys, with a bound on the work. */

/** Places in both lists, ascending in both. */
export type Anchors = readonly (readonly [base: number, head: number])[];

export interface Subsequence {
  readonly anchors: Anchors;
  /** Whether it is the longest; if the work would exceed the bound, it is only a good one. */
  readonly isLongest: boolean;
}

/** Keys that are `undefined` match nothing. */
export type Keys = readonly (string | number | undefined)[];

/**
 * Myers' greedy algorithm, O((N + M) · D) where D is the number of keys that are not common. Where D would pass
 * `maxDifferences`, keys that are unique on both sides are matched, and what lies between them in order.
 */
export function longestCommonSubsequence(
  base: Keys,
  head: Keys,
  maxDifferences: number,
): Subsequence {
  const isSame = (b: number, h: number): boolean => base[b] !== undefined && base[b] === head[h];
  let start = 0;
  while (start < base.length && start < head.length && isSame(start, start)) start++;
  let end = 0;
  while (
    end < base.length - start &&
    end < head.length - start &&
    isSame(base.length - 1 - end, head.length - 1 - end)
  ) {
    end++;
  }
  const inner = { start, baseEnd: base.length - end, headEnd: head.length - end };
  const longest = greedy(inner, isSame, maxDifferences);
  const middle = longest ?? uniqueAnchors(base, head, inner);
  const anchors: (readonly [number, number])[] = [];
  for (let index = 0; index < start; index++) anchors.push([index, index]);
  anchors.push(...middle);
  for (let index = end; index > 0; index--) {
    anchors.push([base.length - index, head.length - index]);
  }
  return { anchors, isLongest: longest !== undefined };
}

interface Range {
  readonly start: number;
  readonly baseEnd: number;
  readonly headEnd: number;
}

function greedy(
  range: Range,
  isSame: (b: number, h: number) => boolean,
  maxDifferences: number,
): Anchors | undefined {
  const { start, baseEnd, headEnd } = range;
  const rows = baseEnd - start;
  const columns = headEnd - start;
  if (rows === 0 || columns === 0) return [];
  const limit = Math.min(rows + columns, maxDifferences);
  // reached[k + limit] is how far the best path on diagonal k has come in base.
  const reached = new Int32Array(2 * limit + 3);
  const history: Int32Array[] = [];
  for (let differences = 0; differences <= limit; differences++) {
    history.push(reached.slice(limit - differences, limit + differences + 3));
    for (let k = -differences; k <= differences; k += 2) {
      const below = reached[k + limit] ?? 0;
      const above = reached[k + limit + 2] ?? 0;
      let b = isDown(k, differences, below, above) ? above : below + 1;
      while (b < rows && b - k < columns && isSame(start + b, start + b - k)) b++;
      reached[k + limit + 1] = b;
      if (b >= rows && b - k >= columns) return traceBack(history, range);
    }
  }
  return undefined;
}

/** Row d of `history` holds the diagonals -d-1 … d+1 as they were before step d. */
function traceBack(history: readonly Int32Array[], { start, baseEnd, headEnd }: Range): Anchors {
  const anchors: (readonly [number, number])[] = [];
  let b = baseEnd - start;
  let h = headEnd - start;
  for (let differences = history.length - 1; differences >= 0; differences--) {
    const row = history[differences];
    const k = b - h;
    const reachedOn = (diagonal: number): number => row?.[diagonal + differences + 1] ?? 0;
    const goesDown = isDown(k, differences, reachedOn(k - 1), reachedOn(k + 1));
    const former = goesDown ? k + 1 : k - 1;
    const formerBase = reachedOn(former);
    const afterStep = differences === 0 ? 0 : formerBase + (goesDown ? 0 : 1);
    while (b > afterStep) {
      b--;
      anchors.push([start + b, start + b - k]);
    }
    b = formerBase;
    h = formerBase - former;
  }
  return anchors.reverse();
}

/** Whether the best path onto diagonal k skips a key of head, rather than one of base. */
function isDown(k: number, differences: number, below: number, above: number): boolean {
  return k === -differences || (k !== differences && below < above);
}

/** Keys that occur once on either side, in the longest run that ascends in both, and equal neighbours of each. */
function uniqueAnchors(base: Keys, head: Keys, { start, baseEnd, headEnd }: Range): Anchors {
  const baseAt = placesOfUnique(base, start, baseEnd);
  const headAt = placesOfUnique(head, start, headEnd);
  const common: (readonly [number, number])[] = [];
  for (const [key, b] of baseAt) {
    const h = headAt.get(key);
    if (b !== undefined && h !== undefined) common.push([b, h]);
  }
  const anchors: (readonly [number, number])[] = [];
  let b = start;
  let h = start;
  for (const [nextBase, nextHead] of [...longestAscent(common), [baseEnd, headEnd] as const]) {
    while (b < nextBase && h < nextHead && base[b] !== undefined && base[b] === head[h]) {
      anchors.push([b++, h++]);
    }
    if (nextBase < baseEnd) anchors.push([nextBase, nextHead]);
    b = nextBase + 1;
    h = nextHead + 1;
  }
  return anchors;
}

function placesOfUnique(
  keys: Keys,
  start: number,
  end: number,
): ReadonlyMap<string | number, number | undefined> {
  const places = new Map<string | number, number | undefined>();
  for (let index = start; index < end; index++) {
    const key = keys[index];
    if (key !== undefined) places.set(key, places.has(key) ? undefined : index);
  }
  return places;
}

/** Of pairs that ascend in base, the most that ascend in head too (patience sorting). */
function longestAscent(pairs: Anchors): Anchors {
  const tops: number[] = [];
  const before: number[] = [];
  pairs.forEach(([, h], index) => {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tops[middle] ?? 0]?.[1] ?? 0) < h) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? (tops[low - 1] ?? -1) : -1;
    tops[low] = index;
  });
  const ascent: (readonly [number, number])[] = [];
  for (let at = tops.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) {
    const pair = pairs[at];
    if (pair) ascent.push(pair);
  }
  return ascent.reverse();
}
