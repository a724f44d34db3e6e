/** Owns how tensors that one side lacks can be made, or put into others, so that the layer computes the same. */
import type { OperatorNode } from "../../ir/architecture.ts";
import type { BatchNorm } from "../../ir/attributes.ts";

/** `fill`: every number of the tensor. `fold`: the tensor of the same layer that takes it in. */
export type Repair =
  | { readonly kind: "fill"; readonly value: number }
  | { readonly kind: "fold"; readonly into: "kernel" | "bias" | "moving_mean" };

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

/** Takes in a tensor that base has and head has not. */
export function repairExtra(key: string, head: OperatorNode): Repair | undefined {
  const norm = normOf(head);
  const { bias } = head.attributes;
  // A step of its own has no kernel before it that is known to be its own.
  const hasKernel = head.operator !== "batchnorm";
  switch (nameIn(key)) {
    case "gamma":
      if (!hasKernel) return undefined;
      return norm || bias === true ? { kind: "fold", into: "kernel" } : undefined;
    case "moving_variance":
      return bias === true && !norm ? { kind: "fold", into: "kernel" } : undefined;
    case "moving_mean":
      return bias === true && !norm ? { kind: "fold", into: "bias" } : undefined;
    case "beta":
    case "bias":
      if (norm) return { kind: "fold", into: "moving_mean" };
      return bias === true ? { kind: "fold", into: "bias" } : undefined;
    default:
      return undefined;
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
