/** Owns operators as text for people: the list by family, and one operator with its attributes. */
import type { AttributeDefinition, OperatorDefinition } from "../../compiler/index.ts";
import type { Printer } from "../printer.ts";

/** A line an operator, under the name of its family. */
export function renderOperatorList(
  operators: readonly OperatorDefinition[],
  { style }: Printer,
): string {
  const width = Math.max(...operators.map((operator) => usage(operator).length));
  const families = [...new Set(operators.map(({ family }) => family))];
  const blocks = families.map((family) => [
    style.strong(family),
    ...operators
      .filter((operator) => operator.family === family)
      .map((operator) => `  ${usage(operator).padEnd(width)}  ${style.faint(operator.doc)}`),
  ]);
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** The operator's use, sentence, attributes and flags. */
export function renderOperator(operator: OperatorDefinition, printer: Printer): string {
  const { style } = printer;
  const rows = Object.entries<AttributeDefinition>(operator.attributes)
    .filter(([, { derived }]) => derived !== true)
    .map(([name, definition]) => [
      name,
      definition.choices?.join(" | ") ?? definition.type,
      defaultText(definition),
      rangeText(definition, printer),
      definition.doc,
    ]);
  const table = [["attribute", "type", "default", "range", ""], ...rows];
  const widths = table[0]?.map((_, column) =>
    Math.max(...table.map((row) => widthAt(row, column))),
  );
  const lines = table.map((row, index) => {
    const text = row.map((cell, column) => cell.padEnd(widths?.[column] ?? 0)).join("  ");
    return `  ${index === 0 ? style.faint(text.trimEnd()) : text.trimEnd()}`;
  });
  const flags = Object.entries(operator.flags).map(
    ([flag, { attribute, value }]) => `${flag} (${attribute}=${valueText(value)})`,
  );
  return [
    style.strong(usage(operator)),
    operator.doc,
    ...(rows.length > 0 ? ["", ...lines] : []),
    ...(flags.length > 0 ? ["", `  flags: ${flags.join(", ")}`] : []),
    "",
  ].join("\n");
}

/** The operator with what must be written after it: `conv KERNEL FILTERS`. */
function usage({ name, operands }: OperatorDefinition): string {
  return [name, ...operands.map((operand) => operand.toUpperCase())].join(" ");
}

function widthAt(row: readonly string[], column: number): number {
  return column === row.length - 1 ? 0 : (row[column]?.length ?? 0);
}

function defaultText({ default: value }: AttributeDefinition): string {
  if (value === undefined) return "must be given";
  return typeof value === "function" ? "depends" : valueText(value);
}

/** A value as it is written in the language. */
function valueText(value: unknown): string {
  if (value === null) return "none";
  return Array.isArray(value) ? value.join("x") : String(value);
}

function rangeText({ min, max, maxExclusive }: AttributeDefinition, { isAscii }: Printer): string {
  const atMost = isAscii ? "<=" : "≤";
  const upper = max === undefined ? "" : `${maxExclusive ? "<" : atMost} ${max}`;
  if (min === undefined) return upper;
  return upper === "" ? `${isAscii ? ">=" : "≥"} ${min}` : `${min} to ${upper}`;
}
