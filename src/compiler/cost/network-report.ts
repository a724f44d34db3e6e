/**
 * Builds the report on one network, the data behind `inceptc report --json`; formatting is left to the command line.
 */
import type { LayerGraph } from "../ir/layer-graph.ts";
import type { CheckedArchitecture, ShapedNode } from "../ir/shaped.ts";
import { lower } from "../lower/lower.ts";
import { legalizeForTfLayers } from "../lower/tf-layers/legalize.ts";
import type { Primitives } from "../ops/primitives.ts";
import {
  alsoCounting,
  type CountGroup,
  countOperations,
  countWithFusedNorm,
} from "./conventions/convention.ts";
import { formatRule } from "./conventions/format-rule.ts";
import { CONVENTIONS, type ConventionName, flop } from "./conventions/registry.ts";
import { measureDepth } from "./depth.ts";
import { type AcceptsSize, findMinInput, type MinInput } from "./find-min-input.ts";
import {
  type CostDivision,
  type LayerCost,
  listLayerCosts,
  listModuleCosts,
  listOperatorCosts,
  type ModuleCost,
  type OperatorCost,
  toNumbers,
} from "./list-costs.ts";
import { type ElementType, type MemoryOptions, measurePeakBytes } from "./live-memory.ts";
import {
  type BatchNormView,
  createCostMeter,
  isExact,
  macsOf,
  type ParameterCount,
} from "./measure-cost.ts";
import { type Factorization, measureFactorizations } from "./measure-factorizations.ts";
import { measureReceptiveField, type ReceptiveField } from "./receptive-field.ts";

/** Counts are for a batch of one and inference; memory is for the batch and element type that are named. */
export interface NetworkReport {
  readonly formatVersion: 1;
  readonly network: string;
  /** Height, width, channels. */
  readonly input: readonly number[];
  /** The main output first, then those of auxiliary heads. */
  readonly outputs: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** `partial` where a count passes 2^53, above which it is rounded. */
  readonly status: "complete" | "partial";
  readonly params: ParameterCount;
  readonly macs: number;
  readonly flops: number;
  /** What `flops` adds up. */
  readonly flopRule: string;
  /** The number in another tool's words, if a convention was asked for. */
  readonly convention?: ConventionCount;
  readonly convs: number;
  /** Convolutions and dense layers on the longest path. */
  readonly depth: number;
  /**
   * Longer side, in pixels, of the receptive field of the last feature map whose cells do not see the whole picture.
   */
  readonly receptiveField: number | null;
  /** The same with both sides, step and place. */
  readonly receptiveFieldGeometry: ReceptiveField | null;
  /** Side, in pixels, of the smallest square picture that the network takes, up to the declared one. */
  readonly minInput: number | null;
  /** Smallest height for the declared width, and smallest width for the declared height. */
  readonly minInputSides: MinInput["sides"] | null;
  readonly activations: { readonly elements: number; readonly peakBytes: number };
  readonly batch: number;
  readonly elementType: ElementType;
  readonly primitives: Primitives;
  /** Each `factor`, and what a plain convolution in its place would take. */
  readonly factorizations: readonly Factorization[];
  readonly modules: readonly ModuleCost[];
  /** Where costs are asked for by layer. */
  readonly layers?: readonly LayerCost[];
  /** Where costs are asked for by kind of operator. */
  readonly operators?: readonly OperatorCost[];
}

/** Operations as one convention counts them. */
export interface ConventionCount {
  readonly name: string;
  readonly word: string;
  readonly doc: string;
  readonly rule: string;
  readonly batchNorm: BatchNormView;
  readonly count: number;
  /** What the tool prints where normalization and activation are one class that it does not know, if that differs. */
  readonly countWithFusedNorm?: number;
}

export interface ReportOptions extends MemoryOptions {
  /** What costs are divided by beside blocks. Default: `module`, which is nothing else. */
  readonly by?: CostDivision;
  /** By which operations are counted once more; the next two options are about that count alone. */
  readonly convention?: ConventionName;
  /** How it takes batch normalization. Default: `counted`. */
  readonly batchNorm?: BatchNormView;
  /** What it counts beside the convention's own operations. */
  readonly count?: readonly CountGroup[];
  /** Without it, the smallest input is not looked for. */
  readonly accepts?: AcceptsSize;
}

/** The report on the network as it is in `root`: on a picture of the declared size, or of another. */
export function createNetworkReport(
  { architecture, root }: Pick<CheckedArchitecture, "architecture" | "root">,
  options: ReportOptions = {},
): NetworkReport {
  const { batch = 1, elementType = "float32", by, accepts } = options;
  const graph = lower(root);
  const meter = createCostMeter();
  const cost = meter(root);
  const { params, convs, primitives } = cost;
  const input = toNumbers(root.input);
  const [height, width] = input;
  const hasSides = accepts && height !== undefined && width !== undefined;
  const smallest = hasSides ? findMinInput(accepts, [height, width]) : undefined;
  const field = measureReceptiveField(graph);
  const convention = countConvention(root, options);
  const flops = countOperations(flop, primitives);
  const peakBytes = measurePeakBytes(graph, { batch, elementType });
  const counts = [flops, cost.activations, peakBytes, convention?.count ?? 0];
  return {
    formatVersion: 1,
    network: architecture.name,
    input,
    outputs: listOutputs(graph),
    status: isExact(cost) && counts.every(Number.isSafeInteger) ? "complete" : "partial",
    params,
    macs: macsOf(primitives),
    flops,
    flopRule: formatRule(flop, primitives),
    ...(convention ? { convention } : {}),
    convs,
    depth: measureDepth(graph),
    receptiveField: field ? Math.max(...field.size) : null,
    receptiveFieldGeometry: field ?? null,
    minInput: smallest?.square ?? null,
    minInputSides: smallest?.sides ?? null,
    activations: { elements: cost.activations, peakBytes },
    batch,
    elementType,
    primitives,
    factorizations: measureFactorizations(root, meter),
    modules: listModuleCosts(root, meter),
    ...(by === "layer" ? { layers: listLayerCosts(root) } : {}),
    ...(by === "op" ? { operators: listOperatorCosts(root) } : {}),
  };
}

function countConvention(
  root: ShapedNode,
  { convention, batchNorm = "counted", count = [] }: ReportOptions,
): ConventionCount | undefined {
  if (!convention) return undefined;
  const counting = alsoCounting(CONVENTIONS[convention], count, flop);
  const { primitives } = createCostMeter(batchNorm)(root);
  const plain = countOperations(counting, primitives);
  const fused = countWithFusedNorm(counting, primitives);
  const { name, word, doc } = counting;
  return {
    name,
    word,
    doc,
    rule: formatRule(counting, primitives),
    batchNorm,
    count: plain,
    ...(fused === plain ? {} : { countWithFusedNorm: fused }),
  };
}

function listOutputs(graph: LayerGraph): NetworkReport["outputs"] {
  const { layers, outputs } = legalizeForTfLayers(graph);
  return outputs.flatMap((id) => {
    const layer = layers[id];
    return layer ? [{ name: layer.path, shape: toNumbers(layer.shape) }] : [];
  });
}
