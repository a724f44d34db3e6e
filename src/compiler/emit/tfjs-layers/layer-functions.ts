/**
 * The interface through which the generator requests layer functions, one for each style of layer in the network.
 *
 * Only they call `tf.layers`, so that a generated module reads as the list of its layers.
 */
import type { Code } from "./code.ts";
import type { CustomLayer } from "./custom-layers.ts";
import type { JoinStyle, LayerStyle, WeightedLayer } from "./layer-call.ts";
import type { SupportFunction } from "./support-functions.ts";

/** Gives identifiers; what an identifier stands for is part of the file from then on. */
export interface LayerFunctions {
  functionFor(style: LayerStyle): string;
  joinFor(style: JoinStyle): string;
  supportFor(support: SupportFunction): string;
  customFor(layer: CustomLayer): string;
  /** The type of a layer's arguments. */
  argumentsFor(owner: WeightedLayer | "pool"): string;
  /** In the order of first use. */
  readonly code: readonly Code[];
}
