/** Permutations of channels: for each channel of head, the channel of base that it corresponds to. */

/** `same`: each its own. `unknown`: no order of base's channels gives head's. */
export type ChannelOrder =
  | { readonly kind: "same" }
  | { readonly kind: "permuted"; readonly baseOf: Int32Array }
  | { readonly kind: "unknown" };

export const SAME: ChannelOrder = { kind: "same" };
export const UNKNOWN_ORDER: ChannelOrder = { kind: "unknown" };

/** The order given by `baseOf`, which must be a permutation. */
export function toOrder(baseOf: Int32Array): ChannelOrder {
  return baseOf.every((channel, index) => channel === index) ? SAME : { kind: "permuted", baseOf };
}

export function isSameOrder(a: ChannelOrder, b: ChannelOrder): boolean {
  if (a.kind === "permuted" && b.kind === "permuted") {
    return (
      a.baseOf.length === b.baseOf.length && a.baseOf.every((channel, i) => channel === b.baseOf[i])
    );
  }
  return a.kind === b.kind && a.kind !== "unknown";
}

/** For each channel of base, the channel of head that it corresponds to. */
export function invertOrder(order: ChannelOrder): ChannelOrder {
  if (order.kind !== "permuted") return order;
  const headOf = new Int32Array(order.baseOf.length);
  order.baseOf.forEach((channel, index) => {
    headOf[channel] = index;
  });
  return { kind: "permuted", baseOf: headOf };
}

/** The order after every channel became `count` neighbours (a depth multiplier). */
export function expandChannels(order: ChannelOrder, count: number): ChannelOrder {
  if (order.kind !== "permuted" || count === 1) return order;
  const { baseOf } = order;
  return toOrder(
    Int32Array.from({ length: baseOf.length * count }, (_, index) => {
      const channel = baseOf[Math.floor(index / count)] ?? 0;
      return channel * count + (index % count);
    }),
  );
}

/** The order of a flattened map of `places` cells: channels are the innermost axis. */
export function flattenChannels(order: ChannelOrder, places: number): ChannelOrder {
  if (order.kind !== "permuted") return order;
  const { baseOf } = order;
  return toOrder(
    Int32Array.from({ length: baseOf.length * places }, (_, index) => {
      const channel = baseOf[index % baseOf.length] ?? 0;
      return index - (index % baseOf.length) + channel;
    }),
  );
}

/** Runs `[first channel of base, count]`, in the order of head: `[[64, 64], [0, 64]]` swaps two halves. */
export function toRuns(baseOf: Int32Array): readonly (readonly [start: number, count: number])[] {
  const runs: [number, number][] = [];
  for (const channel of baseOf) {
    const last = runs.at(-1);
    if (last && channel === last[0] + last[1]) last[1]++;
    else runs.push([channel, 1]);
  }
  return runs;
}

/** The order after channels of equal groups were dealt out in turn: channel i of group g is channel i · groups + g then. */
export function shuffleChannels(
  order: ChannelOrder,
  channels: number,
  groups: number,
): ChannelOrder {
  if (order.kind !== "permuted") return order;
  const share = channels / groups;
  const sourceOf = (channel: number): number =>
    (channel % groups) * share + Math.floor(channel / groups);
  const placeOf = (channel: number): number =>
    (channel % share) * groups + Math.floor(channel / share);
  // Base deals out in the same way: channel j of head was channel baseOf[source of j], which base puts at its own place.
  return toOrder(
    Int32Array.from({ length: channels }, (_, channel) =>
      placeOf(order.baseOf[sourceOf(channel)] ?? 0),
    ),
  );
}

/** The order in share `part` of equal shares, where base has share `place` of the same width: unknown if it holds others. */
export function sliceChannels(
  order: ChannelOrder,
  width: number,
  part: number,
  place: number,
): ChannelOrder {
  if (order.kind === "unknown") return order;
  const channels = Int32Array.from({ length: width }, (_, index) => {
    const channel = part * width + index;
    return (order.kind === "permuted" ? (order.baseOf[channel] ?? -1) : channel) - place * width;
  });
  return channels.every((channel) => channel >= 0 && channel < width)
    ? toOrder(channels)
    : UNKNOWN_ORDER;
}
