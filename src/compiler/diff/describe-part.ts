/** Describes a part in one line of the language; equal texts mean equal operators. */
import type { Node, OperatorNode } from "../ir/architecture.ts";
import type { AttributeValue, BatchNorm } from "../ir/attributes.ts";
import { batchnorm } from "../ops/batchnorm.ts";
import type { AttributeDefinition, OperatorDefinition } from "../ops/operator.ts";
import { operatorNamed } from "../ops/registry.ts";
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
      return node.scale === 1 ? "residual" : `residual(scale=${node.scale})`;
    case "concat":
    case "sum":
      return `${node.kind} of ${node.branches.length} branches`;
    case "factor":
      return `factor ${node.kernel.join("x")}`;
    case "sequence": {
      const isShort = children.length > 0 && children.length <= FEW_STEPS;
      return isShort ? children.map(describePart).join(" -> ") : `${children.length} steps`;
    }
    default:
      return node.kind;
  }
}

function describeCall({ instance }: Extract<Node, { kind: "call" }>): string {
  const given = instance.arguments.map(({ name, text }) => `${name}=${text}`).join(", ");
  return given === "" ? instance.module.name : `${instance.module.name}(${given})`;
}

/**
 * The operator with its operands, and what differs from the defaults. The `batchnorm` defaults in force are the network's
 * own, so a normalization is written only where it is `detailed`, and its absence always.
 */
export function describeOperator(
  { operator, attributes }: OperatorNode,
  normalization: "short" | "detailed" = "short",
): string {
  const definition = operatorNamed(operator);
  const words = [operator];
  for (const name of definition.operands) {
    const value = attributes[name];
    if (value !== undefined && value !== null) words.push(formatValue(value));
  }
  for (const [name, value] of Object.entries(attributes)) {
    const attribute = definition.attributes[name];
    if (definition.operands.includes(name) || !attribute || attribute.derived) continue;
    const isNorm = attribute.type === "norm" && value !== null;
    const isShown = isNorm
      ? normalization === "detailed" || attribute.default === null
      : !isDefault(attribute, value, attributes);
    if (isShown) words.push(formatAttribute(definition, name, value));
  }
  return words.join(" ");
}

function isDefault(
  { default: fallback }: AttributeDefinition,
  value: AttributeValue,
  attributes: OperatorNode["attributes"],
): boolean {
  const given = typeof fallback === "function" ? fallback(attributes) : fallback;
  return JSON.stringify(given) === JSON.stringify(value);
}

function formatAttribute(
  definition: OperatorDefinition,
  name: string,
  value: AttributeValue,
): string {
  const flag = Object.entries(definition.flags).find(
    ([, meaning]) => meaning.attribute === name && meaning.value === value,
  );
  if (flag) return flag[0];
  return name === "stride" ? `/${formatStride(value)}` : `${name}=${formatValue(value)}`;
}

/** A value as it is written in the language: `3x3`, `none`, `batch(gamma=false)`. */
export function formatValue(value: AttributeValue): string {
  if (value === null) return "none";
  if (typeof value !== "object") return String(value);
  return isSize(value) ? value.join("x") : formatNorm(value);
}

function isSize(value: readonly number[] | BatchNorm): value is readonly number[] {
  return Array.isArray(value);
}

/** A step that is the same in both directions is written once. */
function formatStride(value: AttributeValue): string {
  const text = formatValue(value);
  const [rows, columns] = text.split("x");
  return rows === columns && rows !== undefined ? rows : text;
}

function formatNorm(norm: BatchNorm): string {
  const given = Object.entries(norm)
    .filter(([name, value]) => value !== Reflect.get(batchnorm.attributes, name)?.default)
    .map(([name, value]) => `${name}=${value}`);
  return given.length === 0 ? "batch" : `batch(${given.join(", ")})`;
}
