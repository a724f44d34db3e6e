/** Renders operators for the terminal: the list by family, or one operator with its attributes. */
import { writeSize } from "../../compiler/core/format-shape.ts";
import type { AttributeDefinition, OperatorDefinition } from "../../compiler/index.ts";
import type { Printer } from "../printer.ts";
import { renderTable } from "../render-table.ts";

/** A line an operator, under the name of its family. */
export function renderOperatorList(
  operators: readonly OperatorDefinition[],
  { style }: Printer,
): string {
  const families = [...new Set(operators.map(({ family }) => family))];
  const rows = operators.map((operator) => [`  ${usage(operator)}`, style.faint(operator.doc)]);
  const lines = renderTable(rows, ["left", "left"]);
  const blocks = families.map((family) => [
    style.strong(family),
    ...lines.filter((_, index) => operators[index]?.family === family),
  ]);
  return `${blocks.map((block) => block.join("\n")).join("\n\n")}\n`;
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
  const head = ["attribute", "type", "default", "range"].map((title) => style.faint(title));
  const lines = renderTable([head, ...rows], ["left", "left", "left", "left", "left"]);
  const flags = Object.entries(operator.flags).map(
    ([flag, { attribute, value }]) => `${flag} (${attribute}=${valueText(value)})`,
  );
  return [
    style.strong(usage(operator)),
    operator.doc,
    ...(rows.length > 0 ? ["", ...lines.map((line) => `  ${line}`)] : []),
    ...(flags.length > 0 ? ["", `  flags: ${flags.join(", ")}`] : []),
    "",
  ].join("\n");
}

/** The operator with what must be written after it: `conv KERNEL FILTERS`. */
function usage({ name, operands }: OperatorDefinition): string {
  return [name, ...operands.map((operand) => operand.toUpperCase())].join(" ");
}

function defaultText({ default: value }: AttributeDefinition): string {
  if (value === undefined) return "must be given";
  return typeof value === "function" ? "depends" : valueText(value);
}

/** A value as it is written in the language. */
function valueText(value: unknown): string {
  if (value === null) return "none";
  return Array.isArray(value) ? writeSize(value) : String(value);
}

function rangeText({ min, max, maxExclusive }: AttributeDefinition, { isAscii }: Printer): string {
  const atMost = isAscii ? "<=" : "≤";
  const upper = max === undefined ? "" : `${maxExclusive ? "<" : atMost} ${max}`;
  if (min === undefined) return upper;
  return upper === "" ? `${isAscii ? ">=" : "≥"} ${min}` : `${min} to ${upper}`;
}
