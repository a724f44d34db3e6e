/** Finds the smallest picture that a network accepts, by a search over a predicate that the caller supplies. */

/** Smallest sides in pixels. */
export interface MinInput {
  /** Side of the smallest square; absent where the network takes no square that is as small as its declared input. */
  readonly square?: number;
  /** Smallest height for the declared width, and smallest width for the declared height. */
  readonly sides: { readonly height: number; readonly width: number };
}

/** Whether every layer of the network has room on a picture of this size. */
export type AcceptsSize = (height: number, width: number) => boolean;

/** Sides up to this are all tried. */
const MOST_TRIED = 512;

/** The declared size itself must be accepted. */
export function findMinInput(
  accepts: AcceptsSize,
  [height, width]: readonly [number, number],
): MinInput {
  const square = findSmallestSquare(accepts, Math.min(height, width));
  return {
    ...(square === undefined ? {} : { square }),
    sides: {
      height: smallestSide((side) => accepts(side, width), height) ?? height,
      width: smallestSide((side) => accepts(height, side), width) ?? width,
    },
  };
}

/** Side of the smallest square picture up to `largest` that is accepted. */
export function findSmallestSquare(accepts: AcceptsSize, largest: number): number | undefined {
  return smallestSide((side) => accepts(side, side), largest);
}

/**
 * The smallest side from 1 to `largest` that is accepted. A window that does not fit rules out all smaller sides, but a join of
 * pictures halved and enlarged again takes only multiples: what is accepted need not stay accepted on the way up. So sides are
 * tried one by one from below. Beyond `MOST_TRIED` that would take too long; there the search halves the distance to
 * `largest`, which finds a side whose smaller neighbour is not accepted.
 */
function smallestSide(accepts: (side: number) => boolean, largest: number): number | undefined {
  for (let side = 1; side <= Math.min(largest, MOST_TRIED); side++) {
    if (accepts(side)) return side;
  }
  if (largest <= MOST_TRIED || !accepts(largest)) return undefined;
  let refused = MOST_TRIED;
  let accepted = largest;
  while (accepted - refused > 1) {
    const middle = Math.floor((accepted + refused) / 2);
    if (accepts(middle)) accepted = middle;
    else refused = middle;
  }
  return accepted;
}
