/** Finds the order of channels after branches of head are concatenated, from where base has the same branches. */
import { channelsOf } from "../../ir/dimension.ts";
import type { Alignment } from "../align/alignment.ts";
import type { Part } from "../part.ts";
import { type ChannelOrder, SAME, toOrder, UNKNOWN_ORDER } from "./channel-order.ts";

/** A stretch of channels that one branch gives. */
interface Stretch {
  readonly start: number;
  readonly width: number;
}

/** Branches that are on one side only count as one another where they are equally wide. */
export function concatenateOrders(
  head: Part,
  orders: readonly ChannelOrder[],
  pairOfHead: Alignment["pairOfHead"],
): ChannelOrder {
  const base = pairOfHead.get(head)?.base;
  if (head.children.length === 1) return orders[0] ?? SAME;
  // Where one side deals channels out, branches of the other see others.
  const isSplit = head.node.kind === "split" || base?.node.kind === "split";
  if (isSplit && base?.node.kind !== head.node.kind) return UNKNOWN_ORDER;
  if (base?.node.kind === "sum") return SAME;
  if (!base) return UNKNOWN_ORDER;
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
