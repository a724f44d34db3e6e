/** Breaks lines of generated code where Biome's formatter would, so that nobody has to run it. */
import type { Property } from "./code.ts";

/** Columns of a line in the project's own style. */
export const LINE_WIDTH = 100;

/** Columns inside the body of a function. */
export const BODY_WIDTH = LINE_WIDTH - 2;

const INDENT = "  ";

/** An argument of a call: an expression that is not broken, a list, or an object. */
export type Argument = string | { readonly items: readonly string[] } | ObjectArgument;

export interface ObjectArgument {
  readonly properties: readonly Property[];
}

/** Every line moved in by one level; empty lines stay empty. */
export function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line === "" ? line : INDENT + line));
}

/**
 * `head(arguments)tail`, on one line where it fits in `width` columns. Otherwise a last argument that is an object is
 * broken, and where it is none or the rest does not fit, all arguments stand on lines of their own.
 */
export function layOutCall(
  head: string,
  args: readonly Argument[],
  tail: string,
  width: number,
): readonly string[] {
  const flat = `${head}(${args.map(flatArgument).join(", ")})${tail}`;
  if (flat.length <= width) return [flat];
  const last = args[args.length - 1];
  const before = args.slice(0, -1).map(flatArgument);
  const opening = `${head}(${[...before, "{"].join(", ")}`;
  if (isObject(last) && last.properties.length > 0 && opening.length <= width) {
    return [opening, ...indent(last.properties.map(propertyLine)), `})${tail}`];
  }
  const lines = args.flatMap((argument) => brokenArgument(argument, width - INDENT.length));
  return [`${head}(`, ...indent(lines), `)${tail}`];
}

/** `[a, b]`, broken one a line where it does not fit in `width` columns together with what stands around it. */
export function layOutList(
  head: string,
  items: readonly string[],
  tail: string,
  width: number,
): readonly string[] {
  const flat = `${head}[${items.join(", ")}]${tail}`;
  if (flat.length <= width) return [flat];
  return [`${head}[`, ...indent(items.map((item) => `${item},`)), `]${tail}`];
}

function brokenArgument(argument: Argument, width: number): readonly string[] {
  const flat = `${flatArgument(argument)},`;
  if (typeof argument === "string" || flat.length <= width) return [flat];
  if (isObject(argument)) return ["{", ...indent(argument.properties.map(propertyLine)), "},"];
  return layOutList("", argument.items, ",", width);
}

function flatArgument(argument: Argument): string {
  if (typeof argument === "string") return argument;
  if (isObject(argument) && argument.properties.length === 0) return "{}";
  return isObject(argument)
    ? `{ ${argument.properties.map(flatProperty).join(", ")} }`
    : `[${argument.items.join(", ")}]`;
}

function isObject(argument: Argument | undefined): argument is ObjectArgument {
  return typeof argument === "object" && "properties" in argument;
}

function propertyLine(property: Property): string {
  return `${flatProperty(property)},`;
}

function flatProperty({ name, value }: Property): string {
  return name === value ? name : `${name}: ${value}`;
}
