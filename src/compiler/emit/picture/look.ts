/** What a picture shows of a network, and how it spreads over the page. */

/** Which way the tensors flow. */
export type Direction = "down" | "right";

export interface Look {
  readonly direction: Direction;
  /** Narrow blocks and gaps, for the columns of a page: what an operator is stands in two lines. */
  readonly isNarrow: boolean;
  /** Whether the fill of a block says its share of the multiply-adds. */
  readonly hasHeat: boolean;
  /** Whether parameters and multiply-adds are written. */
  readonly hasCounts: boolean;
  /** Whether shapes are written at the edges. */
  readonly hasShapes: boolean;
}

export const USUAL_LOOK: Look = {
  direction: "down",
  isNarrow: false,
  hasHeat: true,
  hasCounts: true,
  hasShapes: true,
};
