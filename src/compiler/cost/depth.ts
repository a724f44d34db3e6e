/**
 * Computes the depth of a block: convolutions and dense layers on the longest path through it, or from its beginning to
 * the end of an auxiliary head inside it.
 *
 * A separable convolution counts as two; normalization counts as none, although it has weights.
 */
import type { ShapedNode } from "../ir/shaped.ts";
import { operatorNamed } from "../ops/registry.ts";
import { kernelsIn } from "./measure-cost.ts";

export function measureDepth(root: ShapedNode): number {
  const known = new Map<ShapedNode, Depth>();
  const measure = (shaped: ShapedNode): Depth => {
    const before = known.get(shaped);
    if (before) return before;
    const depth = depthOf(shaped, measure);
    known.set(shaped, depth);
    return depth;
  };
  const { through, toHead } = measure(root);
  return Math.max(through, toHead);
}

interface Depth {
  /** On the longest path to the output. */
  readonly through: number;
  /** On the longest path to the output of an auxiliary head; 0 without one. */
  readonly toHead: number;
}

function depthOf(shaped: ShapedNode, measure: (child: ShapedNode) => Depth): Depth {
  const { node, input, children } = shaped;
  switch (node.kind) {
    case "operator": {
      const weights = operatorNamed(node.operator).weights(node.attributes, input);
      return { through: kernelsIn(weights), toHead: 0 };
    }
    case "aux": {
      const { through, toHead } = sideBySide(children.map(measure));
      return { through: 0, toHead: Math.max(through, toHead) };
    }
    case "concat":
    case "sum":
    case "residual":
    case "scale_by":
      // The other path around a residual or a gate has no layer, or is the shortcut.
      return sideBySide(children.map(measure));
    default:
      return inARow(children.map(measure));
  }
}

function sideBySide(branches: readonly Depth[]): Depth {
  let through = 0;
  let toHead = 0;
  for (const branch of branches) {
    through = Math.max(through, branch.through);
    toHead = Math.max(toHead, branch.toHead);
  }
  return { through, toHead };
}

function inARow(steps: readonly Depth[]): Depth {
  let through = 0;
  let toHead = 0;
  for (const step of steps) {
    if (step.toHead > 0) toHead = Math.max(toHead, through + step.toHead);
    through += step.through;
  }
  return { through, toHead };
}
