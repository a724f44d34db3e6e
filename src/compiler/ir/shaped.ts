/** The result of shape inference: a tree beside the architecture with the shapes before and after each node. */
import type { Architecture, Node } from "./architecture.ts";
import type { Shape } from "./dimension.ts";

/**
 * A node at a place where it is used. Like the nodes themselves, equal uses (same node, same input) are one object.
 * `children` follow the node's own order: steps, branches, parts, instances; for `residual` the body, then the shortcut
 * if there is one; for `call`, `aux` and `scale_by` the body.
 */
export interface ShapedNode {
  readonly node: Node;
  readonly input: Shape;
  readonly output: Shape;
  readonly children: readonly ShapedNode[];
}

declare const checked: unique symbol;

/** An architecture without errors: the only thing that can be emitted. */
export interface CheckedArchitecture {
  readonly architecture: Architecture;
  readonly root: ShapedNode;
  readonly [checked]: true;
}
