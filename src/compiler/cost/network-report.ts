/** Owns the report on one network: the contract of `inceptc report --json`. How it is laid out for people is not its concern. */
import { isKnown, type Shape } from "../ir/dimension.ts";
import type { CheckedArchitecture, ShapedNode } from "../ir/shaped.ts";
import { childPath, walk } from "../ir/walk.ts";
import type { Primitives } from "../ops/primitives.ts";
import {
  alsoCounting,
  type CountGroup,
  countOperations,
  countWithFusedNorm,
} from "./conventions/convention.ts";
import { flop } from "./conventions/flop.ts";
import { formatRule } from "./conventions/format-rule.ts";
import { CONVENTIONS, type ConventionName } from "./conventions/registry.ts";
import { measureDepth } from "./depth.ts";
import { describeBlock } from "./describe-block.ts";
import { type AcceptsSize, findMinInput, type MinInput } from "./find-min-input.ts";
import { listBlocks } from "./list-blocks.ts";
import { type MemoryOptions, measurePeakBytes } from "./live-memory.ts";
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
  /** Convolutions and dense layers on the longest way. */
  readonly depth: number;
  /** Longer side, in pixels, of what a cell of the last feature map sees that sees less than the whole picture. */
  readonly receptiveField: number | null;
  /** The same with both sides, step and place. */
  readonly receptiveFieldGeometry: ReceptiveField | null;
  /** Side, in pixels, of the smallest square picture that the network takes, up to the declared one. */
  readonly minInput: number | null;
  /** Smallest height for the declared width, and smallest width for the declared height. */
  readonly minInputSides: MinInput["sides"] | null;
  readonly activations: { readonly elements: number; readonly peakBytes: number };
  readonly batch: number;
  readonly elementType: string;
  readonly primitives: Primitives;
  /** Each `factor`, and what a plain convolution in its place would take. */
  readonly factorizations: readonly Factorization[];
  readonly modules: readonly ModuleCost[];
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

/** What one block takes; blocks at a deeper level are part of one before them. */
export interface ModuleCost {
  readonly path: string;
  /** The module, the operator, or what else the block is. */
  readonly module: string;
  readonly level: number;
  readonly outputShape: readonly number[];
  readonly params: number;
  readonly trainable: number;
  readonly nonTrainable: number;
  readonly macs: number;
  readonly flops: number;
  readonly convs: number;
  readonly activations: number;
}

export interface ReportOptions extends MemoryOptions {
  /** By which operations are counted once more; the next two options are about that count alone. */
  readonly convention?: ConventionName;
  /** How it takes batch normalization. Default: `counted`. */
  readonly batchNorm?: BatchNormView;
  /** What it counts beside the convention's own operations. */
  readonly count?: readonly CountGroup[];
  /** Without it, the smallest input is not looked for. */
  readonly accepts?: AcceptsSize;
}

export function createNetworkReport(
  { architecture, root }: CheckedArchitecture,
  options: ReportOptions = {},
): NetworkReport {
  const { batch = 1, elementType = "float32", accepts } = options;
  const meter = createCostMeter();
  const cost = meter(root);
  const { params, convs, activations, primitives } = cost;
  const input = toNumbers(architecture.input);
  const [height, width] = input;
  const hasSides = accepts && height !== undefined && width !== undefined;
  const smallest = hasSides ? findMinInput(accepts, [height, width]) : undefined;
  const field = measureReceptiveField(root);
  const convention = countConvention(root, options);
  return {
    formatVersion: 1,
    network: architecture.name,
    input,
    outputs: listOutputs(root),
    status: isExact(cost) ? "complete" : "partial",
    params,
    macs: macsOf(primitives),
    flops: countOperations(flop, primitives),
    flopRule: formatRule(flop),
    ...(convention ? { convention } : {}),
    convs,
    depth: measureDepth(root),
    receptiveField: field ? Math.max(...field.size) : null,
    receptiveFieldGeometry: field ?? null,
    minInput: smallest?.square ?? null,
    minInputSides: smallest?.sides ?? null,
    activations: {
      elements: activations,
      peakBytes: measurePeakBytes(root, { batch, elementType }),
    },
    batch,
    elementType,
    primitives,
    factorizations: measureFactorizations(root, meter),
    modules: listBlocks(root).map(({ path, shaped, level }) => {
      const block = meter(shaped);
      return {
        path,
        module: describeBlock(shaped.node),
        level,
        outputShape: toNumbers(outputOf(shaped)),
        params: block.params.total,
        trainable: block.params.trainable,
        nonTrainable: block.params.nonTrainable,
        macs: macsOf(block.primitives),
        flops: countOperations(flop, block.primitives),
        convs: block.convs,
        activations: block.activations,
      };
    }),
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
    rule: formatRule(counting),
    batchNorm,
    count: plain,
    ...(fused === plain ? {} : { countWithFusedNorm: fused }),
  };
}

function listOutputs(root: ShapedNode): NetworkReport["outputs"] {
  const heads: { name: string; shape: readonly number[] }[] = [];
  walk(root, (shaped, path) => {
    if (shaped.node.kind === "aux") heads.push({ name: path, shape: toNumbers(outputOf(shaped)) });
    return true;
  });
  return [{ name: lastLayerPath(root, root.node.name), shape: toNumbers(root.output) }, ...heads];
}

/** What comes out of a block; of an auxiliary head, its own output. */
function outputOf(shaped: ShapedNode): Shape {
  const { node, output, children } = shaped;
  return node.kind === "aux" ? (children[0]?.output ?? output) : output;
}

/** The path of the layer that makes a block's output; that of the block itself if it has no layer. */
function lastLayerPath(shaped: ShapedNode, path: string): string {
  const { node, children } = shaped;
  const isChain =
    node.kind === "sequence" ||
    node.kind === "factor" ||
    node.kind === "repeat" ||
    node.kind === "call";
  if (!isChain) return path;
  for (let index = children.length - 1; index >= 0; index--) {
    const child = children[index];
    if (child && child.node.kind !== "aux") {
      return lastLayerPath(child, childPath(node, path, child.node, index));
    }
  }
  return path;
}

/** The sides of a shape whose sides are known. */
function toNumbers(shape: Shape): readonly number[] {
  return shape.filter(isKnown);
}
