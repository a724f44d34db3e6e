/** Computes the rows of a report: costs by block, by layer, or by kind of operator. */
import { isKnown, type Shape } from "../ir/dimension.ts";
import type { ShapedNode } from "../ir/shaped.ts";
import { childPath } from "../ir/walk.ts";
import { countOperations } from "./conventions/convention.ts";
import { flop } from "./conventions/registry.ts";
import { isLayer } from "./count-elements.ts";
import { describeBlock } from "./describe-block.ts";
import { listBlocks, type Part } from "./list-blocks.ts";
import { type Cost, type CostMeter, macsOf, measureOwnCost, sumCosts } from "./measure-cost.ts";

/** What costs are divided by: blocks, layers, or kinds of operators. */
export type CostDivision = "module" | "layer" | "op";

/** What a part of a network takes, for one picture. */
export interface PartCost {
  readonly params: number;
  readonly trainable: number;
  readonly nonTrainable: number;
  readonly macs: number;
  readonly flops: number;
  readonly convs: number;
  /** Elements of all tensors that its layers make. */
  readonly activations: number;
}

/** What one block takes; blocks at a deeper level are part of one before them. */
export interface ModuleCost extends PartCost {
  readonly path: string;
  /** The module, the operator, or what else the block is. */
  readonly module: string;
  readonly level: number;
  readonly outputShape: readonly number[];
}

/** What one layer takes: an operator with its normalization and activation, or a join by itself. */
export interface LayerCost extends PartCost {
  readonly path: string;
  /** The operator, or the kind of join. */
  readonly operator: string;
  readonly outputShape: readonly number[];
}

/** What all layers of one kind take together. */
export interface OperatorCost extends PartCost {
  readonly operator: string;
  /** How many there are. */
  readonly layers: number;
}

export function listModuleCosts(root: ShapedNode, meter: CostMeter): readonly ModuleCost[] {
  return listBlocks(root).map(({ path, shaped, level }) => ({
    path,
    module: describeBlock(shaped.node),
    level,
    outputShape: toNumbers(outputOf(shaped)),
    ...toPartCost(meter(shaped)),
  }));
}

/** In the order of the text; what a join joins comes before it. They add up to the whole. */
export function listLayerCosts(root: ShapedNode): readonly LayerCost[] {
  return listLayers(root).map(({ path, shaped }) => ({
    path,
    operator: describeBlock(shaped.node),
    outputShape: toNumbers(shaped.output),
    ...toPartCost(measureOwnCost(shaped)),
  }));
}

/** In the order in which each kind is met first. They add up to the whole. */
export function listOperatorCosts(root: ShapedNode): readonly OperatorCost[] {
  const byOperator = new Map<string, Cost[]>();
  for (const { shaped } of listLayers(root)) {
    const operator = describeBlock(shaped.node);
    const costs = byOperator.get(operator) ?? [];
    costs.push(measureOwnCost(shaped));
    byOperator.set(operator, costs);
  }
  return [...byOperator].map(([operator, costs]) => ({
    operator,
    layers: costs.length,
    ...toPartCost(sumCosts(costs.map((cost) => ({ cost, times: 1 })))),
  }));
}

/** What comes out of a block; of an auxiliary head, its own output. */
function outputOf(shaped: ShapedNode): Shape {
  const { node, output, children } = shaped;
  return node.kind === "aux" ? (children[0]?.output ?? output) : output;
}

/** The sides of a shape whose sides are known. */
export function toNumbers(shape: Shape): readonly number[] {
  return shape.filter(isKnown);
}

function toPartCost({ params, primitives, convs, activations }: Cost): PartCost {
  return {
    params: params.total,
    trainable: params.trainable,
    nonTrainable: params.nonTrainable,
    macs: macsOf(primitives),
    flops: countOperations(flop, primitives),
    convs,
    activations,
  };
}

function listLayers(root: ShapedNode): readonly Part[] {
  const layers: Part[] = [];
  const enter = (shaped: ShapedNode, path: string): void => {
    const { node, children } = shaped;
    children.forEach((child, index) => {
      enter(child, childPath(node, path, child.node, index));
    });
    if (isLayer(shaped)) layers.push({ path, shaped });
  };
  enter(root, root.node.name);
  return layers;
}
