/** Owns the cost report as text for people: conventions, totals, and a row per module. */
import Table from "cli-table3";
import type { MinInput, NetworkReport } from "../../compiler/index.ts";
import type { Printer } from "../printer.ts";
import { formatBytes, formatExact, formatShape, formatShare, formatShort } from "./format-count.ts";

/** Columns of the bar that shows a module's share of the multiply-adds. */
const BAR_WIDTH = 20;

/** The report with a line break at its end. */
export function renderReportText(report: NetworkReport, printer: Printer): string {
  const { style } = printer;
  return [
    `${style.strong(report.network)}  input ${formatShape(report.input)}`,
    ...conventions(report).map(style.faint),
    "",
    ...totals(report, printer),
    "",
    modules(report, printer),
    "",
  ].join("\n");
}

function conventions({ flopRule }: NetworkReport): readonly string[] {
  const flops = flopRule === undefined ? [] : [`FLOPs: ${flopRule}`];
  return ["MAC: one multiply-add. All figures are for a batch of one, in 32-bit floats.", ...flops];
}

function totals(report: NetworkReport, { style }: Printer): readonly string[] {
  const { params, activations, receptiveField, minInput } = report;
  const rows: readonly (readonly [name: string, short: string, exact: string])[] = [
    counted("parameters", params.total),
    counted("  trainable", params.trainable),
    counted("  BN statistics", params.nonTrainable),
    counted("MACs", report.macs),
    counted("FLOPs", report.flops),
    ["convolutions", formatExact(report.convs), ""],
    ["depth", formatExact(report.depth), "layers with weights on the longest way"],
    ["receptive field", receptiveField ? formatShape(receptiveField.size) : "-", ""],
    ["smallest input", minInput ? formatMinInput(minInput) : "-", ""],
    counted("activations", activations.elements),
    [
      "peak memory",
      formatBytes(activations.peakBytes),
      `${formatExact(activations.peakBytes)} bytes of activations alive at once`,
    ],
    ...report.outputs.map(({ name, shape }) => [`output ${name}`, formatShape(shape), ""] as const),
  ];
  const nameWidth = Math.max(...rows.map(([name]) => name.length));
  const shortWidth = Math.max(...rows.map(([, short]) => short.length));
  return rows.map(([name, short, exact]) =>
    `${name.padEnd(nameWidth)}  ${style.strong(short.padStart(shortWidth))}  ${style.faint(exact)}`.trimEnd(),
  );
}

function counted(name: string, count: number): readonly [string, string, string] {
  return [name, formatShort(count), formatExact(count)];
}

/** The smallest square; where no square will do, the smallest sides one by one. */
function formatMinInput({ square, height, width }: MinInput): string {
  return square === undefined ? formatShape([height, width]) : formatShape([square, square]);
}

function modules(report: NetworkReport, { style }: Printer): string {
  const table = new Table({
    head: ["module", "kind", "output", "params", "MACs", "share of MACs"].map(style.faint),
    colAligns: ["left", "left", "right", "right", "right", "left"],
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
    chars: NO_LINES,
  });
  const largest = Math.max(1, ...report.modules.map(({ macs }) => macs));
  for (const row of report.modules) {
    const length = Math.round((row.macs / largest) * BAR_WIDTH);
    const share = formatShare(row.macs, report.macs).padStart(5);
    table.push([
      row.path,
      row.module,
      formatShape(row.outputShape),
      formatShort(row.params),
      formatShort(row.macs),
      `${share} ${style.information("█".repeat(length))}`,
    ]);
  }
  return withoutTrailingSpace(table.toString());
}

function withoutTrailingSpace(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

const NO_LINES = Object.fromEntries(
  [
    "top",
    "top-mid",
    "top-left",
    "top-right",
    "bottom",
    "bottom-mid",
    "bottom-left",
    "bottom-right",
    "left",
    "left-mid",
    "mid",
    "mid-mid",
    "right",
    "right-mid",
    "middle",
  ].map((name) => [name, ""]),
);
