/** Sorts the rows of a report by name or count; blocks stay inside the block that contains them. */
import { sortNested } from "../../compiler/core/sort-nested.ts";
import type { NetworkReport, PartCost } from "../../compiler/index.ts";

/** What rows can be sorted by; counts with the largest first. */
export type SortKey = "order" | "name" | "params" | "macs" | "flops" | "memory";

/** The keys of counts, and the field of a row that each is. */
export const SORTED_COUNTS = {
  params: "params",
  macs: "macs",
  flops: "flops",
  memory: "activations",
} as const satisfies Partial<Record<SortKey, keyof PartCost>>;

/** The report with its rows sorted; `order` is that of the text. Blocks are sorted within the block that they are part of. */
export function sortReport(report: NetworkReport, sort: SortKey): NetworkReport {
  if (sort === "order") return report;
  const { modules, layers, operators } = report;
  return {
    ...report,
    modules: sortNested(
      modules,
      ({ level }) => level,
      compareBy(sort, ({ path }) => path),
    ),
    ...(layers && { layers: layers.toSorted(compareBy(sort, ({ path }) => path)) }),
    ...(operators && {
      operators: operators.toSorted(compareBy(sort, ({ operator }) => operator)),
    }),
  };
}

function compareBy<Row extends PartCost>(
  sort: Exclude<SortKey, "order">,
  nameOf: (row: Row) => string,
): (a: Row, b: Row) => number {
  if (sort === "name") return (a, b) => compareNames(nameOf(a), nameOf(b));
  const key = SORTED_COUNTS[sort];
  return (a, b) => b[key] - a[key];
}

/** Numbers in names count as numbers: `conv_2` comes before `conv_10`, in every locale. */
const NAMES = new Intl.Collator("en", { numeric: true });

function compareNames(a: string, b: string): number {
  return NAMES.compare(a, b);
}
