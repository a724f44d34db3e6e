/** The values of expressions, with the network parameters each depends on. */
import { writeSize } from "../core/format-shape.ts";
import type { OptionExpression } from "../ir/option-expression.ts";

/** Network parameters that a value was computed from. */
export type Dependencies = ReadonlySet<string>;

export const NO_DEPENDENCIES: Dependencies = new Set();

interface ValueCommon {
  readonly dependsOn: Dependencies;
}

/** A number; `option` is how to compute it again from other parameter values, as long as that is known. */
export interface NumberValue extends ValueCommon {
  readonly kind: "number";
  readonly value: number;
  readonly option?: OptionExpression;
}

export type Value =
  | NumberValue
  | (ValueCommon & { readonly kind: "bool"; readonly value: boolean })
  | (ValueCommon & { readonly kind: "size"; readonly value: readonly number[] })
  | (ValueCommon & { readonly kind: "word"; readonly value: string })
  | (ValueCommon & { readonly kind: "list"; readonly value: readonly number[] });

export function numberValue(value: number): NumberValue {
  return { kind: "number", value, dependsOn: NO_DEPENDENCIES };
}

export function wordValue(value: string): Value {
  return { kind: "word", value, dependsOn: NO_DEPENDENCIES };
}

/** As the language writes it. */
export function formatValue(value: Value): string {
  switch (value.kind) {
    case "number":
    case "bool":
      return String(value.value);
    case "size":
      return writeSize(value.value);
    case "word":
      return value.value;
    case "list":
      return `[${value.value.join(", ")}]`;
  }
}

/** `the number 3`, `the size 3x3`, `the word relu`: for messages. */
export function describeValue(value: Value): string {
  const kind = {
    number: "the number",
    bool: "",
    size: "the size",
    word: "the word",
    list: "the list",
  };
  return `${kind[value.kind]} \`${formatValue(value)}\``.trim();
}

/** Equal keys mean equal values with equal provenance. */
export function valueKey(value: Value): string {
  const option = value.kind === "number" && value.option ? JSON.stringify(value.option) : "";
  return `${value.kind}:${formatValue(value)}:${[...value.dependsOn].sort().join(",")}:${option}`;
}

export function mergeDependencies(...values: readonly Value[]): Dependencies {
  const used = values.filter((value) => value.dependsOn.size > 0);
  if (used.length === 0) return NO_DEPENDENCIES;
  return new Set(used.flatMap((value) => [...value.dependsOn]));
}
