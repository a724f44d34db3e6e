/** Finds the known names nearest to a misspelt one, by edit distance, for "did you mean". */

/**
 * The candidates nearest to `name`, best first, at most `limit`.
 * A candidate counts when its edit distance is at most a third of the longer name's length (case is free).
 */
export function suggest(name: string, candidates: Iterable<string>, limit = 3): readonly string[] {
  const wanted = name.slice(0, 64).toLowerCase();
  const found: { readonly candidate: string; readonly distance: number }[] = [];
  for (const candidate of new Set(candidates)) {
    if (candidate === name || candidate.length > 64) continue;
    const length = Math.max(wanted.length, candidate.length);
    // Between names of one or two letters, every other letter would be near.
    const bound = Math.max(length > 2 ? 1 : 0, Math.floor(length / 3));
    const distance = editDistance(wanted, candidate.toLowerCase(), bound);
    if (distance <= bound) found.push({ candidate, distance });
  }
  found.sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1));
  return found.slice(0, limit).map((entry) => entry.candidate);
}

/** Optimal string alignment distance (insert, delete, replace, swap neighbours); above `bound` any larger number. */
export function editDistance(a: string, b: string, bound: number): number {
  if (Math.abs(a.length - b.length) > bound) return bound + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
