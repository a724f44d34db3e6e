/** Computes the kernel that a `factor` chain of convolutions is equivalent to. */
import type { FactorNode } from "../ir/architecture.ts";
import type { AttributeValue } from "../ir/attributes.ts";

/**
 * The window that the parts cover together, height and width: 1 + the sum of (kernel − 1) · dilation · (product of the
 * strides before it), the receptive field of a chain.
 */
export function composeFactor({ parts }: FactorNode): readonly [number, number] {
  const along = (axis: 0 | 1): number => {
    let size = 1;
    let step = 1;
    for (const { attributes } of parts) {
      size += (side(attributes.kernel, axis) - 1) * side(attributes.dilation, axis) * step;
      step *= side(attributes.stride, axis);
    }
    return size;
  };
  return [along(0), along(1)];
}

function side(size: AttributeValue | undefined, axis: 0 | 1): number {
  const value = Array.isArray(size) ? (size as readonly number[])[axis] : size;
  return typeof value === "number" ? value : 1;
}
