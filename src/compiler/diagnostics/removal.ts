/** Quick fixes that remove something together with the space, comma or arrow that belongs to it. */
import type { Span } from "../core/span.ts";
import type { Applicability, QuickFix } from "./diagnostic.ts";

/** Removes a word of an operator or an item of a list. */
export function removeItem(
  span: Span,
  applicability: Applicability,
  title = "remove it",
): QuickFix {
  const item = withOneSide(span, /\s*,\s*$/, /^\s*,\s*/) ?? extend(span, /[ \t]+$/, /^/);
  return removal(item, applicability, title);
}

/** Removes a step of a chain. */
export function removeStep(
  span: Span,
  applicability: Applicability,
  title = "remove it",
): QuickFix {
  return removal(withOneSide(span, /\s*->\s*$/, /^\s*->\s*/) ?? span, applicability, title);
}

/** Removes a declaration, an edit or a comment: its whole line where nothing else is on it. */
export function removeLine(
  span: Span,
  applicability: Applicability,
  title = "remove it",
): QuickFix {
  const whole = extend(span, /(?<=^|\n)[ \t]*$/, /^[ \t]*\r?(?:\n|$)/);
  const { text } = span.file;
  const isAlone =
    (whole.start === 0 || text[whole.start - 1] === "\n") &&
    (whole.end === text.length || text[whole.end - 1] === "\n");
  return removal(isAlone ? whole : extend(span, /[ \t]+$/, /^/), applicability, title);
}

function removal(span: Span, applicability: Applicability, title: string): QuickFix {
  return { title, applicability, edits: [{ span, text: "" }] };
}

/** The span with what is before it, or else what is after it; nothing where neither is there. */
function withOneSide(span: Span, before: RegExp, after: RegExp): Span | undefined {
  const left = extend(span, before, /^/);
  if (left.start < span.start) return left;
  const right = extend(span, /$/, after);
  return right.end > span.end ? right : undefined;
}

/** The span with the parentheses around it; nothing where something else stands between. */
export function withParentheses(span: Span): Span | undefined {
  const whole = extend(span, /\(\s*$/, /^\s*\)/);
  return whole.start < span.start && whole.end > span.end ? whole : undefined;
}

/** How far around a span to search for what belongs to it. */
const REACH = 200;

function extend({ file, start, end }: Span, before: RegExp, after: RegExp): Span {
  const left = before.exec(file.text.slice(Math.max(0, start - REACH), start))?.[0] ?? "";
  const right = after.exec(file.text.slice(end, end + REACH))?.[0] ?? "";
  return { file, start: start - left.length, end: end + right.length };
}
