/** Makes the tables of a report's page sortable: a button in each column head, for mouse and keyboard. */
import { sortNested } from "../compiler/core/sort-nested.ts";

type Direction = "ascending" | "descending";

/** Numbers in names count as numbers, as where the command line sorts. */
const NAMES = new Intl.Collator("en", { numeric: true });

for (const table of document.querySelectorAll<HTMLTableElement>("table[data-sortable]")) {
  makeSortable(table);
}

/** A column's button sorts by it, then the other way round, and then brings back the order that the page came in. */
function makeSortable(table: HTMLTableElement): void {
  const body = table.tBodies[0];
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  if (!body) return;
  const asItCame = [...body.rows];
  heads.forEach((head, column) => {
    const button = head.querySelector("button");
    button?.addEventListener("click", () => {
      const direction = nextDirection(
        head.getAttribute("aria-sort"),
        button.dataset.first === "descending",
      );
      for (const other of heads) {
        if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none");
      }
      head.setAttribute("aria-sort", direction ?? "none");
      body.append(...(direction ? sortRows(asItCame, column, direction) : asItCame));
    });
  });
}

function nextDirection(now: string | null, isDescendingFirst: boolean): Direction | undefined {
  const [first, second]: readonly Direction[] = isDescendingFirst
    ? ["descending", "ascending"]
    : ["ascending", "descending"];
  if (now === first) return second;
  return now === second ? undefined : first;
}

function sortRows(
  rows: readonly HTMLTableRowElement[],
  column: number,
  direction: Direction,
): readonly HTMLTableRowElement[] {
  const sign = direction === "ascending" ? 1 : -1;
  return sortNested(
    rows,
    (row) => Number(row.dataset.level),
    (a, b) => sign * compareCells(a.cells[column], b.cells[column]),
  );
}

/** A cell with a number is compared by it; one without, where others have one, is less than all. */
function compareCells(
  a: HTMLTableCellElement | undefined,
  b: HTMLTableCellElement | undefined,
): number {
  const [left, right] = [numberOf(a), numberOf(b)];
  if (left === undefined && right === undefined) {
    return NAMES.compare(a?.textContent ?? "", b?.textContent ?? "");
  }
  return (left ?? Number.NEGATIVE_INFINITY) - (right ?? Number.NEGATIVE_INFINITY);
}

function numberOf(cell: HTMLTableCellElement | undefined): number | undefined {
  const value = cell?.dataset.value;
  return value === undefined ? undefined : Number(value);
}
