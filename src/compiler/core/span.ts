/** A range of text in one source file. */
import type { SourceFile } from "./source-file.ts";

/** Offsets into `file.text`; `end` is exclusive. */
export interface Span {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

export function spanText(span: Span): string {
  return span.file.text.slice(span.start, span.end);
}

/** The smallest span that holds both; both must lie in the same file. */
export function joinSpans(first: Span, last: Span): Span {
  return {
    file: first.file,
    start: Math.min(first.start, last.start),
    end: Math.max(first.end, last.end),
  };
}

/** Order by file path, then place: the order in which diagnostics are shown. */
export function compareSpans(a: Span, b: Span): number {
  if (a.file.path !== b.file.path) return a.file.path < b.file.path ? -1 : 1;
  return a.start - b.start || a.end - b.end;
}
