/** The one place that knows which nodes lie directly below a node of the Architecture, and in which order. */
import { unreachable } from "../core/assert.ts";
import type { Node } from "./architecture.ts";

/**
 * The nodes below `node`: steps, branches, parts or instances; of a residual the body, then the shortcut if there is one;
 * of a call the body of the module. `ShapedNode.children` has the same order. Equal instances of a repeat are one object,
 * which stands here as often as it is repeated.
 */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case "sequence":
      return node.steps;
    case "concat":
    case "sum":
    case "split":
      return node.branches;
    case "residual":
      return node.shortcut ? [node.body, node.shortcut] : [node.body];
    case "scale_by":
    case "aux":
      return [node.body];
    case "factor":
      return node.parts;
    case "repeat":
      return node.instances;
    case "call":
      return [node.instance.body];
    case "operator":
    case "hole":
      return [];
    default:
      return unreachable(node);
  }
}
