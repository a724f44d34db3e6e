/** Converts the shapes of signatures and assertions to patterns of numbers, names that are bound, and `_`. */
import type { ShapePattern } from "../ir/architecture.ts";
import type { ShapeSyntax } from "../syntax/ast.ts";
import type { Scope } from "./scope.ts";

/**
 * A name that means a number (or, alone, a size) here is that; in brackets, any other name binds where the pattern is
 * used. Gives nothing for a name alone that has no value: that was reported when the declaration was checked.
 */
export function toShapePattern(
  syntax: ShapeSyntax,
  scope: Scope,
  onStatic: (parameter: string) => void,
): ShapePattern | undefined {
  const resolve = (name: string) => {
    const value = scope.bindsSize(name) ? undefined : scope.lookup(name, 0);
    if (value === undefined || value === "failed") return undefined;
    // A parameter that only an assertion reads may still change at run time: the assertion applies to its value here.
    if (value.kind === "size") value.dependsOn.forEach(onStatic);
    return value;
  };
  if (syntax.name !== undefined) {
    const value = resolve(syntax.name);
    if (!value) return undefined;
    if (value.kind === "size") return { dimensions: value.value, span: syntax.span };
  }
  const dimensions = syntax.dimensions.map(({ value: dimension }) => {
    if (typeof dimension === "number") return dimension;
    const value = resolve(dimension);
    return value?.kind === "number" ? value.value : dimension;
  });
  return { dimensions, span: syntax.span };
}

/** The names in a signature's input by axis; empty text where a number or `_` stands. */
export function sizeNames({ name, dimensions }: ShapeSyntax): readonly string[] {
  if (name !== undefined) return [];
  return dimensions.map(({ value }) => (typeof value === "string" && value !== "_" ? value : ""));
}
