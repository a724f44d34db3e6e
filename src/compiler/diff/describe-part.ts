/** Describes a part in one line of the language; equal texts mean equal operators. */
import { writeSize } from "../core/format-shape.ts";
import type { Node, OperatorNode, ResidualNode } from "../ir/architecture.ts";
import { operatorNamed } from "../ops/registry.ts";
import { formatAttribute, writtenAttributes } from "../ops/written-form.ts";
import type { Part } from "./part.ts";

const FEW_STEPS = 3;

/** `conv 3x3 64 /2 valid`, `4 x InceptionA`, `residual(scale=0.17)`, `concat of 4 branches`; a few steps in full, more as `5 steps`. */
export function describePart({ node, children }: Part): string {
  switch (node.kind) {
    case "operator":
      return describeOperator(node);
    case "call":
      return describeCall(node);
    case "repeat": {
      const [first] = node.instances;
      const word = first?.kind === "call" ? describeCall(first) : "a block";
      return `${node.instances.length} x ${word}`;
    }
    case "residual":
      return describeResidual(node);
    case "concat":
    case "sum":
    case "split":
      return `${node.kind} of ${node.branches.length} branches`;
    case "factor":
      return `factor ${writeSize(node.kernel)}`;
    case "sequence": {
      const isShort = children.length > 0 && children.length <= FEW_STEPS;
      return isShort ? children.map(describePart).join(" -> ") : `${children.length} steps`;
    }
    default:
      return node.kind;
  }
}

function describeResidual({ scale, drop }: ResidualNode): string {
  const given = [
    ...(scale === 1 ? [] : [`scale=${scale}`]),
    ...(drop === 0 ? [] : [`drop=${drop}`]),
  ];
  return given.length === 0 ? "residual" : `residual(${given.join(", ")})`;
}

function describeCall({ instance }: Extract<Node, { kind: "call" }>): string {
  const given = instance.arguments.map(({ name, text }) => `${name}=${text}`).join(", ");
  return given === "" ? instance.module.name : `${instance.module.name}(${given})`;
}

/**
 * The operator with its operands, and what differs from the defaults. A normalization is written only where it is
 * `detailed` or unusual for the operator, and its absence always.
 */
export function describeOperator(
  node: OperatorNode,
  normalization: "short" | "detailed" = "short",
): string {
  const written = writtenAttributes(node).filter(({ role, isNorm, isDefault, name }) => {
    if (role !== "attribute") return role === "operand";
    const { default: fallback } = operatorNamed(node.operator).attributes[name] ?? {};
    return isNorm ? normalization === "detailed" || fallback === null : !isDefault;
  });
  return [node.operator, ...written.map((one) => formatAttribute(one, "source"))].join(" ");
}
