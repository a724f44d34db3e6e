/** The quick fix that writes one text instead of another. */
import type { Span } from "../core/span.ts";
import type { Applicability, QuickFix } from "./diagnostic.ts";

export function writeInstead(span: Span, text: string, applicability: Applicability): QuickFix {
  return { title: `write \`${text}\``, applicability, edits: [{ span, text }] };
}
