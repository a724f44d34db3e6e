/**
 * Owns which tensors the layers of one node make, by the number of their elements.
 *
 * The rule is that of the generated code: every layer makes one tensor. An operator is a layer, and so are the normalization and
 * the activation that follow it, a join, a residual's scale and its addition, a gate's product. Dropout, flattening and
 * identity hand on what they get.
 */
import type { OperatorNode, ResidualNode } from "../ir/architecture.ts";
import type { ShapedNode } from "../ir/shaped.ts";
import { knownElements } from "../ops/feature-map.ts";
import { operatorNamed } from "../ops/registry.ts";

/** Sizes of the node's own tensors in the order of their making, without those of its children. */
export function layerTensors(shaped: ShapedNode): readonly number[] {
  const { node, output } = shaped;
  switch (node.kind) {
    case "operator":
      return operatorTensors(node, shaped);
    case "concat":
    case "sum":
      // One branch alone has nothing to be joined with.
      return node.branches.length > 1 ? [knownElements(output)] : [];
    case "residual":
      return hasScale(node)
        ? [knownElements(output), knownElements(output)]
        : [knownElements(output)];
    case "scale_by":
      return [knownElements(output)];
    default:
      return [];
  }
}

/**
 * Whether the body is multiplied before the addition. A scale of 1 is a multiplication only where code can be given
 * another one.
 */
export function hasScale({ scale, scaleOption }: ResidualNode): boolean {
  return scale !== 1 || scaleOption !== undefined;
}

function operatorTensors(
  { operator, attributes }: OperatorNode,
  { input, output }: ShapedNode,
): readonly number[] {
  const elements = knownElements(output);
  const counts = operatorNamed(operator).measure(attributes, input, output);
  const computes = Object.values(counts).some((count) => count > 0);
  // Neither arithmetic nor another number of elements: the same tensor, at most in another shape.
  if (!computes && elements === knownElements(input)) return [];
  const { norm, act } = attributes;
  const tail = [norm, act].filter((layer) => layer !== undefined && layer !== null);
  return [elements, ...tail.map(() => elements)];
}
