/**
 * Lists the tensors that the layers of one node produce, by their number of elements.
 *
 * The rule is that of the generated code: every layer makes one tensor. An operator is a layer, and so are the
 * normalization and the activation that follow it, a join, a residual's scale and its addition, and a gate's product.
 * Dropout, flattening and identity return what they get. What tf.layers lacks takes several layers: an activation such
 * as `hard_swish`, an average pool that counts its padding. Temporary tensors inside a layer are in working-tensors.ts.
 */
import type { OperatorNode, ResidualNode } from "../ir/architecture.ts";
import { ACTIVATIONS, type ActivationName } from "../ir/attributes.ts";
import type { ShapedNode } from "../ir/shaped.ts";
import { knownElements } from "../ops/feature-map.ts";
import { operatorNamed } from "../ops/registry.ts";
import { paddedElements, workingInActivation, workingInOperator } from "./working-tensors.ts";

/** What a layer makes. */
export interface LayerTensor {
  readonly size: number;
  /** Elements of the tensors that it makes for itself; they are alive together until it ends. */
  readonly working: number;
  /** How many layers back the second tensor that it reads was made. */
  readonly readsBack?: number;
}

/** The node's own tensors in the order of their making, without those of its children. */
export function layerTensors(shaped: ShapedNode): readonly LayerTensor[] {
  const { node, output } = shaped;
  switch (node.kind) {
    case "operator":
      return operatorTensors(node, shaped);
    case "concat":
    case "sum": {
      const size = knownElements(output);
      const { length } = node.branches;
      // One branch alone has nothing to be joined with; a sum adds one after the other.
      if (length < 2) return [];
      return [{ size, working: node.kind === "sum" ? (length - 2) * size : 0 }];
    }
    case "residual": {
      const size = knownElements(output);
      // The layer that scales also adds an offset of zero, to the product.
      return [...(hasScale(node) ? [{ size, working: size }] : []), plain(size)];
    }
    case "scale_by":
      return [plain(knownElements(output))];
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

function operatorTensors(node: OperatorNode, shaped: ShapedNode): readonly LayerTensor[] {
  const { operator, attributes } = node;
  const { input, output } = shaped;
  const size = knownElements(output);
  const counts = operatorNamed(operator).measure(attributes, input, output);
  const computes = Object.values(counts).some((count) => count > 0);
  // Neither arithmetic nor another number of elements: the same tensor, at most in another shape.
  if (!computes && size === knownElements(input)) return [];
  const activation = ACTIVATIONS.find((name) => name === operator);
  if (activation) return activationTensors(activation, size);
  const { norm, act } = attributes;
  const after = ACTIVATIONS.find((name) => name === act);
  const padded = paddedElements(node, shaped);
  return [
    ...(padded === undefined ? [] : [plain(padded)]),
    { size, working: workingInOperator(node, shaped) },
    ...(norm === undefined || norm === null ? [] : [plain(size)]),
    ...(after === undefined ? [] : activationTensors(after, size)),
  ];
}

function activationTensors(activation: ActivationName, size: number): readonly LayerTensor[] {
  // Layers that multiply and add a number make the product first.
  const rescaled = { size, working: size };
  const clipped = { size, working: workingInActivation("relu6", size) };
  switch (activation) {
    case "hard_sigmoid":
      return [rescaled, clipped, rescaled];
    case "hard_swish":
      return [rescaled, clipped, rescaled, { ...plain(size), readsBack: 4 }];
    default:
      return [{ size, working: workingInActivation(activation, size) }];
  }
}

/** What a layer makes that needs nothing else. */
function plain(size: number): LayerTensor {
  return { size, working: 0 };
}
