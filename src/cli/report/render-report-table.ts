/** Owns the cost report as tables for other programs: CSV for spreadsheets, Markdown for pages and pull requests. */

import { formatExact, formatShape, formatShare } from "../../compiler/core/format-count.ts";
import type { NetworkReport } from "../../compiler/index.ts";

/** One line for each block at every level and one named `total`, exact numbers; RFC 4180 but for line breaks, which are LF. */
export function renderReportCsv(report: NetworkReport): string {
  const { params, macs, flops, convs, activations } = report;
  const rows: readonly (readonly (string | number)[])[] = [
    [
      "path",
      "module",
      "level",
      "outputShape",
      "params",
      "trainable",
      "nonTrainable",
      "macs",
      "flops",
      "convs",
      "activations",
    ],
    ...report.modules.map((row) => [
      row.path,
      row.module,
      row.level,
      row.outputShape.join("x"),
      row.params,
      row.trainable,
      row.nonTrainable,
      row.macs,
      row.flops,
      row.convs,
      row.activations,
    ]),
    [
      "total",
      report.network,
      0,
      report.outputs.map(({ shape }) => shape.join("x")).join(" "),
      params.total,
      params.trainable,
      params.nonTrainable,
      macs,
      flops,
      convs,
      activations.elements,
    ],
  ];
  return rows.map((row) => `${row.map(toField).join(",")}\n`).join("");
}

/** A heading, the totals as a list and the blocks as a table (GitHub-flavoured Markdown). */
export function renderReportMarkdown(report: NetworkReport, levels: number): string {
  const { params, convention } = report;
  const shown = report.modules.filter(({ level }) => level < levels);
  return [
    `## ${report.network}`,
    "",
    `- input: ${formatShape(report.input)}`,
    `- parameters: ${formatExact(params.total)} (${formatExact(params.trainable)} trainable, ${formatExact(params.nonTrainable)} statistics of batch normalization)`,
    `- MACs (multiply-adds): ${formatExact(report.macs)}`,
    `- FLOPs (${report.flopRule}): ${formatExact(report.flops)}`,
    ...(convention === undefined
      ? []
      : [
          `- ${convention.word} of ${convention.name} (${convention.rule}): ${formatExact(convention.count)}`,
        ]),
    "",
    "| block | kind | output | params | MACs | share |",
    "|--|--|--:|--:|--:|--:|",
    ...shown.map(
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
