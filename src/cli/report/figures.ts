/** The key figures of a report: the name, the exact number and the readable form of each. */
import { formatBytes, formatExact, formatShort } from "../../compiler/core/format-count.ts";
import { formatShape } from "../../compiler/core/format-shape.ts";
import type { ConventionCount, NetworkReport } from "../../compiler/index.ts";

export interface Figure {
  /** The same in every report that has the figure. */
  readonly key: string;
  /** What people call it. */
  readonly title: string;
  /** A count, or the sides of a shape. */
  readonly value: number | readonly number[];
  /** The value, short. */
  readonly text: string;
  /** The count in full, where `text` is rounded. */
  readonly exact?: string;
  /** An explanation shown beside the number. */
  readonly remark?: string;
  /** How a difference of two such counts is written. */
  readonly format: (count: number) => string;
}

/** In the order in which a report shows them; what a network does not have is left out. */
export function figuresOf(report: NetworkReport): readonly Figure[] {
  const { params, activations, convention, outputs } = report;
  const bytes = activations.peakBytes;
  return [
    {
      ...count("params", "parameters", params.total),
      remark: `${formatExact(params.trainable)} trainable, ${formatExact(params.nonTrainable)} statistics of batch normalization`,
    },
    count("macs", "MACs", report.macs),
    count("flops", "FLOPs", report.flops),
    ...(convention === undefined ? [] : [conventionFigure(convention)]),
    count("activations", "activations", activations.elements),
    {
      key: "peakBytes",
      title: "peak memory",
      value: bytes,
      text: formatBytes(bytes),
      remark: `${formatExact(bytes)} bytes of activations alive at the same time`,
      format: formatBytes,
    },
    small("convs", "convolutions", report.convs),
    {
      ...small("depth", "depth", report.depth),
      remark: "convolutions and dense layers on the longest path",
    },
    ...factorizationFigure(report),
    ...receptiveFieldFigure(report),
    ...minInputFigure(report),
    ...outputs.slice(1).map((output) => shape(output.name, `output ${output.name}`, output.shape)),
  ];
}

/** The figures of a report that is compared with others: input and output are included. */
export function comparedFigures(report: NetworkReport): readonly Figure[] {
  const { input, outputs, params } = report;
  const [total, ...others] = figuresOf(report);
  return [
    shape("input", "input", input),
    shape("output", "output", outputs[0]?.shape ?? []),
    ...(total === undefined ? [] : [total]),
    count("trainable", "trainable parameters", params.trainable),
    ...others,
  ];
}

/** The shape of the smallest picture that the network takes; nothing where it was not computed. */
export function minInputShape({
  minInput,
  minInputSides,
}: NetworkReport): readonly number[] | undefined {
  if (minInput !== null) return [minInput, minInput];
  return minInputSides === null ? undefined : [minInputSides.height, minInputSides.width];
}

function conventionFigure({ name, word, count: sum, countWithFusedNorm }: ConventionCount): Figure {
  const figure = count("convention", `${word} of ${name}`, sum);
  if (countWithFusedNorm === undefined) return figure;
  const fused = formatExact(countWithFusedNorm);
  return { ...figure, remark: `${fused} if normalization and activation are one class` };
}

function factorizationFigure({ factorizations, macs }: NetworkReport): readonly Figure[] {
  if (factorizations.length === 0) return [];
  const saved = factorizations.reduce((sum, one) => sum + one.plainMacs - one.macs, 0);
  const plain = formatShort(macs + saved);
  return [
    {
      ...small("factorizations", "factored kernels", factorizations.length),
      remark: `${formatShort(saved)} fewer MACs than with plain kernels (${plain})`,
    },
  ];
}

function receptiveFieldFigure({ receptiveFieldGeometry }: NetworkReport): readonly Figure[] {
  if (receptiveFieldGeometry === null) return [];
  const { size, stride, start } = receptiveFieldGeometry;
  // Where pictures are enlarged by no whole factor, a step is a fraction.
  const [rows, columns] = stride.map((step) => Number(step.toPrecision(4)));
  const step = rows === columns ? String(rows) : formatShape([rows ?? 1, columns ?? 1]);
  const first = start.map((side) => String(side).replace("-", "−")).join(", ");
  return [
    {
      ...shape("receptiveField", "receptive field", size),
      remark: `every ${step} pixels, the first from row and column ${first}`,
    },
  ];
}

function minInputFigure(report: NetworkReport): readonly Figure[] {
  const smallest = minInputShape(report);
  return smallest === undefined ? [] : [shape("minInput", "smallest input", smallest)];
}

function count(key: string, title: string, value: number): Figure {
  const exact = formatExact(value);
  return { key, title, value, text: formatShort(value), exact, format: formatShort };
}

/** A count that is never so large that people would round it. */
function small(key: string, title: string, value: number): Figure {
  return { key, title, value, text: formatExact(value), format: formatExact };
}

function shape(key: string, title: string, sides: readonly number[]): Figure {
  return { key, title, value: sides, text: formatShape(sides), format: formatExact };
}
