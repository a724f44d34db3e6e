/** Labels an operator in a picture: window and name first, then attributes that differ from their defaults. */
import type { OperatorNode } from "../../ir/architecture.ts";
import type { AttributeValue, BatchNorm } from "../../ir/attributes.ts";
import { operatorNamed } from "../../ops/registry.ts";

export interface OperatorLabel {
  /** `3×3 conv`. */
  readonly title: string;
  /** `96 /2 valid`; operands and what differs from the operator's defaults. */
  readonly note: string;
}

export function labelOperator({ operator, attributes }: OperatorNode): OperatorLabel {
  const definition = operatorNamed(operator);
  const { kernel } = attributes;
  const hasKernel = kernel !== undefined && kernel !== null;
  const words: string[] = [];
  for (const name of definition.operands) {
    const value = attributes[name];
    const isSaid = name === "kernel" && hasKernel;
    if (!isSaid && value !== undefined && value !== null) words.push(formatValue(value));
  }
  for (const [name, value] of Object.entries(attributes)) {
    const attribute = definition.attributes[name];
    if (!attribute || definition.operands.includes(name)) continue;
    if (attribute.derived) {
      words.push(formatValue(value));
      continue;
    }
    const fallback =
      typeof attribute.default === "function" ? attribute.default(attributes) : attribute.default;
    // Normalization by the current defaults is the normal case; its absence is what a reader needs to see.
    const isUsual = isSame(fallback, value) || (attribute.type === "norm" && value !== null);
    // It only affects `width` edits and says nothing about the layer.
    if (isUsual || name === "fixed") continue;
    words.push(formatAttribute(definition.flags, name, value));
  }
  const title = hasKernel ? `${formatValue(kernel)} ${operator}` : operator;
  return { title, note: words.join(" ") };
}

/** All attributes of an operator as they are written in the language. */
export function listAttributes({
  attributes,
}: OperatorNode): readonly (readonly [name: string, value: string])[] {
  return Object.entries(attributes).map(([name, value]) => [name, formatValue(value)]);
}

function isSame(a: AttributeValue | undefined, b: AttributeValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function formatAttribute(
  flags: ReturnType<typeof operatorNamed>["flags"],
  name: string,
  value: AttributeValue,
): string {
  const flag = Object.entries(flags).find(
    ([, meaning]) => meaning.attribute === name && isSame(meaning.value, value),
  );
  if (flag) return flag[0];
  return name === "stride" ? formatStride(value) : `${name}=${formatValue(value)}`;
}

/** `/2`, and `/2×1` where the two sides differ. */
function formatStride(value: AttributeValue): string {
  const isSquare = isSize(value) && value.every((side) => side === value[0]);
  return `/${isSquare ? value[0] : formatValue(value)}`;
}

function formatValue(value: AttributeValue): string {
  if (value === null) return "none";
  if (isSize(value)) return value.join("×");
  return typeof value === "object" ? formatNorm(value) : String(value);
}

function formatNorm(norm: BatchNorm): string {
  const parts = Object.entries(norm).map(([name, value]) => `${name}=${value}`);
  return `batch(${parts.join(", ")})`;
}

function isSize(value: AttributeValue): value is readonly number[] {
  return Array.isArray(value);
}
