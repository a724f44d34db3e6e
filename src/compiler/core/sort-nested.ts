/** Sorts rows of a nested list; each row stays under its parent. */

/** Sorts rows of the same level that have the same row above them; equal ones keep their order. */
export function sortNested<Row>(
  rows: readonly Row[],
  levelOf: (row: Row) => number,
  compare: (a: Row, b: Row) => number,
): readonly Row[] {
  const families: { readonly head: Row; readonly below: Row[] }[] = [];
  const top = Math.min(...rows.map(levelOf));
  for (const row of rows) {
    const family = families.at(-1);
    if (family && levelOf(row) > top) family.below.push(row);
    else families.push({ head: row, below: [] });
  }
  return families
    .sort((a, b) => compare(a.head, b.head))
    .flatMap(({ head, below }) => [head, ...sortNested(below, levelOf, compare)]);
}
