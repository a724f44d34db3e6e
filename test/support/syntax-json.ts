/** Converts a syntax tree to JSON for comparison, with places as `line:column-line:column` and without file paths. */
import { positionAt } from "../../src/compiler/core/source-file.ts";
import type { Span } from "../../src/compiler/core/span.ts";

export function syntaxToJson(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(syntaxToJson);
  if (typeof tree !== "object" || tree === null) return tree;
  if (isSpan(tree)) return describeSpan(tree);
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [key, syntaxToJson(value)] as const),
  );
}

function isSpan(value: object): value is Span {
  return "file" in value && "start" in value && "end" in value;
}

function describeSpan({ file, start, end }: Span): string {
  const [from, to] = [positionAt(file, start), positionAt(file, end)];
  return `${from.line}:${from.column}-${to.line}:${to.column}`;
}
