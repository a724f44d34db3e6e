/** Owns what a block is called in a report: the module or the operator that it is, in the language's own words. */
import type { Node } from "../ir/architecture.ts";

/** `InceptionA`, `4 x InceptionA`, `conv`, `concat`; several steps are `3 steps`. */
export function describeBlock(node: Node): string {
  switch (node.kind) {
    case "operator":
      return node.operator;
    case "call":
      return node.instance.module.name;
    case "repeat": {
      const [first, ...others] = node.instances.map(describeBlock);
      const isUniform = first !== undefined && others.every((other) => other === first);
      return isUniform ? `${node.instances.length} x ${first}` : `${node.instances.length} steps`;
    }
    case "sequence": {
      const [only] = node.steps;
      return only && node.steps.length === 1 ? describeBlock(only) : `${node.steps.length} steps`;
    }
    default:
      return node.kind;
  }
}
