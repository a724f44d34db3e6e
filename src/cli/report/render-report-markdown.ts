/** Renders a report as GitHub-flavoured Markdown, with exact counts and without bars. */
import { formatExact } from "../../compiler/core/format-count.ts";
import type { Figure } from "./figures.ts";
import {
  type Cell,
  type Column,
  isRightAligned,
  type ReportDocument,
  shownRows,
} from "./report-document.ts";

/** A heading, what was counted, the figures as a list and the rows as a table. */
export function renderReportMarkdown(document: ReportDocument): string {
  const { title, subtitle, sentences, figures, table } = document;
  const shown = table.columns.flatMap((column, index) =>
    column.title === undefined || column.kind === "bar"
      ? []
      : [{ column, title: column.title, index }],
  );
  const rows = shownRows(table).map(({ level, cells }) =>
    shown.map(({ column, index }) => toCell(column, level, cells[index] ?? { text: "" })),
  );
  return [
    `## ${escapeMarkdown(title)}`,
    "",
    ...(subtitle === "" ? [] : [`${subtitle}  `]),
    sentences.map(escapeMarkdown).join("  \n"),
    "",
    ...(figures.length > 0 ? [...figures.map(toItem), ""] : []),
    toLine(shown.map(({ title: head }) => escapeMarkdown(head))),
    `|${shown.map(({ column }) => (isRightAligned(column.kind) ? "--:" : "--")).join("|")}|`,
    ...rows.map(toLine),
    "",
  ].join("\n");
}

function toItem({ title, text, exact, remark }: Figure): string {
  const note = remark === undefined ? "" : ` (${remark})`;
  return `- ${title}: ${exact ?? text}${note}`;
}

function toLine(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** Rows within rows are indented by spaces that a browser keeps. */
function toCell({ kind }: Column, level: number, { text, value }: Cell): string {
  if (kind === "name") return `${"&emsp;".repeat(level)}\`${text}\``;
  if (kind === "count" && typeof value === "number") return formatExact(value);
  return escapeMarkdown(text);
}

/** What Markdown would read as its own, but in code: `*` of a rule, `|` of a message. */
function escapeMarkdown(text: string): string {
  const parts = text.split("`");
  const escaped = parts.map((part, index) =>
    index % 2 === 1 ? part : part.replace(/[\\|*_<]/g, (sign) => `\\${sign}`),
  );
  return escaped.join("`");
}
