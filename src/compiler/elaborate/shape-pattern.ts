/** Converts the shapes of signatures and assertions to patterns of numbers, names that are bound, and `_`. */
import type { Span } from "../core/span.ts";
import type { ShapePattern } from "../ir/architecture.ts";
import type { Declaration, Names } from "../names/resolution.ts";
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
  const resolve = (span: Span) => {
    const declaration = scope.names.declarationAt(span);
    // The size that a name stands for is that of the module's input; in a shape, the name binds the size that it meets.
    if (!declaration || declaration.kind === "size") return undefined;
    const value = scope.valueOf(declaration, 0);
    if (value === undefined || value === "failed") return undefined;
    // A parameter that only an assertion reads may still change at run time: the assertion applies to its value here.
    if (value.kind === "size") value.dependsOn.forEach(onStatic);
    return value;
  };
  if (syntax.name !== undefined) {
    const value = resolve(syntax.span);
    if (!value) return undefined;
    if (value.kind === "size") return { dimensions: value.value, span: syntax.span };
  }
  const dimensions = syntax.dimensions.map(({ value: dimension, span }) => {
    if (typeof dimension === "number") return dimension;
    const value = resolve(span);
    return value?.kind === "number" ? value.value : dimension;
  });
  return { dimensions, span: syntax.span };
}

/** The axes of a signature's input by the names that bind their sizes. */
export function boundAxes(
  { dimensions }: ShapeSyntax,
  names: Names,
): ReadonlyMap<Declaration, number> {
  const axes = new Map<Declaration, number>();
  for (const [axis, { span }] of dimensions.entries()) {
    const declaration = names.declarationAt(span);
    if (declaration?.kind === "size" && !axes.has(declaration)) axes.set(declaration, axis);
  }
  return axes;
}
