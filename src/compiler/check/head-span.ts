/** Owns where a finding about a whole combinator is shown: at the word that opens it. */
import type { Span } from "../core/span.ts";

/** The word that opens a combinator (`concat`, `residual`): a whole block is too much to underline. */
export function headSpan(span: Span): Span {
  const word = /^\w+/.exec(span.file.text.slice(span.start, span.end))?.[0] ?? "";
  return word === "" ? span : { ...span, end: span.start + word.length };
}
