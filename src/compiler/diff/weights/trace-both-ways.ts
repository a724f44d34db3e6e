/**
 * Follows the order of channels from base to head and from head to base. Where the two do not agree, the order is not known: so a
 * comparison says the same in both directions.
 */
import type { LayerGraph } from "../../ir/layer-graph.ts";
import { type Alignment, mirrorAlignment } from "../align/alignment.ts";
import type { Part } from "../part.ts";
import {
  type ChannelOrder,
  invertOrder,
  isSameOrder,
  SAME,
  UNKNOWN_ORDER,
} from "./channel-order.ts";
import { type ChannelTrace, type OperatorChannels, traceChannels } from "./trace-channels.ts";

export interface TracedSide {
  readonly root: Part;
  readonly graph: LayerGraph;
}

export function traceBothWays(
  base: TracedSide,
  head: TracedSide,
  alignment: Alignment,
): ChannelTrace {
  const forth = traceChannels(head.root, head.graph, alignment);
  const back = traceChannels(base.root, base.graph, mirrorAlignment(alignment));
  const operators = new Map<Part, OperatorChannels>();
  for (const [part, channels] of forth.operators) {
    const partner = alignment.pairOfHead.get(part)?.base;
    const former = partner && back.operators.get(partner);
    const agree = (side: "input" | "output"): ChannelOrder =>
      isSameOrder(channels[side], invertOrder(former?.[side] ?? SAME))
        ? channels[side]
        : UNKNOWN_ORDER;
    operators.set(part, former ? { input: agree("input"), output: agree("output") } : channels);
  }
  return { ...forth, operators };
}
