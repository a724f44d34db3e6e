/** Computes the shape after a node that was elaborated before, for the input that it has at another place. */
import { unreachable } from "../core/assert.ts";
import type { Node } from "../ir/architecture.ts";
import { addDimensions, channelsOf, type Shape, shareOf } from "../ir/dimension.ts";
import { operatorNamed } from "../ops/registry.ts";

const known = new WeakMap<Node, Map<string, Shape>>();

/** What does not fit is not reported: shape inference does that. */
export function followShape(node: Node, input: Shape): Shape {
  const ofNode = known.get(node) ?? new Map<string, Shape>();
  const key = input.join();
  const output = ofNode.get(key) ?? followKind(node, input);
  known.set(node, ofNode.set(key, output));
  return output;
}

function followKind(node: Node, input: Shape): Shape {
  switch (node.kind) {
    case "operator":
      return operatorNamed(node.operator).inferShape(node.attributes, input, () => {});
    case "sequence":
      return followAll(node.steps, input);
    case "factor":
      return followAll(node.parts, input);
    case "repeat":
      return followAll(node.instances, input);
    case "call":
      return followShape(node.instance.body, input);
    case "concat":
    case "split": {
      const given = node.kind === "split" ? shareOf(input, node.branches.length) : input;
      const outputs = node.branches.map((branch) => followShape(branch, given));
      const [first = input] = outputs;
      return [...first.slice(0, -1), outputs.map(channelsOf).reduce(addDimensions)];
    }
    case "sum": {
      const [first] = node.branches;
      return first ? followShape(first, input) : input;
    }
    case "residual":
      return node.shortcut ? followShape(node.shortcut, input) : input;
    case "scale_by":
    case "aux":
    case "hole":
      return input;
    default:
      return unreachable(node);
  }
}

function followAll(nodes: readonly Node[], input: Shape): Shape {
  return nodes.reduce((shape, node) => followShape(node, shape), input);
}
