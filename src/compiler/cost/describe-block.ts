/** Names a block's kind for reports in the words of the language, such as `4 x InceptionA` or `3 steps`. */
import type { Node } from "../ir/architecture.ts";
import { nodeWord } from "../ir/node-word.ts";

/** `InceptionA`, `4 x InceptionA`, `conv`, `concat`; several steps are `3 steps`. */
export function describeBlock(node: Node): string {
  switch (node.kind) {
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
      return nodeWord(node);
  }
}
