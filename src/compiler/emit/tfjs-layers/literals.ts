/** Escapes values and texts of a specification for generated code, so that they cannot become code themselves. */
import { assert } from "../../core/assert.ts";
import { formatShape } from "../../core/format-shape.ts";
import type { Shape } from "../../ir/dimension.ts";

/** A number as Biome writes it. */
export function numberLiteral(value: number): string {
  assert(Number.isFinite(value), `${value} can be written as a literal`);
  return String(value === 0 ? 0 : value).replace("e+", "e");
}

export function stringLiteral(text: string): string {
  return JSON.stringify(text).replace(
    /[\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16)}`,
  );
}

/**
 * The name of a layer: a string, or a template literal where the path runs over variables (`${name}.conv`). Paths are made
 * of the names and numbers of a specification; anything else in one would be code.
 */
export function pathLiteral(path: string): string {
  assert(
    /^(?:\w+|\$\{\w+\})(?:\.(?:\w+|\$\{\w+\}))*$/.test(path),
    `${stringLiteral(path)} is a path of names`,
  );
  const variable = /^\$\{(\w+)\}$/.exec(path)?.[1];
  if (variable !== undefined) return variable;
  return path.includes("${") ? `\`${path}\`` : stringLiteral(path);
}

/** Characters that would end a comment, control a terminal or change the direction of the text. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A text on one line that may stand in any comment. */
export function commentText(text: string): string {
  return text.replace(UNPRINTABLE, " ").replaceAll("*/", "*\\/").trimEnd();
}

/** A text of several lines that may stand in a documentation comment. */
export function documentation(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => commentText(line))
    .join("\n")
    .trim();
}

/** `35x35x384`, as the language writes sizes. */
export function shapeText(shape: Shape): string {
  return commentText(formatShape(shape).replaceAll("×", "x"));
}
