/** Folds the paths of equal parts in a repeat's instances into one pattern: `a.*.conv`, `a.{0-4,7}.conv`. */

export interface FoldedPath {
  readonly path: string;
  readonly times: number;
}

/** All paths must fit the pattern, in which `*` is the number of an instance; `isAll` says that there are no others. */
export function foldPaths(
  paths: readonly string[],
  pattern: string,
  isAll: boolean,
): readonly FoldedPath[] {
  const [first] = paths;
  if (first === undefined) return [];
  if (paths.length === 1 || paths.every((path) => path === first)) {
    return [{ path: first, times: paths.length }];
  }
  if (isAll) return [{ path: pattern, times: paths.length }];
  const segments = pattern.split(".");
  const wildcards = segments.flatMap((segment, index) => (segment === "*" ? [index] : []));
  const numbers = wildcards.map(
    (index) => new Set(paths.map((path) => Number(path.split(".")[index]))),
  );
  // Ranges are exact only if every combination of numbers occurs.
  const combinations = numbers.reduce((all, { size }) => all * size, 1);
  if (combinations !== paths.length) return paths.map((path) => ({ path, times: 1 }));
  wildcards.forEach((index, place) => {
    segments[index] = formatNumbers([...(numbers[place] ?? [])]);
  });
  return [{ path: segments.join("."), times: paths.length }];
}

/** `3`, `{0-4}`, `{0-4,7}`. */
function formatNumbers(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else ranges.push([number, number]);
  }
  const texts = ranges.map(([start, end]) => (start === end ? String(start) : `${start}-${end}`));
  return numbers.length === 1 ? (texts[0] ?? "") : `{${texts.join(",")}}`;
}
