/** Builds the report document of several networks (one column each) or several picture sizes (one row each). */
import { formatShape, writeSize } from "../../compiler/core/format-shape.ts";
import type { NetworkReport } from "../../compiler/index.ts";
import { formatChange } from "../format-change.ts";
import type { Figure } from "./figures.ts";
import { type Cell, type Column, EMPTY, type ReportDocument, type Row } from "./report-document.ts";
import { reportSentences } from "./report-sentences.ts";
import { type FigureRow, figureRows, type SideBySide, type Subject } from "./side-by-side.ts";

/** `declared` is the first network on the picture that it declares. */
export function createSideBySideDocument(
  { compared, subjects }: SideBySide,
  declared: NetworkReport,
): ReportDocument {
  const rows = figureRows(subjects);
  return {
    ...(compared === "sizes"
      ? { title: declared.network, subtitle: `on ${subjects.length} picture sizes` }
      : { title: subjects.map(({ label }) => label).join(", "), subtitle: "side by side" }),
    sentences: reportSentences(
      subjects.flatMap((subject) => ("report" in subject ? [subject.report] : [])),
    ),
    figures: [],
    table: {
      ...(compared === "sizes" ? sizeTable(subjects, rows) : networkTable(subjects, rows)),
      levels: 1,
    },
  };
}

/** A row for each figure; for each network but the first also what it has more. */
function networkTable(
  subjects: readonly Subject[],
  rows: readonly FigureRow[],
): Omit<ReportDocument["table"], "levels"> {
  const columns = subjects.flatMap(({ label }, index): readonly Column[] => [
    { title: label, key: label, kind: "shape" },
    ...(index === 0
      ? []
      : ([
          { title: "", key: `${label} - ${subjects[0]?.label}`, kind: "shape" },
          { title: "", kind: "share" },
        ] as const)),
  ]);
  return {
    columns: [{ title: "", kind: "text" }, { key: "figure", kind: "text" }, ...columns],
    rows: rows.map((row): Row => {
      const [first] = row.figures;
      const cells = row.figures.flatMap((figure, index) =>
        index === 0 ? [toCell(figure)] : [toCell(figure), ...changeCells(row, first, index)],
      );
      return { level: 0, cells: [{ text: row.title }, { text: row.key }, ...cells] };
    }),
    isSortable: false,
  };
}

function changeCells(
  { differences }: FigureRow,
  first: Figure | undefined,
  index: number,
): readonly [Cell, Cell] {
  const delta = differences[index] ?? null;
  if (delta === null || first === undefined) return [EMPTY, EMPTY];
  const base = typeof first.value === "number" ? first.value : null;
  const change = formatChange(delta, base, first.format);
  return [{ text: change.delta, value: delta }, { text: change.share }];
}

/** What changes with the size of the picture, in the order of the columns. */
const SIZE_COLUMNS = [
  { key: "output", kind: "shape" },
  { key: "params", kind: "count" },
  { key: "macs", kind: "count" },
  { key: "flops", kind: "count" },
  { key: "convention", kind: "count" },
  { key: "peakBytes", kind: "bytes" },
] as const;

function sizeTable(
  subjects: readonly Subject[],
  rows: readonly FigureRow[],
): Omit<ReportDocument["table"], "levels"> {
  const shown = SIZE_COLUMNS.flatMap(({ key, kind }) => {
    const row = rows.find((one) => one.key === key);
    return row === undefined ? [] : [{ row, kind }];
  });
  const macsOf = (subject: Subject): number => ("report" in subject ? subject.report.macs : 0);
  const largest = Math.max(1, ...subjects.map(macsOf));
  return {
    columns: [
      { title: "input", key: "input", kind: "shape" },
      ...shown.map(({ row, kind }) => ({ title: row.title, key: row.key, kind })),
      { title: "", kind: "bar" },
      { title: "", key: "refusal", kind: "text" },
    ],
    rows: subjects.map((subject, index) => ({
      level: 0,
      cells: [
        { text: subject.label, value: subject.label.replaceAll("×", "x") },
        ...shown.map(({ row }) => toCell(row.figures[index])),
        { text: "", value: macsOf(subject) / largest },
        "refusal" in subject ? { text: refusalSentence(subject) } : EMPTY,
      ],
    })),
    isSortable: true,
  };
}

/** Why there is nothing to report, and what would be taken. */
function refusalSentence({ refusal }: Extract<Subject, { readonly refusal: unknown }>): string {
  const { message, place, minInput } = refusal;
  const smallest = minInput === null ? "" : `; the smallest input is ${formatShape(minInput)}`;
  return `${message} (${place})${smallest}`;
}

function toCell(figure: Figure | undefined): Cell {
  if (figure === undefined) return { text: "–", value: "" };
  const { text, value } = figure;
  return { text, value: typeof value === "number" ? value : writeSize(value) };
}
