/**
 * Says how a tensor that only one side has can be created, or folded into others, without changing what the layer
 * computes.
 */
import { isKernel, type LayerTemplate, type LayerTemplateOf } from "../../ir/layer-graph.ts";

/** Along each axis runs `[first index of base, count]`, in the order of head; none where the order stays. */
export type AxisOrders = readonly {
  readonly axis: number;
  readonly runs: readonly (readonly [start: number, count: number])[];
}[];

/**
 * `fill`: every number of the tensor. `fold`: the tensors of the same layer in head that take it in, after all others are
 * there and its channels are in the order that `axes` say. Per channel, in this order, with σ for the root of variance and epsilon:
 *
 * | left over | into |
 * |---|---|
 * | bias b | moving_mean − b |
 * | moving_mean m | bias − m |
 * | moving_variance | kernel / σ, bias / σ |
 * | gamma γ | kernel · γ, bias · γ, moving_mean · γ |
 * | beta β | moving_mean − β·σ / gamma (1 where there is none), or bias + β |
 *
 * Nothing folds where a layer normalizes by statistics of the picture itself: they are no numbers of the network.
 */
export type Repair =
  | { readonly kind: "fill"; readonly value: number }
  | { readonly kind: "fold"; readonly into: readonly string[]; readonly axes: AxisOrders };

/** The layers that the same operator has in base and in head. */
export interface OperatorLayers {
  readonly base: readonly LayerTemplate[];
  readonly head: readonly LayerTemplate[];
}

/** Makes a tensor that head has and base has not. */
export function repairMissing(
  key: string,
  { base, head: layers }: OperatorLayers,
): Repair | undefined {
  if (!haveSameStatistics(base, layers)) return undefined;
  const norm = normIn(layers);
  switch (nameIn(key)) {
    case "gamma":
      return { kind: "fill", value: 1 };
    case "beta":
    case "bias":
    case "moving_mean":
      return { kind: "fill", value: 0 };
    case "moving_variance":
      // With epsilon it is 1, so that the normalization divides by 1.
      return norm ? { kind: "fill", value: 1 - norm.attributes.eps } : undefined;
    default:
      return undefined;
  }
}

/** Takes in a tensor that base has and head has not; `axes` is how its channels are permuted. */
export function repairExtra(
  key: string,
  { base, head: layers }: OperatorLayers,
  axes: AxisOrders,
): Repair | undefined {
  // What follows statistics of the picture itself cannot move in front of them, nor the other way round.
  if (base.some(usesOwnStatistics) || layers.some(usesOwnStatistics)) return undefined;
  const fold = (into: readonly string[]): Repair | undefined =>
    into.length > 0 ? { kind: "fold", into, axes } : undefined;
  const tensors = layers.flatMap((layer) => layer.tensors);
  const hasNorm = normIn(layers) !== undefined;
  const bias = tensors.some(({ name }) => name === "bias") ? ["bias"] : [];
  // The last of them is the one whose last axes are the channels that go out. A normalization of its own has no kernel
  // before it that is known to be its own.
  const kernel = tensors
    .filter(isKernel)
    .slice(-1)
    // The channels that go out are not the last axis of a transposed convolution, and nothing is folded along another.
    .filter(({ axes }) => axes.at(-1) !== "in")
    .map(({ name }) => name);
  switch (nameIn(key)) {
    case "bias":
      return hasNorm ? fold(["moving_mean"]) : undefined;
    case "moving_mean":
      return hasNorm ? undefined : fold(bias);
    case "moving_variance":
      return hasNorm || bias.length === 0 || kernel.length === 0
        ? undefined
        : fold([...kernel, ...bias]);
    case "gamma":
      if (kernel.length === 0) return undefined;
      if (hasNorm) return fold([...kernel, ...bias, "moving_mean"]);
      return bias.length === 0 ? undefined : fold([...kernel, ...bias]);
    case "beta":
      return fold(hasNorm ? ["moving_mean"] : bias);
    default:
      return undefined;
  }
}

/** Whether both sides normalize by statistics of the picture itself in the same places, or nowhere. */
function haveSameStatistics(
  base: readonly LayerTemplate[],
  head: readonly LayerTemplate[],
): boolean {
  const places = (layers: readonly LayerTemplate[]): string =>
    layers
      .filter(usesOwnStatistics)
      .map(({ kind, name }) => `${kind} ${name}`)
      .join();
  return places(base) === places(head);
}

function usesOwnStatistics({ kind }: LayerTemplate): boolean {
  return kind === "layer_norm" || kind === "group_norm";
}

function nameIn(key: string): string {
  return key.slice(key.indexOf("/") + 1);
}

function normIn(layers: readonly LayerTemplate[]): LayerTemplateOf<"batch_norm"> | undefined {
  return layers.find((layer) => layer.kind === "batch_norm");
}
