/** Texts for each kind of node in a picture: its title, and the facts shown on demand. */
import {
  isDropped,
  type Node,
  type OperatorNode,
  type ResidualNode,
} from "../../ir/architecture.ts";
import { operatorNamed } from "../../ops/registry.ts";
import { labelOperator, listAttributes } from "./label-operator.ts";
import type { PictureNode } from "./picture.ts";

/** The texts of a node that do not depend on its place or cost. */
export type Said = Pick<PictureNode, "kind" | "title" | "note" | "facts"> &
  Partial<Pick<PictureNode, "family" | "times" | "firstInstance" | "group">>;

export function saidOfOperator(node: OperatorNode): Said {
  const { family } = operatorNamed(node.operator);
  return { kind: "operator", ...labelOperator(node), family, facts: listAttributes(node) };
}

export function saidOfJoin(node: Node): Said {
  switch (node.kind) {
    case "concat":
      return { kind: "concat", title: "concat", note: "", facts: [] };
    case "split": {
      const shares = `${node.branches.length} equal shares of the channels`;
      return { kind: "concat", title: "concat", note: "", facts: [["split", shares]] };
    }
    case "scale_by":
      return { kind: "scale_by", title: "×", note: "", facts: [] };
    case "residual":
      return { kind: "sum", title: "+", note: "", facts: factsOfResidual(node) };
    default:
      return { kind: "sum", title: "+", note: "", facts: [] };
  }
}

function factsOfResidual(node: ResidualNode): PictureNode["facts"] {
  const scale = ["scale", String(node.scale)] as const;
  return isDropped(node) ? [scale, ["drop", String(node.drop)]] : [scale];
}

export function argumentsOf(node: Node): PictureNode["facts"] {
  if (node.kind !== "call") return [];
  return node.instance.arguments.map(({ name, text }) => [name, text] as const);
}

/** The module that all of these are uses of; empty where there is none. */
export function titleOf(nodes: readonly Node[]): string {
  const names = new Set(
    nodes.map((node) => (node.kind === "call" ? node.instance.module.name : "")),
  );
  const [only = ""] = names;
  return names.size === 1 ? only : "";
}
