/** Chooses the distribution that weights start from, by the activation that follows them. */
import type { ActivationName } from "../ir/attributes.ts";
import type { InitialValue } from "../ir/layer-graph.ts";

/**
 * The uniform distribution of He et al. (2015) before a rectifier of any kind, that of Glorot and Bengio (2010), which
 * is Keras' default, elsewhere: a deep network without batch normalization keeps its variance only so.
 */
export function initialValueBefore(act: ActivationName | null): InitialValue {
  return act !== null && RECTIFIERS.has(act) ? "he-uniform" : "glorot-uniform";
}

/** Activations whose derivative is 1 or nearly so on the positive side. */
const RECTIFIERS: ReadonlySet<ActivationName> = new Set([
  "relu",
  "relu6",
  "elu",
  "leaky_relu",
  "silu",
  "gelu",
  "hard_swish",
]);
