/** Reads an operator node as the words that an author would write for it, for texts and pictures alike. */
import { formatShape, writeSize } from "../core/format-shape.ts";
import type { OperatorNode } from "../ir/architecture.ts";
import type { AttributeValue, Norm } from "../ir/attributes.ts";
import { operatorNamed } from "./registry.ts";

/** One attribute of an operator, as it is written. */
export interface WrittenAttribute {
  readonly name: string;
  readonly value: AttributeValue;
  /** An operand is written without its name; what is derived follows from the surroundings and is not written. */
  readonly role: "operand" | "attribute" | "derived";
  /** The word of the language that stands for this value of this attribute, if there is one. */
  readonly flag: string | undefined;
  /** Whether the operator is the same without it. */
  readonly isDefault: boolean;
  /** Whether it is a normalization; the defaults of `batchnorm` and the like are the network's own. */
  readonly isNorm: boolean;
}

/** What the operator is written with: operands in their order, then all other attributes. */
export function writtenAttributes({
  operator,
  attributes,
}: OperatorNode): readonly WrittenAttribute[] {
  const { operands, attributes: definitions, flags } = operatorNamed(operator);
  const others = Object.keys(attributes).filter((name) => !operands.includes(name));
  return [...operands, ...others].flatMap((name): readonly WrittenAttribute[] => {
    const value = attributes[name];
    const definition = definitions[name];
    if (value === undefined || !definition) return [];
    const isOperand = operands.includes(name);
    // An operand that is left out is not written as `none`.
    if (isOperand && value === null) return [];
    const { default: fallback, type } = definition;
    const given = typeof fallback === "function" ? fallback(attributes) : fallback;
    const flag = Object.entries(flags).find(
      ([, meaning]) => meaning.attribute === name && isSame(meaning.value, value),
    );
    return [
      {
        name,
        value,
        role: isOperand ? "operand" : definition.derived ? "derived" : "attribute",
        flag: flag?.[0],
        isDefault: isSame(given, value),
        isNorm: type === "norm" && value !== null,
      },
    ];
  });
}

/** `source` is text of the language (`3x3`); `display` is for people (`3×3`). */
export type WrittenStyle = "source" | "display";

/** `3x3`, `valid`, `/2`, `act=relu`. */
export function formatAttribute(
  { name, value, role, flag }: WrittenAttribute,
  style: WrittenStyle,
): string {
  if (role !== "attribute") return formatValue(value, style);
  if (flag !== undefined) return flag;
  return name === "stride"
    ? `/${formatStride(value, style)}`
    : `${name}=${formatValue(value, style)}`;
}

/** A value: `3x3`, `none`, `batch(gamma=false)` as the language has it; `3×3` for people. */
export function formatValue(value: AttributeValue, style: WrittenStyle = "source"): string {
  if (value === null) return "none";
  if (typeof value !== "object") return String(value);
  if (!isSize(value)) return formatNorm(value, style);
  const [top, bottom, left, right] = value;
  if (right !== undefined) {
    // Only a padding has four sides.
    if (top !== bottom || left !== right) return `[${value.join(", ")}]`;
    return top === left ? String(top) : formatValue([top ?? 0, left ?? 0], style);
  }
  return style === "source" ? writeSize(value) : formatShape(value);
}

/** A step that is the same in both directions is written once. */
function formatStride(value: AttributeValue, style: WrittenStyle): string {
  const isSquare = Array.isArray(value) && value.every((side) => side === value[0]);
  return isSquare ? String(value[0]) : formatValue(value, style);
}

/** For people all parameters of a normalization, in the language those that differ from the language's defaults. */
function formatNorm({ kind, ...norm }: Norm, style: WrittenStyle): string {
  const { attributes } = operatorNamed(`${kind}norm`);
  const given = Object.entries(norm)
    .filter(([name, value]) => style === "display" || value !== attributes[name]?.default)
    .map(([name, value]) => `${name}=${value}`);
  return given.length === 0 ? kind : `${kind}(${given.join(", ")})`;
}

function isSize(value: readonly number[] | Norm): value is readonly number[] {
  return Array.isArray(value);
}

function isSame(a: AttributeValue | undefined, b: AttributeValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
