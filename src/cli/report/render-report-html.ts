/** Renders a report as one self-contained page with a sortable table. */
import { escapeHtml } from "../../compiler/core/escape-markup.ts";
import { renderPage } from "../html/render-page.ts";
import type { Figure } from "./figures.ts";
import {
  type Cell,
  type Column,
  isCount,
  isRightAligned,
  type ReportDocument,
  type ReportTable,
  shownRows,
} from "./report-document.ts";
import { SORT_SCRIPT } from "./sort-script.generated.ts";

const STYLE = `
:root { --bar: #2f6fde; --faint: #666; --hover: #8883; }
@media (prefers-color-scheme: dark) { :root { --bar: #6ea8fe; --faint: #aaa; } }
.rules { color: var(--faint); font-size: 13px; }
.figures { width: auto; margin: 1.5rem 0; }
.figures th { font-weight: normal; }
.figures td.note { color: var(--faint); }
.scroll { overflow-x: auto; }
th.number button { text-align: right; }
th button { all: unset; box-sizing: border-box; width: 100%; font-weight: bold; cursor: pointer; }
th button:focus-visible { outline: 2px solid var(--bar); }
th[aria-sort] button::after { content: " ↕"; color: var(--faint); }
th[aria-sort=ascending] button::after { content: " ↑"; color: inherit; }
th[aria-sort=descending] button::after { content: " ↓"; color: inherit; }
tbody tr:hover { background: var(--hover); }
tfoot td { font-weight: bold; border-bottom: 0; }
td { white-space: nowrap; }
td.message { white-space: normal; }
td.bar { width: 20%; min-width: 6rem; }
td.bar span { display: block; height: 1em; margin-top: 0.25em; background: var(--bar); }
`;

export function renderReportHtml(document: ReportDocument): string {
  const { title, subtitle, sentences, figures, table } = document;
  const body = `
${subtitle === "" ? "" : `<p>${escapeHtml(subtitle)}</p>\n`}<p class="rules">${sentences.map(escapeHtml).join("<br>\n")}</p>
${figures.length === 0 ? "" : `<table class="figures">\n${figures.map(figureLine).join("\n")}\n</table>\n`}${renderTable(table)}`;
  return renderPage({
    title,
    style: STYLE,
    body,
    ...(table.isSortable ? { script: SORT_SCRIPT } : {}),
  });
}

function figureLine({ title, text, exact, remark }: Figure): string {
  const note = [exact, remark].filter((part) => part !== undefined).join(": ");
  return `<tr><th scope="row">${escapeHtml(title)}</th><td class="number"><strong>${escapeHtml(text)}</strong></td><td class="note">${escapeHtml(note)}</td></tr>`;
}

function renderTable(table: ReportTable): string {
  const { columns, total, isSortable } = table;
  const shown = columns.flatMap((column, index) =>
    column.title === undefined ? [] : [{ column, title: column.title, index }],
  );
  const lineOf = (cells: readonly Cell[], level: number): string =>
    shown
      .map(({ column, index }) => renderCell(column, cells[index] ?? { text: "" }, level))
      .join("");
  const heads = shown.map(({ column, title }) => renderHead(column, title, isSortable));
  const rows = shownRows(table).map(
    ({ level, cells }) => `<tr data-level="${level}">${lineOf(cells, level)}</tr>`,
  );
  const foot = total === undefined ? "" : `\n<tfoot><tr>${lineOf(total, 0)}</tr></tfoot>`;
  return `<div class="scroll"><table class="rows"${isSortable ? " data-sortable" : ""}>
<thead><tr>${heads.join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>${foot}
</table></div>`;
}

/** A column without a title goes with the one before it, and is not sorted by itself. */
function renderHead({ kind }: Column, title: string, isSortable: boolean): string {
  const align = isRightAligned(kind) ? ' class="number"' : "";
  const head = escapeHtml(title);
  if (!isSortable || title === "" || kind === "shape")
    return `<th scope="col"${align}>${head}</th>`;
  const first = isCount(kind) ? "descending" : "ascending";
  return `<th scope="col"${align} aria-sort="none"><button type="button" data-first="${first}">${head}</button></th>`;
}

function renderCell({ kind }: Column, { text, value }: Cell, level: number): string {
  const shown = escapeHtml(text);
  if (kind === "bar") {
    const width = (Number(value ?? 0) * 100).toFixed(2);
    return `<td class="bar"><span style="width: ${width}%"></span></td>`;
  }
  if (kind === "name") return `<td style="padding-left: ${0.6 + 1.2 * level}rem">${shown}</td>`;
  if (kind === "text") return `<td class="message">${shown}</td>`;
  const sorted = isCount(kind) && typeof value === "number" ? ` data-value="${value}"` : "";
  return `<td class="number"${sorted}>${shown}</td>`;
}
