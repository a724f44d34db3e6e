/**
 * Finds the order of channels that each set of tensors has in common. Tensors that are added, or that differ by a layer which
 * keeps channels in place, need one order; it is that of the first of them which cannot choose.
 */
import type { Layer } from "../../ir/layer-graph.ts";
import { type ChannelOrder, SAME } from "./channel-order.ts";

export interface OrderRules {
  /** Whether a layer may put out its channels in any order. */
  readonly isFree: (layer: Layer) => boolean;
  /** Whether a layer's inputs and output have one order. */
  readonly keepsOrder: (layer: Layer) => boolean;
  /** The order that a layer gives, from those of its inputs. */
  readonly through: (layer: Layer, inputs: readonly ChannelOrder[]) => ChannelOrder;
}

/** Gives for a layer the order that its output should have. */
export function createEqualOrders(
  layers: readonly Layer[],
  { isFree, keepsOrder, through }: OrderRules,
): (layer: Layer) => ChannelOrder {
  const setOf = joinSets(layers, keepsOrder);
  /** By set: the first layer in it whose order follows from what it reads. */
  const sources = new Map<number, Layer>();
  for (const layer of layers) {
    const set = setOf(layer.id);
    if (!isFree(layer) && !keepsOrder(layer) && !sources.has(set)) sources.set(set, layer);
  }
  const known = new Map<number, ChannelOrder>();
  const orderOf = (set: number): ChannelOrder => {
    const before = known.get(set);
    if (before) return before;
    // While it is looked for, and where nothing says otherwise, each channel is its own.
    known.set(set, SAME);
    const source = sources.get(set);
    if (!source) return SAME;
    const order = through(
      source,
      source.inputs.map((input) => orderOf(setOf(input))),
    );
    known.set(set, order);
    return order;
  };
  // From the first source to the last, so that what one reads is mostly known, and the way back is short.
  for (const set of sources.keys()) orderOf(set);
  return ({ id }) => {
    const order = orderOf(setOf(id));
    return order.kind === "unknown" ? SAME : order;
  };
}

/** Sets of layers by a number, which is the same for two layers whose outputs need one order. */
function joinSets(
  layers: readonly Layer[],
  keepsOrder: (layer: Layer) => boolean,
): (id: number) => number {
  const parents = layers.map((_, id) => id);
  const find = (id: number): number => {
    let root = id;
    for (let next = parents[root]; next !== undefined && next !== root; next = parents[root]) {
      root = next;
    }
    for (let at = id; at !== root; ) {
      const next = parents[at] ?? root;
      parents[at] = root;
      at = next;
    }
    return root;
  };
  for (const layer of layers) {
    if (!keepsOrder(layer)) continue;
    for (const input of layer.inputs) {
      const isOther = layers[input]?.shape.at(-1) !== layer.shape.at(-1);
      if (!isOther) parents[find(layer.id)] = find(input);
    }
  }
  return find;
}
