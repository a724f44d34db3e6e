/** Formats the difference of two counts: the absolute change and the percentage. */
import { formatShare } from "../compiler/core/format-count.ts";

/** A difference and its share of what it is a difference from: `−609.2K` and `−71.3%`; no change has no share. */
export interface ChangeText {
  readonly delta: string;
  readonly share: string;
}

export function formatChange(
  delta: number,
  base: number | null,
  format: (count: number) => string,
): ChangeText {
  const sign = delta > 0 ? "+" : delta < 0 ? "−" : "±";
  const size = Math.abs(delta);
  const hasShare = base !== null && base !== 0 && delta !== 0;
  const share = hasShare ? formatShare(size, base) : "";
  // A tiny change is shown as such in either direction.
  const isSigned = share !== "" && !share.startsWith("<");
  return { delta: `${sign}${format(size)}`, share: isSigned ? sign + share : share };
}
