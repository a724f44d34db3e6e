/** Owns the cost report as text for people: conventions, totals, and a row for each block. */

import {
  formatBytes,
  formatExact,
  formatShape,
  formatShare,
  formatShort,
} from "../../compiler/core/format-count.ts";
import type { ConventionCount, ModuleCost, NetworkReport } from "../../compiler/index.ts";
import type { Printer } from "../printer.ts";
import { renderTable } from "../render-table.ts";

/** Columns of the bar that stands for the block with the most multiply-adds. */
const BAR_WIDTH = 20;
const LINE_WIDTH = 100;

/** The report with a line break at its end; `levels` is how deep blocks within blocks are listed, 1 for none. */
export function renderReportText(report: NetworkReport, levels: number, printer: Printer): string {
  const { style } = printer;
  const outputs = report.outputs.map(({ shape }) => formatShape(shape)).join(", ");
  const lines = [
    `${style.strong(report.network)}  ${formatShape(report.input)} → ${outputs}`,
    ...conventions(report).map(style.faint),
    "",
    ...totals(report, printer),
    "",
    ...blocks(report, levels, printer),
  ];
  return `${lines.join("\n")}\n`;
}

function conventions(report: NetworkReport): readonly string[] {
  const { batch, convention, elementType, flopRule, status } = report;
  return [
    `Per picture, at inference, batch normalization not folded; memory for a batch of ${batch} in ${elementType}.`,
    "MAC: a multiply-add of a convolution or dense layer.",
    ...wrap(`FLOP: ${flopRule}.`),
    ...(convention === undefined ? [] : wrap(describeConvention(convention))),
    ...(status === "complete" ? [] : ["Counts above 2^53 are rounded."]),
  ];
}

function describeConvention({ name, word, rule, batchNorm }: ConventionCount): string {
  const view = batchNorm === "counted" ? "" : `, batch normalization ${batchNorm}`;
  return `${word} of ${name}: ${rule}${view}.`;
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

function totals(report: NetworkReport, { style }: Printer): readonly string[] {
  const { params, activations, convention, receptiveFieldGeometry, minInputSides } = report;
  const rows: readonly (readonly [name: string, short: string, exact: string])[] = [
    [
      "parameters",
      formatShort(params.total),
      `${formatExact(params.total)}: ${formatExact(params.trainable)} trainable, ${formatExact(params.nonTrainable)} statistics of batch normalization`,
    ],
    counted("MACs", report.macs),
    counted("FLOPs", report.flops),
    ...(convention === undefined ? [] : [conventionRow(convention)]),
    counted("activations", activations.elements),
    [
      "peak memory",
      formatBytes(activations.peakBytes),
      `${formatExact(activations.peakBytes)} bytes of activations alive at once`,
    ],
    ["convolutions", formatExact(report.convs), ""],
    ["depth", formatExact(report.depth), "convolutions and dense layers on the longest way"],
    ...factorizationRow(report),
    ...(receptiveFieldGeometry === null
      ? []
      : [["receptive field", formatShape(receptiveFieldGeometry.size), ""] as const]),
    ...(minInputSides === null
      ? []
      : [["smallest input", formatMinInput(report.minInput, minInputSides), ""] as const]),
    ...report.outputs
      .slice(1)
      .map(({ name, shape }) => [`output ${name}`, formatShape(shape), ""] as const),
  ];
  return renderTable(
    rows.map(([name, short, exact]) => [name, style.strong(short), style.faint(exact)]),
    ["left", "right", "left"],
  );
}

function conventionRow(convention: ConventionCount): readonly [string, string, string] {
  const { name, word, count, countWithFusedNorm } = convention;
  const fused =
    countWithFusedNorm === undefined
      ? ""
      : `, and ${formatExact(countWithFusedNorm)} where normalization and activation are one class`;
  return [`${word} of ${name}`, formatShort(count), `${formatExact(count)}${fused}`];
}

function factorizationRow({
  factorizations,
  macs,
}: NetworkReport): readonly (readonly [string, string, string])[] {
  if (factorizations.length === 0) return [];
  const saved = factorizations.reduce((sum, one) => sum + one.plainMacs - one.macs, 0);
  const plain = formatShort(macs + saved);
  return [
    [
      "factored kernels",
      formatExact(factorizations.length),
      `${formatShort(saved)} MACs less than with plain kernels, which would be ${plain}`,
    ],
  ];
}

function counted(name: string, count: number): readonly [string, string, string] {
  return [name, formatShort(count), formatExact(count)];
}

function formatMinInput(
  square: NetworkReport["minInput"],
  { height, width }: NonNullable<NetworkReport["minInputSides"]>,
): string {
  return formatShape(square === null ? [height, width] : [square, square]);
}

function blocks(report: NetworkReport, levels: number, { style }: Printer): readonly string[] {
  const shown = report.modules.filter(({ level }) => level < levels);
  const largest = Math.max(1, ...shown.map(({ macs }) => macs));
  const toRow = (block: ModuleCost): readonly string[] => [
    `${"  ".repeat(block.level)}${block.path}`,
    block.module,
    formatShape(block.outputShape),
    formatShort(block.params),
    formatShare(block.params, report.params.total),
    formatShort(block.macs),
    formatShare(block.macs, report.macs),
    style.information("█".repeat(Math.round((block.macs / largest) * BAR_WIDTH))),
  ];
  const head = ["block", "kind", "output", "params", "", "MACs", "", ""].map((title) =>
    style.faint(title),
  );
  return renderTable(
    [head, ...shown.map(toRow)],
    ["left", "left", "right", "right", "right", "right", "right", "left"],
  );
}
