/**
 * The document from which every form of a report is rendered: title, counting rules, key figures and a table.
 *
 * Each renderer decides the layout.
 */
import type { Figure } from "./figures.ts";

export interface ReportDocument {
  readonly title: string;
  /** What follows the title on its line. */
  readonly subtitle: string;
  readonly sentences: readonly string[];
  readonly figures: readonly Figure[];
  readonly table: ReportTable;
}

export interface ReportTable {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** What the rows add up to. */
  readonly total?: readonly Cell[];
  /** Whether rows are of one kind, so that a reader may want them in another order. */
  readonly isSortable: boolean;
  /** How many levels of rows within rows are shown to people; spreadsheets get them all. */
  readonly levels: number;
}

export interface Column {
  /** Its head for people, perhaps empty; without one it is for spreadsheets alone. */
  readonly title?: string;
  /** Its head for spreadsheets; without one it is for people alone. */
  readonly key?: string;
  readonly kind: ColumnKind;
}

/** `share` is a part of one, `bar` the same drawn, as a part of the largest. */
export type ColumnKind = "name" | "text" | "shape" | "count" | "bytes" | "share" | "bar";

export interface Row {
  /** How many rows this one lies within. */
  readonly level: number;
  readonly cells: readonly Cell[];
}

export interface Cell {
  /** For people. */
  readonly text: string;
  /** For spreadsheets and for sorting; the text where it is absent. */
  readonly value?: number | string;
}

/** A cell that has nothing to say. */
export const EMPTY: Cell = { text: "" };

export function isCount(kind: ColumnKind): boolean {
  return kind === "count" || kind === "bytes" || kind === "share";
}

/** Whether cells end at the same edge. */
export function isRightAligned(kind: ColumnKind): boolean {
  return isCount(kind) || kind === "shape";
}

/** The rows that people see. */
export function shownRows({ rows, levels }: ReportTable): readonly Row[] {
  return rows.filter(({ level }) => level < levels);
}
