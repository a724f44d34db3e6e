/**
 * Says how a tensor that only one side has can be created, or folded into others, without changing what the layer
 * computes.
 */
import type { OperatorNode } from "../../ir/architecture.ts";
import type { BatchNorm } from "../../ir/attributes.ts";

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
 */
export type Repair =
  | { readonly kind: "fill"; readonly value: number }
  | { readonly kind: "fold"; readonly into: readonly string[]; readonly axes: AxisOrders };

/** Makes a tensor that head has and base has not; both are uses of one operator. */
export function repairMissing(key: string, head: OperatorNode): Repair | undefined {
  const norm = normOf(head);
  switch (nameIn(key)) {
    case "gamma":
      return { kind: "fill", value: 1 };
    case "beta":
    case "bias":
    case "moving_mean":
      return { kind: "fill", value: 0 };
    case "moving_variance":
      // With epsilon it is 1, so that the normalization divides by 1.
      return norm ? { kind: "fill", value: 1 - norm.eps } : undefined;
    default:
      return undefined;
  }
}

/** Takes in a tensor that base has and head has not; `axes` is how its channels are permuted. */
export function repairExtra(key: string, head: OperatorNode, axes: AxisOrders): Repair | undefined {
  const fold = (into: readonly string[]): Repair | undefined =>
    into.length > 0 ? { kind: "fold", into, axes } : undefined;
  const hasNorm = normOf(head) !== undefined;
  const bias = head.attributes.bias === true ? ["bias"] : [];
  // A normalization of its own has no kernel before it that is known to be its own.
  const kernel = kernelOf(head);
  switch (nameIn(key)) {
    case "bias":
      return hasNorm ? fold(["moving_mean"]) : undefined;
    case "moving_mean":
      return hasNorm ? undefined : fold(bias);
    case "moving_variance":
      return hasNorm || bias.length === 0 ? undefined : fold([...kernel, ...bias]);
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

/** The tensor whose last axes are the channels that come out. */
function kernelOf({ operator }: OperatorNode): readonly string[] {
  switch (operator) {
    case "batchnorm":
      return [];
    case "dwconv":
      return ["depthwise_kernel"];
    case "sepconv":
      return ["pointwise_kernel"];
    default:
      return ["kernel"];
  }
}

function nameIn(key: string): string {
  return key.slice(key.indexOf("/") + 1);
}

function normOf({ operator, attributes }: OperatorNode): BatchNorm | undefined {
  const { norm, eps } = attributes;
  if (operator === "batchnorm" && typeof eps === "number") {
    return { eps, momentum: 0, gamma: false, beta: false };
  }
  const isNorm = norm !== null && typeof norm === "object" && "eps" in norm;
  return isNorm ? norm : undefined;
}
