/** Renders the table of a report as CSV with exact numbers. */
import type { Cell, ReportDocument } from "./report-document.ts";

/** RFC 4180 but for line breaks, which are LF. Rows of every level are there, and what they add up to comes last. */
export function renderReportCsv({ table }: ReportDocument): string {
  const shown = table.columns.flatMap(({ key }, index) =>
    key === undefined ? [] : [{ key, index }],
  );
  const toLine = (cells: readonly Cell[]): readonly (string | number)[] =>
    shown.map(({ index }) => cells[index]?.value ?? cells[index]?.text ?? "");
  const lines = [
    shown.map(({ key }) => key),
    ...table.rows.map(({ cells }) => toLine(cells)),
    ...(table.total === undefined ? [] : [toLine(table.total)]),
  ];
  return lines.map((line) => `${line.map(toField).join(",")}\n`).join("");
}

function toField(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
