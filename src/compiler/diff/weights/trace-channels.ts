/**
 * Follows the order of channels through the layers of head: where branches are concatenated in another order, every layer
 * after them sees its input channels permuted, until a layer that mixes all channels puts an end to it. Such a layer may
 * put its own filters in any order, and takes the one that what its output is added to has.
 */

import { isJoin } from "../../ir/architecture.ts";
import { channelsOf, elementCount } from "../../ir/dimension.ts";
import type { Layer, LayerGraph, LayerOf } from "../../ir/layer-graph.ts";
import type { Alignment } from "../align/alignment.ts";
import { type Part, walkParts } from "../part.ts";
import {
  type ChannelOrder,
  expandChannels,
  flattenChannels,
  isSameOrder,
  SAME,
  shuffleChannels,
  sliceChannels,
  UNKNOWN_ORDER,
} from "./channel-order.ts";
import { channelUse, hasFilters } from "./channel-use.ts";
import { concatenateOrders } from "./concatenate-orders.ts";
import { createEqualOrders } from "./equal-orders.ts";

/** Of one operator of head. */
export interface OperatorChannels {
  readonly input: ChannelOrder;
  readonly output: ChannelOrder;
}

export interface ChannelTrace {
  /** By operator of head; one that passes its input on is not in it. */
  readonly operators: ReadonlyMap<Part, OperatorChannels>;
  /** Outputs of the network whose channels come in another order: the root, and auxiliary heads. */
  readonly permutedOutputs: readonly Part[];
}

/** `graph` is that of head, as its author wrote it. */
export function traceChannels(
  root: Part,
  { layers, outputs }: LayerGraph,
  { pairOfHead }: Alignment,
): ChannelTrace {
  const parts = partsByBlock(root);
  const isFree = (layer: Layer): boolean => {
    const part = parts.get(layer.block);
    return hasFilters(layer) && part !== undefined && pairOfHead.has(part);
  };
  const isAsInBase = ({ block }: Layer): boolean => {
    const part = parts.get(block);
    return part !== undefined && pairOfHead.get(part)?.base.bare === part.bare;
  };
  /** The order that a layer's own rule gives, from those of its inputs. */
  const through = (layer: Layer, inputs: readonly ChannelOrder[]): ChannelOrder => {
    const [first = SAME, ...others] = inputs;
    switch (layer.kind) {
      case "concat": {
        const part = parts.get(layer.block);
        return part ? concatenateOrders(part, inputs, pairOfHead) : UNKNOWN_ORDER;
      }
      case "slice":
        return ofShare(parts.get(layer.block), first, layer, pairOfHead);
      case "add": {
        const part = parts.get(layer.block);
        const wasSplit = part && pairOfHead.get(part)?.base.node.kind === "split";
        return wasSplit ? UNKNOWN_ORDER : others.reduce(agree, first);
      }
      case "multiply":
        // A gate of one channel has no order.
        return others.reduce(
          (all, order, index) =>
            isOneChannel(layers[layer.inputs[index + 1] ?? 0]) ? all : agree(all, order),
          first,
        );
      case "depthwise_conv":
        return expandChannels(first, layer.attributes.mult);
      case "flatten": {
        const read = layers[layer.inputs[0] ?? 0];
        const places = (elementCount(layer.shape) ?? 1) / Number(channelsOf(read?.shape ?? [1]));
        return flattenChannels(first, places);
      }
      case "shuffle": {
        // Where base shuffles otherwise or not at all, no order of its channels gives head's.
        if (first.kind === "permuted" && !isAsInBase(layer)) return UNKNOWN_ORDER;
        return shuffleChannels(first, Number(channelsOf(layer.shape)), layer.attributes.groups);
      }
      default:
        if (hasFilters(layer) || layer.kind === "input") return SAME;
        // It mixes channels that stand together, and others than in base where they come in another order.
        return channelUse(layer) === "neighbours" && first.kind === "permuted"
          ? UNKNOWN_ORDER
          : first;
    }
  };

  const wanted = createEqualOrders(layers, { isFree, keepsOrder, through });
  const orders: ChannelOrder[] = [];
  for (const layer of layers) {
    const inputs = layer.inputs.map((input) => orders[input] ?? SAME);
    orders.push(isFree(layer) ? wanted(layer) : through(layer, inputs));
  }

  const operators = new Map<Part, OperatorChannels>();
  for (const { id, block, inputs } of layers) {
    const part = parts.get(block);
    if (part?.node.kind !== "operator") continue;
    const known = operators.get(part);
    const input = known?.input ?? orders[inputs[0] ?? 0] ?? SAME;
    operators.set(part, { input, output: orders[id] ?? SAME });
  }
  const permutedOutputs = outputs.flatMap((id, index) => {
    const layer = layers[id];
    const part = index === 0 ? root : parts.get(layer?.block ?? "");
    return part && orders[id]?.kind === "permuted" ? [part] : [];
  });
  return { operators, permutedOutputs };
}

/** Operators, joins and auxiliary heads by path; of several things at one path, the one that has a layer there. */
function partsByBlock(root: Part): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>();
  walkParts(root, (part) => {
    const { node } = part;
    if (node.kind === "operator" || isJoin(node) || node.kind === "aux") parts.set(part.path, part);
    return true;
  });
  return parts;
}

/**
 * The order in a branch's share of a split: known where base deals the same channels to the same branch, in any order. No other
 * order of base's channels gives head's.
 */
function ofShare(
  split: Part | undefined,
  order: ChannelOrder,
  { attributes: { part, parts }, shape }: LayerOf<"slice">,
  pairOfHead: Alignment["pairOfHead"],
): ChannelOrder {
  const branch = split?.children[part];
  const former = split && pairOfHead.get(split)?.base;
  const partner = branch && pairOfHead.get(branch)?.base;
  const place = partner && former?.node.kind === "split" ? former.children.indexOf(partner) : -1;
  if (place < 0 || former?.children.length !== parts) return UNKNOWN_ORDER;
  if (order.kind === "same" && place === part) return SAME;
  return sliceChannels(order, Number(channelsOf(shape)), part, place);
}

function agree(one: ChannelOrder, other: ChannelOrder): ChannelOrder {
  return isSameOrder(one, other) ? one : UNKNOWN_ORDER;
}

function isOneChannel(layer: Layer | undefined): boolean {
  return layer !== undefined && channelsOf(layer.shape) === 1;
}

/** Whether all inputs and the output have one order of channels, whatever it is. */
function keepsOrder(layer: Layer): boolean {
  if (layer.kind === "depthwise_conv") return layer.attributes.mult === 1;
  const use = channelUse(layer);
  return use === "each" || use === "alike";
}
