/** Checks the names in signatures and assertions; shape inference checks whether the shapes are right. */
import { nearestNames, renameFix } from "../../diagnostics/nearest-name.ts";
import { writeInstead } from "../../diagnostics/replacement.ts";
import type { ShapeSyntax } from "../../syntax/ast.ts";
import { checkName } from "./check-expression.ts";
import type { StaticPlace } from "./static-place.ts";

/** A name alone is a value; in brackets it may also bind the size that it meets. */
export function checkShape({ name, span }: ShapeSyntax, place: StaticPlace): void {
  if (name === undefined) return;
  const sides = name.split("x");
  // `HxWxC` is one word: names, unlike numbers, are not put together by `x`.
  if (place.names.declarationAt(span) || sides.length === 1 || sides.includes("")) {
    checkName({ kind: "name", text: name, span }, place);
    return;
  }
  const text = `[${sides.join(", ")}]`;
  place.report(
    "name/unknown-name",
    span,
    { name, near: [] },
    {
      help: `a shape with names is written in brackets: \`${text}\``,
      fixes: [writeInstead(span, text, "safe")],
    },
  );
}

/** Names of the output must be bound by the input, or mean something where the module is declared. */
export function checkSignature(input: ShapeSyntax, output: ShapeSyntax, place: StaticPlace): void {
  checkShape(input, place);
  checkShape(output, place);
  if (output.name !== undefined) return;
  for (const { value, span } of output.dimensions) {
    if (typeof value === "number" || value === "_" || place.names.declarationAt(span)) continue;
    const near = nearestNames(value, [], place.names.visibleAt(span).names);
    const parameters = { name: value, near: near.names };
    place.report("name/unbound-size", span, parameters, renameFix(span, near));
  }
}
