/** Owns the cost report as tables for other programs: CSV for spreadsheets, Markdown for pages and pull requests. */
import type { NetworkReport } from "../../compiler/index.ts";
import { formatExact, formatShape, formatShare } from "./format-count.ts";

/** One line per module and one named `total`, exact numbers; RFC 4180 but for line breaks, which are LF. */
export function renderReportCsv(report: NetworkReport): string {
  const rows: readonly (readonly (string | number)[])[] = [
    ["path", "module", "outputShape", "params", "macs"],
    ...report.modules.map((row) => [
      row.path,
      row.module,
      row.outputShape.join("x"),
      row.params,
      row.macs,
    ]),
    [
      "total",
      report.network,
      report.outputs.map(({ shape }) => shape.join("x")).join(" "),
      report.params.total,
      report.macs,
    ],
  ];
  return rows.map((row) => `${row.map(toField).join(",")}\n`).join("");
}

/** A heading, the totals as a list and the modules as a table (GitHub-flavoured Markdown). */
export function renderReportMarkdown(report: NetworkReport): string {
  const { params } = report;
  return [
    `## ${report.network}`,
    "",
    `- input: ${formatShape(report.input)}`,
    `- parameters: ${formatExact(params.total)} (${formatExact(params.trainable)} trainable, ${formatExact(params.nonTrainable)} BN statistics)`,
    `- MACs (multiply-adds): ${formatExact(report.macs)}`,
    `- FLOPs${report.flopRule === undefined ? "" : ` (${report.flopRule})`}: ${formatExact(report.flops)}`,
    "",
    "| module | kind | output | params | MACs | share |",
    "|--|--|--:|--:|--:|--:|",
    ...report.modules.map(
      (row) =>
        `| \`${row.path}\` | ${row.module} | ${formatShape(row.outputShape)} | ${formatExact(row.params)} | ${formatExact(row.macs)} | ${formatShare(row.macs, report.macs)} |`,
    ),
    "",
  ].join("\n");
}

function toField(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
