/** Writes the reference pages of operators from the registry in `src/compiler/ops`. */
import { describeRange } from "../../src/compiler/elaborate/convert-value.ts";
import type { AttributeDefinition, OperatorDefinition } from "../../src/compiler/ops/operator.ts";
import { operators } from "../../src/compiler/ops/registry.ts";
import type { DerivedFile } from "../derived-file.ts";
import { renderTable } from "./markdown-table.ts";

const FOLDER = "docs/ops";
const NOTE = "<!-- Generated from src/compiler/ops by `npm run generate:docs`; do not edit. -->";

/** Operands in examples, by attribute, or by operator and attribute. */
const EXAMPLE_OPERANDS: Readonly<Record<string, string>> = {
  kernel: "3x3",
  filters: "32",
  units: "10",
  rate: "0.2",
  size: "1x1",
  factor: "2",
  slope: "0.2",
  groups: "4",
  "lrn size": "5",
};

/** A page for each operator, and one that lists them all. */
export function deriveOperatorPages(): readonly DerivedFile[] {
  const all = Object.values<OperatorDefinition>(operators);
  return [
    { path: `${FOLDER}/README.md`, text: renderList(all) },
    ...all.map((operator) => ({
      path: `${FOLDER}/${operator.name}.md`,
      text: renderPage(operator),
    })),
  ];
}

function renderList(all: readonly OperatorDefinition[]): string {
  const rows = all.map(({ name, operands, family, doc, flags }) => [
    `[\`${name}\`](${name}.md)`,
    operands.map((operand) => `\`${operand}\``).join(" "),
    family,
    Object.keys(flags)
      .map((flag) => `\`${flag}\``)
      .join(" "),
    doc,
  ]);
  return [
    NOTE,
    "",
    "# Operators",
    "",
    "An operator is a lower-case word, its operands in this order, then attributes (`name=value`), flags and the stride",
    "(`/2`) in any order. `inceptc ops` prints the same on the command line.",
    "",
    ...renderTable(["operator", "operands", "family", "flags", "what it does"], rows),
    "",
  ].join("\n");
}

function renderPage(operator: OperatorDefinition): string {
  const { name, doc, operands, attributes, flags, alsoCalled = [], resembles = [] } = operator;
  const rows = Object.entries<AttributeDefinition>(attributes)
    .filter(([, { derived }]) => derived !== true)
    .map(([attribute, definition]) => [
      `\`${attribute}\``,
      definition.choices?.map((choice) => `\`${choice}\``).join(" or ") ?? definition.type,
      describeDefault(definition),
      definition.min === undefined && definition.max === undefined ? "" : describeRange(definition),
      definition.doc,
    ]);
  const flagNames = Object.entries(flags).map(
    ([flag, { attribute, value }]) => `\`${flag}\` means \`${attribute}=${formatValue(value)}\``,
  );
  return [
    NOTE,
    "",
    `# \`${[name, ...operands.map((operand) => operand.toUpperCase())].join(" ")}\``,
    "",
    doc,
    ...(alsoCalled.length === 0 ? [] : [`Elsewhere called ${inCode(alsoCalled)}.`]),
    ...(resembles.length === 0
      ? []
      : [`Often, but not always, the same as ${inCode(resembles)} elsewhere.`]),
    "",
    "```incept",
    ...exampleOf(operator),
    "```",
    "",
    ...(rows.length === 0
      ? ["It has no attributes."]
      : renderTable(["attribute", "type", "default", "range", "meaning"], rows)),
    "",
    ...(flagNames.length === 0 ? [] : [`Flags: ${flagNames.join(", ")}.`, ""]),
    `[All operators](README.md) · [Language](../language/README.md)`,
    "",
  ].join("\n");
}

function inCode(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(", ");
}

function exampleOf({ name, operands, family }: OperatorDefinition): readonly string[] {
  const example = (operand: string): string =>
    EXAMPLE_OPERANDS[`${name} ${operand}`] ?? EXAMPLE_OPERANDS[operand] ?? "1";
  const use = [name, ...operands.map(example)].join(" ");
  const takesVector = family === "dense";
  return [
    "network Example {",
    "  input 32x32x16",
    ...(takesVector ? ["  globalavgpool"] : []),
    // Only the body of a residual has a trunk to come back to.
    name === "project" ? "  residual { conv 1x1 64 -> project }" : `  ${use}`,
    "}",
  ];
}

function describeDefault({ default: value }: AttributeDefinition): string {
  if (value === undefined) return "must be given";
  return typeof value === "function" ? "see its meaning" : `\`${formatValue(value)}\``;
}

/** As the language writes it. */
function formatValue(value: unknown): string {
  if (value === null) return "none";
  return Array.isArray(value) ? value.join("x") : String(value);
}
