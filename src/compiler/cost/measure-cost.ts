/**
 * Sums parameters, convolutions and primitive operations from the leaves of a block upwards, for a batch of 1 at
 * inference.
 *
 * The conventions weigh these operations into one number.
 */
import type { OperatorNode } from "../ir/architecture.ts";
import { isKernel, type LayerTemplate, tensorSize } from "../ir/layer-graph.ts";
import type { ShapedNode } from "../ir/shaped.ts";
import { ownLayers } from "../lower/own-layers.ts";
import { knownElements } from "../ops/feature-map.ts";
import type { OperatorDefinition } from "../ops/operator.ts";
import {
  NO_PRIMITIVES,
  PRIMITIVE_NAMES,
  type Primitives,
  sumPrimitives,
} from "../ops/primitives.ts";
import { operatorNamed } from "../ops/registry.ts";
import { countElements } from "./count-elements.ts";

/** Numbers in the tensors that a block owns. */
export interface ParameterCount {
  readonly trainable: number;
  /** Moving means and variances. */
  readonly nonTrainable: number;
  readonly total: number;
}

export interface Cost {
  readonly params: ParameterCount;
  /** Convolutions, projections included; a separable convolution is two. */
  readonly convs: number;
  /** Elements of all tensors that the layers make. */
  readonly activations: number;
  readonly primitives: Primitives;
}

/**
 * How batch normalization is counted: as it stands; `folded` into the layer that it belongs to, which has a bias then;
 * or `ignored`. A `batchnorm` step has no layer of its own to be folded into, and is counted.
 */
export const BATCH_NORM_VIEWS = ["counted", "folded", "ignored"] as const;

export type BatchNormView = (typeof BATCH_NORM_VIEWS)[number];

/** Costs by node; equal uses are one node, and are counted once. */
export type CostMeter = (shaped: ShapedNode) => Cost;

/** What was measured, for as long as the node is there: a tree never changes, and networks share parts. */
const MEASURED: Readonly<Record<BatchNormView, WeakMap<ShapedNode, Cost>>> = {
  counted: new WeakMap(),
  folded: new WeakMap(),
  ignored: new WeakMap(),
};

/** Remembers what it measured. Every shape in the tree must be known. */
export function createCostMeter(batchNorm: BatchNormView = "counted"): CostMeter {
  const known = MEASURED[batchNorm];
  const measure = (shaped: ShapedNode): Cost => {
    const before = known.get(shaped);
    if (before) return before;
    const uses = new Map<ShapedNode, number>();
    for (const child of shaped.children) uses.set(child, (uses.get(child) ?? 0) + 1);
    const parts = [...uses].map(([child, times]) => ({ cost: measure(child), times }));
    const own = measureOwnCost(shaped, batchNorm);
    const cost = parts.length === 0 ? own : sumCosts([{ cost: own, times: 1 }, ...parts]);
    known.set(shaped, cost);
    return cost;
  };
  return measure;
}

/** What a node adds to the cost of its children: that of a layer, and nothing where it is none. */
export function measureOwnCost(shaped: ShapedNode, batchNorm: BatchNormView = "counted"): Cost {
  return { ...ownCost(shaped, batchNorm), activations: countElements(shaped) };
}

/** Multiply-adds of convolutions and dense layers. */
export function macsOf({ convMacs, denseMacs }: Primitives): number {
  return convMacs + denseMacs;
}

/** Whether every count is a whole number that a float holds exactly; a larger one is rounded. */
export function isExact({ params, primitives }: Cost): boolean {
  return (
    Number.isSafeInteger(params.total) &&
    Number.isSafeInteger(macsOf(primitives)) &&
    PRIMITIVE_NAMES.every((name) => Number.isSafeInteger(primitives[name]))
  );
}

/** Convolutions among layers: one for each kernel. */
function convolutionsIn(layers: readonly LayerTemplate[]): number {
  return layers
    .filter(({ kind }) => kind !== "dense")
    .reduce((all, { tensors }) => all + tensors.filter(isKernel).length, 0);
}

/** Tensors are counted apart: they follow one rule for all kinds of nodes. */
type OwnCost = Omit<Cost, "activations">;

const NOTHING: OwnCost = {
  params: { trainable: 0, nonTrainable: 0, total: 0 },
  convs: 0,
  primitives: NO_PRIMITIVES,
};

function ownCost(shaped: ShapedNode, batchNorm: BatchNormView): OwnCost {
  const { node, output } = shaped;
  switch (node.kind) {
    case "operator":
      return operatorCost(node, shaped, batchNorm);
    case "sum":
      return operations({ joinAdds: (node.branches.length - 1) * knownElements(output) });
    case "residual": {
      const elements = knownElements(output);
      const isScaled = ownLayers(shaped).some(({ kind }) => kind === "rescale");
      return operations({ joinAdds: elements, scaleMuls: isScaled ? elements : 0 });
    }
    case "scale_by":
      return operations({ scaleMuls: knownElements(output) });
    default:
      return NOTHING;
  }
}

function operations(primitives: Partial<Primitives>): OwnCost {
  return { ...NOTHING, primitives: sumPrimitives([primitives]) };
}

function operatorCost(node: OperatorNode, shaped: ShapedNode, batchNorm: BatchNormView): OwnCost {
  const layers = ownLayers(shaped);
  let [total, trainable] = [0, 0];
  for (const tensor of layers.flatMap(({ tensors }) => tensors)) {
    const size = tensorSize(tensor);
    total += size;
    if (tensor.trainable) trainable += size;
  }
  return {
    params: { trainable, nonTrainable: total - trainable, total },
    convs: convolutionsIn(layers),
    primitives: sumPrimitives([
      operationsIn(operatorNamed(node.operator), node, shaped, batchNorm),
    ]),
  };
}

function operationsIn(
  definition: OperatorDefinition,
  { attributes }: OperatorNode,
  { input, output }: ShapedNode,
  batchNorm: BatchNormView,
): Partial<Primitives> {
  const measure = (view: OperatorNode["attributes"]): Partial<Primitives> =>
    definition.measure(view, input, output);
  if (batchNorm === "counted") return measure(attributes);
  if (definition.family === "normalization") {
    if (batchNorm === "folded") return measure(attributes);
    return { ...measure(attributes), batchNormElements: 0, batchNormChannels: 0 };
  }
  const { norm } = attributes;
  // Only batch normalization computes with numbers that are known before the picture.
  const isBatch = typeof norm === "object" && norm && "kind" in norm && norm.kind === "batch";
  if (!isBatch) return measure(attributes);
  const bias = batchNorm === "folded" || attributes.bias === true;
  return measure({ ...attributes, norm: null, bias });
}

/** The costs of parts, each taken as often as it is used. */
export function sumCosts(parts: readonly { readonly cost: Cost; readonly times: number }[]): Cost {
  const sum = (read: (cost: Cost) => number): number =>
    parts.reduce((all, { cost, times }) => all + times * read(cost), 0);
  const trainable = sum(({ params }) => params.trainable);
  const nonTrainable = sum(({ params }) => params.nonTrainable);
  const primitives = { ...NO_PRIMITIVES };
  for (const name of PRIMITIVE_NAMES) primitives[name] = sum((cost) => cost.primitives[name]);
  return {
    params: { trainable, nonTrainable, total: trainable + nonTrainable },
    convs: sum(({ convs }) => convs),
    activations: sum(({ activations }) => activations),
    primitives,
  };
}
