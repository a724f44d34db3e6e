/** Labels an operator in a picture: window and name first, then attributes that differ from their defaults. */
import type { OperatorNode } from "../../ir/architecture.ts";
import { formatAttribute, formatValue, writtenAttributes } from "../../ops/written-form.ts";

export interface OperatorLabel {
  /** `3×3 conv`. */
  readonly title: string;
  /** `96 /2 valid`; operands and what differs from the operator's defaults. */
  readonly note: string;
}

export function labelOperator(node: OperatorNode): OperatorLabel {
  const { operator, attributes } = node;
  const { kernel } = attributes;
  const hasKernel = kernel !== undefined && kernel !== null;
  const noted = writtenAttributes(node).filter(({ name, role, isDefault, isNorm }) => {
    if (name === "kernel") return !hasKernel || role !== "operand";
    // Normalization by the current defaults is the normal case; its absence is what a reader needs to see.
    // `fixed` says how a `width` edit would treat it, and nothing about the layer.
    return role !== "attribute" || !(isDefault || isNorm || name === "fixed");
  });
  const title = hasKernel ? `${formatValue(kernel, "display")} ${operator}` : operator;
  return { title, note: noted.map((one) => formatAttribute(one, "display")).join(" ") };
}

/** All attributes of an operator as they are written in the language. */
export function listAttributes({
  attributes,
}: OperatorNode): readonly (readonly [name: string, value: string])[] {
  return Object.entries(attributes).map(([name, value]) => [name, formatValue(value, "display")]);
}
