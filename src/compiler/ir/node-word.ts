/** The word for a node: what its name is made of where the author gives none. */
import type { Node } from "./architecture.ts";

/** The operator, the module that is called, or the kind of block in the words of the language. */
export function nodeWord(node: Node): string {
  switch (node.kind) {
    case "operator":
      return node.operator;
    case "call":
      return node.instance.module.name;
    default:
      return node.kind;
  }
}
