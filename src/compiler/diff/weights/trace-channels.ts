/**
 * Follows the order of channels through head: where branches are concatenated in another order, every later layer gets
 * permuted input channels, until a layer that mixes all channels absorbs the permutation.
 *
 * Where two paths meet, the filters of the last layer on one of them can be put in the order of the other.
 */
import { channelsOf } from "../../ir/dimension.ts";
import { operatorNamed } from "../../ops/registry.ts";
import type { Alignment } from "../align/alignment.ts";
import type { Part } from "../part.ts";
import {
  type ChannelOrder,
  expandChannels,
  flattenChannels,
  isSameOrder,
  SAME,
  toOrder,
  UNKNOWN_ORDER,
} from "./channel-order.ts";

/** Of one operator of head. */
export interface LayerChannels {
  readonly input: ChannelOrder;
  readonly output: ChannelOrder;
}

export interface ChannelTrace {
  readonly layers: ReadonlyMap<Part, LayerChannels>;
  /** Outputs of the network whose channels are in a different order: the root, and auxiliary heads. */
  readonly permutedOutputs: readonly Part[];
}

export function traceChannels(root: Part, { pairOfHead }: Alignment): ChannelTrace {
  const layers = new Map<Part, LayerChannels>();
  const permutedOutputs: Part[] = [];

  /** The order after the part; `wanted` is what it should be, where a layer in it is free to choose. */
  const follow = (part: Part, input: ChannelOrder, wanted: ChannelOrder): ChannelOrder => {
    const [first, second] = part.children;
    switch (part.node.kind) {
      case "operator": {
        const output = throughOperator(part, input, pairOfHead.has(part) ? wanted : SAME);
        layers.set(part, { input, output });
        return output;
      }
      case "concat":
        return joinChannels(
          part,
          part.children.map((branch) => follow(branch, input, SAME)),
          pairOfHead,
        );
      case "sum":
        return meet(part.children, input, wanted);
      case "residual": {
        if (first && second) return meet([first, second], input, wanted);
        return first ? agree(follow(first, input, input), input) : input;
      }
      case "scale_by":
        return agree(followSteps(part.children, input, input), input);
      case "aux": {
        const output = followSteps(part.children, input, SAME);
        if (output.kind === "permuted") permutedOutputs.push(part);
        return input;
      }
      default:
        return followSteps(part.children, input, wanted);
    }
  };
  const followSteps = (
    steps: readonly Part[],
    input: ChannelOrder,
    wanted: ChannelOrder,
  ): ChannelOrder => {
    const lastMixing = steps.findLastIndex((step) => !keepsChannels(step));
    return steps.reduce(
      (order, step, index) => follow(step, order, index >= lastMixing ? wanted : SAME),
      input,
    );
  };
  /** Paths that are added need a common order: that of a path which cannot choose, or the wanted one. */
  const meet = (ways: readonly Part[], input: ChannelOrder, wanted: ChannelOrder): ChannelOrder => {
    const free = ways.map((way) => follow(way, input, wanted));
    const target = free.find((order) => !isSameOrder(order, wanted)) ?? wanted;
    // Following again with the same `wanted` order would give the same result, at twice the cost for each nested join.
    const settled = target === wanted ? free : ways.map((way) => follow(way, input, target));
    return settled.reduce((all, order) => agree(order, all), target);
  };

  const output = follow(root, SAME, SAME);
  if (output.kind === "permuted") permutedOutputs.push(root);
  return { layers, permutedOutputs };
}

function agree(order: ChannelOrder, other: ChannelOrder): ChannelOrder {
  return isSameOrder(order, other) ? order : UNKNOWN_ORDER;
}

function throughOperator(part: Part, input: ChannelOrder, wanted: ChannelOrder): ChannelOrder {
  const { node, shaped } = part;
  if (node.kind !== "operator") return input;
  if (node.operator === "flatten") {
    const [height = 1, width = 1] = shaped.input;
    const places = shaped.input.length === 3 ? Number(height) * Number(width) : 1;
    return flattenChannels(input, places);
  }
  if (node.operator === "dwconv") return expandChannels(input, Number(node.attributes.mult));
  if (keepsChannels(part)) return input;
  return wanted.kind === "unknown" ? SAME : wanted;
}

/** Whether channel i that comes out is made of channel i that comes in, and of no other that matters to the order. */
function keepsChannels({ node, children }: Part): boolean {
  switch (node.kind) {
    case "operator": {
      const { family } = operatorNamed(node.operator);
      if (node.operator === "dwconv" || node.operator === "flatten") return true;
      return family !== "convolution" && family !== "dense";
    }
    case "concat":
    case "sum":
      return false;
    case "residual":
      // The trunk keeps its order, and the body is put in the same one.
      return children.length === 1;
    case "aux":
    case "scale_by":
      return true;
    default:
      return children.every(keepsChannels);
  }
}

/** A range of channels from one branch. */
interface Stretch {
  readonly start: number;
  readonly width: number;
}

/** Branches that exist on only one side are treated as corresponding if they are equally wide. */
function joinChannels(
  head: Part,
  orders: readonly ChannelOrder[],
  pairOfHead: Alignment["pairOfHead"],
): ChannelOrder {
  const base = pairOfHead.get(head)?.base;
  if (head.children.length === 1) return orders[0] ?? SAME;
  if (base?.node.kind !== "concat") return base ? SAME : UNKNOWN_ORDER;
  if (orders.some(({ kind }) => kind === "unknown")) return UNKNOWN_ORDER;
  const stretches = stretchesOf(base);
  const partners = head.children.map((branch) => pairOfHead.get(branch)?.base);
  const taken = new Set(partners);
  const lone = base.children.filter((branch) => !taken.has(branch));
  const baseOf: number[] = [];
  let isWhole = true;
  let hasMoved = false;
  head.children.forEach((branch, index) => {
    const width = widthOf(branch);
    const place = lone.findIndex((other) => widthOf(other) === width);
    const partner = partners[index] ?? (place < 0 ? undefined : lone.splice(place, 1)[0]);
    const stretch = partner && stretches.get(partner);
    if (stretch && stretch.start !== baseOf.length) hasMoved = true;
    if (!stretch || stretch.width !== width) isWhole = false;
    const start = stretch?.start ?? baseOf.length;
    const order = orders[index] ?? SAME;
    for (let channel = 0; channel < width; channel++) {
      baseOf.push(start + (order.kind === "permuted" ? (order.baseOf[channel] ?? 0) : channel));
    }
  });
  if (isWhole && lone.length === 0) return toOrder(Int32Array.from(baseOf));
  // Shapes say the rest as long as what stayed is where it was.
  return hasMoved || orders.some(({ kind }) => kind === "permuted") ? UNKNOWN_ORDER : SAME;
}

function stretchesOf(join: Part): ReadonlyMap<Part, Stretch> {
  const stretches = new Map<Part, Stretch>();
  let start = 0;
  for (const branch of join.children) {
    const width = widthOf(branch);
    stretches.set(branch, { start, width });
    start += width;
  }
  return stretches;
}

function widthOf({ shaped }: Part): number {
  return Number(channelsOf(shaped.output));
}
