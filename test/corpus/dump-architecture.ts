/** Prints the architecture that `compile --target ir` gives as a tree for people: a node a line, indented by its depth. */
import type { JsonArchitecture, JsonNode } from "../../src/compiler/ir/architecture-json.ts";
import type { OptionExpression } from "../../src/compiler/ir/option-expression.ts";
import type { OperatorDefinition } from "../../src/compiler/ops/operator.ts";
import { operatorNamed } from "../../src/compiler/ops/registry.ts";
import { BATCH_NORM } from "../support/build-operator.ts";

/**
 * `path operator attributes  input → output  @line:column`, where the path is `.` for a node that leaves no trace in paths,
 * and a block is named by its kind. Attributes that have the operator's default are left out.
 */
export function dumpArchitecture(architecture: JsonArchitecture): string {
  const { network, base, doc, input, parameters, preprocess, budgets, body } = architecture;
  const lines = [
    `network ${network}${base === null ? "" : ` of ${base}`}  ${shape(input)}`,
    ...(doc === null ? [] : [`doc ${JSON.stringify(doc)}`]),
    ...parameters.map(
      ({ name, type, value, isOption }) =>
        `parameter ${name}: ${type} = ${plain(value)}${isOption ? "  (option)" : ""}`,
    ),
    ...(preprocess ? [`preprocess ${pairs(preprocess).replaceAll(/(?<=\d)x(?=-?\d)/g, ",")}`] : []),
    ...budgets.map(
      ({ path, metric, relation, limit }) =>
        `budget ${path === "" ? "" : `${path} `}${metric} ${relation} ${limit}`,
    ),
    "",
  ];
  const visit = (node: JsonNode, depth: number): void => {
    lines.push(`${"  ".repeat(depth)}${lineOf(node)}`);
    for (const child of node.children) visit(child, depth + 1);
  };
  visit(body, 0);
  return `${lines.join("\n")}\n`;
}

function lineOf(node: JsonNode): string {
  const { path, at, input, output, options = {} } = node;
  const parts = [
    [path === "" ? "." : path, ...ownWords(node)].filter((word) => word !== "").join(" "),
    ...Object.entries(options).map(([name, expression]) => `${name}:=${formula(expression)}`),
    `${shape(input)} → ${shape(output)}`,
    `@${at.replace(/^input\.incept:/, "")}`,
  ];
  return parts.join("  ");
}

function ownWords(node: JsonNode): readonly string[] {
  const { kind, operator, attributes = {}, module = "", arguments: given = {} } = node;
  switch (kind) {
    case "operator":
      return [operator ?? "", pairs(attributes, defaultsOf(operatorNamed(operator ?? "")))];
    case "call": {
      const list = Object.entries(given).map(([name, text]) => `${name}=${text}`);
      return [`call ${module}(${list.join(", ")})`];
    }
    case "residual":
      return [kind, `scale=${node.scale}`, node.drop === undefined ? "" : `drop=${node.drop}`];
    case "factor":
      return [kind, plain(node.kernel)];
    default:
      return [kind];
  }
}

/** Values that an attribute has where the author and `defaults` say nothing; not those that hang on other attributes. */
function defaultsOf({ attributes }: OperatorDefinition): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, definition]) => [name, definition.default]),
  );
}

function pairs(values: object, defaults: Readonly<Record<string, unknown>> = {}): string {
  return Object.entries(values)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(defaults[name]))
    .map(([name, value]) => `${name}=${plain(value)}`)
    .join(" ");
}

/** `3x3` for a list, `batch(eps=0.01)` for a normalization, `none` for nothing. */
function plain(value: unknown): string {
  if (value === null) return "none";
  if (Array.isArray(value)) return value.join("x");
  if (typeof value !== "object") return String(value);
  // The only record is a normalization; what it has by default is not repeated.
  const own = pairs(value ?? {}, { ...BATCH_NORM });
  return own === "" ? "batch" : `batch(${own})`;
}

/** `(classes + 1)`. */
function formula(expression: OptionExpression): string {
  switch (expression.kind) {
    case "number":
      return String(expression.value);
    case "parameter":
      return expression.name;
    case "binary":
      return `(${formula(expression.left)} ${expression.operator} ${formula(expression.right)})`;
    case "call":
      return `${expression.function}(${expression.arguments.map(formula).join(", ")})`;
  }
}

function shape(sides: readonly (number | string)[]): string {
  return sides.join("x");
}
