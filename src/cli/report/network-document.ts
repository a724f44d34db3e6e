/** Builds the report document of one network: key figures, and a row per block, layer or kind of operator. */
import { formatBytes, formatShare, formatShort } from "../../compiler/core/format-count.ts";
import { formatShape, writeSize } from "../../compiler/core/format-shape.ts";
import { BYTES_PER_ELEMENT, type NetworkReport, type PartCost } from "../../compiler/index.ts";
import { figuresOf } from "./figures.ts";
import type { Cell, Column, ReportDocument, ReportTable, Row } from "./report-document.ts";
import { reportSentences } from "./report-sentences.ts";
import { SORTED_COUNTS, type SortKey } from "./sort-report.ts";

/** The bars are of what the rows are sorted by. */
export function createNetworkDocument(
  report: NetworkReport,
  levels: number,
  sort: SortKey,
): ReportDocument {
  const outputs = report.outputs.map(({ shape }) => formatShape(shape)).join(", ");
  return {
    title: report.network,
    subtitle: `${formatShape(report.input)} → ${outputs}`,
    sentences: reportSentences([report]),
    figures: figuresOf(report),
    table: createTable(report, levels, sort),
  };
}

/** A row of any kind: what it is, and what it takes. */
interface Part {
  readonly level: number;
  readonly names: readonly Cell[];
  readonly cost: PartCost;
}

function createTable(report: NetworkReport, levels: number, sort: SortKey): ReportTable {
  const { columns, parts, total } = divide(report);
  const bar = sort === "order" || sort === "name" ? "macs" : SORTED_COUNTS[sort];
  const shown = parts.filter(({ level }) => level < levels);
  const largest = Math.max(1, ...shown.map(({ cost }) => cost[bar]));
  const toRow = ({ level, names, cost }: Part): Row => ({
    level,
    cells: [...names, ...costCells(cost, report), { text: "", value: cost[bar] / largest }],
  });
  return {
    columns: [...columns, ...COST_COLUMNS, { title: "", kind: "bar" }],
    rows: parts.map(toRow),
    total: [...total, ...costCells(costOf(report), report), { text: "" }],
    isSortable: true,
    levels,
  };
}

interface Division {
  readonly columns: readonly Column[];
  readonly parts: readonly Part[];
  /** What stands in the first columns of the row of totals. */
  readonly total: readonly Cell[];
}

function divide(report: NetworkReport): Division {
  const { layers, operators, modules, network, outputs } = report;
  const output = { text: "", value: outputs.map(({ shape }) => writeSize(shape)).join(" ") };
  const total = { text: "total" };
  if (operators) {
    return {
      columns: [
        { title: "operator", key: "operator", kind: "name" },
        { title: "layers", key: "layers", kind: "count" },
      ],
      parts: operators.map((cost) => ({
        level: 0,
        names: [{ text: cost.operator }, countCell(cost.layers)],
        cost,
      })),
      total: [total, countCell(operators.reduce((sum, one) => sum + one.layers, 0))],
    };
  }
  if (layers) {
    return {
      columns: [
        { title: "layer", key: "path", kind: "name" },
        { title: "operator", key: "operator", kind: "text" },
        { title: "output", key: "outputShape", kind: "shape" },
      ],
      parts: layers.map((cost) => ({
        level: 0,
        names: [{ text: cost.path }, { text: cost.operator }, shapeCell(cost.outputShape)],
        cost,
      })),
      total: [total, { text: network }, output],
    };
  }
  return {
    columns: [
      { title: "block", key: "path", kind: "name" },
      { title: "kind", key: "module", kind: "text" },
      { key: "level", kind: "count" },
      { title: "output", key: "outputShape", kind: "shape" },
    ],
    parts: modules.map((cost) => ({
      level: cost.level,
      names: [
        { text: cost.path },
        { text: cost.module },
        { text: String(cost.level), value: cost.level },
        shapeCell(cost.outputShape),
      ],
      cost,
    })),
    total: [total, { text: network }, { text: "0", value: 0 }, output],
  };
}

const COST_COLUMNS: readonly Column[] = [
  { title: "params", key: "params", kind: "count" },
  { title: "", kind: "share" },
  { key: "trainable", kind: "count" },
  { key: "nonTrainable", kind: "count" },
  { title: "MACs", key: "macs", kind: "count" },
  { title: "", kind: "share" },
  { key: "flops", kind: "count" },
  { key: "convs", kind: "count" },
  { title: "memory", kind: "bytes" },
  { key: "activations", kind: "count" },
];

function costCells(cost: PartCost, whole: NetworkReport): readonly Cell[] {
  const { params, macs, activations } = cost;
  const bytes = activations * whole.batch * BYTES_PER_ELEMENT[whole.elementType];
  return [
    countCell(params),
    shareCell(params, whole.params.total),
    countCell(cost.trainable),
    countCell(cost.nonTrainable),
    countCell(macs),
    shareCell(macs, whole.macs),
    countCell(cost.flops),
    countCell(cost.convs),
    { text: formatBytes(bytes), value: bytes },
    countCell(activations),
  ];
}

function costOf({ params, macs, flops, convs, activations }: NetworkReport): PartCost {
  const { total, trainable, nonTrainable } = params;
  return {
    params: total,
    trainable,
    nonTrainable,
    macs,
    flops,
    convs,
    activations: activations.elements,
  };
}

function countCell(count: number): Cell {
  return { text: formatShort(count), value: count };
}

function shareCell(part: number, whole: number): Cell {
  return { text: formatShare(part, whole), value: whole > 0 ? part / whole : 0 };
}

function shapeCell(shape: readonly number[]): Cell {
  return { text: formatShape(shape), value: writeSize(shape) };
}
