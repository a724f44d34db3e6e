/** The data that the steps of a proof share. */
import type { Layer } from "../../ir/layer-graph.ts";
import type { Alignment } from "../align/alignment.ts";
import type { Change } from "../change.ts";
import type { FollowedGraphs } from "./follow-graphs.ts";
import type { IndexedSide } from "./indexed-side.ts";

/** Two graphs whose channels were followed. */
export interface GraphComparison {
  readonly base: IndexedSide;
  readonly head: IndexedSide;
  readonly pairOfHead: Alignment["pairOfHead"];
  readonly followed: FollowedGraphs;
  readonly collected: readonly Change[];
  /** Whether a collected change tells why two tensors differ. */
  readonly isExplained: (before: Layer, after: Layer) => boolean;
}
