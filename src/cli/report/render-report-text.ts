/** Renders a report for the terminal: counting rules, key figures and an aligned table. */
import type { Printer } from "../printer.ts";
import { type Alignment, renderTable } from "../render-table.ts";
import type { Figure } from "./figures.ts";
import {
  type Cell,
  type Column,
  isRightAligned,
  type ReportDocument,
  type ReportTable,
  shownRows,
} from "./report-document.ts";

/** Columns of the longest bar. */
const BAR_WIDTH = 20;
const LINE_WIDTH = 100;

/** The report with a line break at its end. */
export function renderReportText(document: ReportDocument, printer: Printer): string {
  const { title, subtitle, sentences, figures, table } = document;
  const { style } = printer;
  const lines = [
    `${style.strong(title)}  ${subtitle}`,
    ...sentences.flatMap(wrap).map(style.faint),
    "",
    ...(figures.length > 0 ? [...renderFigures(figures, printer), ""] : []),
    ...renderRows(table, printer),
  ];
  return `${lines.join("\n")}\n`;
}

/** Lines of at most {@link LINE_WIDTH} columns, broken at spaces; all but the first are indented. */
function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + word.length < LINE_WIDTH) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else lines.push(line === undefined ? word : `  ${word}`);
  }
  return lines;
}

function renderFigures(figures: readonly Figure[], { style }: Printer): readonly string[] {
  const rows = figures.map(({ title, text, exact, remark }) => {
    const note = [exact, remark].filter((part) => part !== undefined).join(": ");
    return [title, style.strong(text), style.faint(note)];
  });
  return renderTable(rows, ["left", "right", "left"]);
}

function renderRows(table: ReportTable, { style }: Printer): readonly string[] {
  const shown = table.columns.flatMap((column, index) =>
    column.title === undefined ? [] : [{ column, title: column.title, index }],
  );
  const renderCell = ({ kind }: Column, level: number, { text, value }: Cell): string => {
    if (kind === "name") return "  ".repeat(level) + text;
    if (kind !== "bar") return text;
    return style.information("█".repeat(Math.round(Number(value ?? 0) * BAR_WIDTH)));
  };
  const alignments = shown.map(
    ({ column }): Alignment => (isRightAligned(column.kind) ? "right" : "left"),
  );
  const rows = shownRows(table).map(({ level, cells }) =>
    shown.map(({ column, index }) => renderCell(column, level, cells[index] ?? { text: "" })),
  );
  return renderTable([shown.map(({ title }) => style.faint(title)), ...rows], alignments);
}
