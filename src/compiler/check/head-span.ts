/** Chooses a short span for a finding about a whole combinator: its keyword, or the step that produces its output. */
import type { Span } from "../core/span.ts";
import type { Node } from "../ir/architecture.ts";

/** The word that opens a combinator (`concat`, `residual`): a whole block is too much to underline. */
export function headSpan(span: Span): Span {
  const word = /^\w+/.exec(span.file.text.slice(span.start, span.end))?.[0] ?? "";
  return word === "" ? span : { ...span, end: span.start + word.length };
}

/** The last step of a block: what the block gives comes from there. */
export function endSpan(node: Node): Span {
  const last = node.kind === "sequence" ? node.steps.at(-1) : undefined;
  return last ? endSpan(last) : node.kind === "operator" ? node.span : headSpan(node.span);
}
