/** Converts diagnostics to a versioned JSON format for programs. */
import { type Position, positionAt } from "../core/source-file.ts";
import type { Span } from "../core/span.ts";
import type { Applicability, Diagnostic, Severity } from "./diagnostic.ts";

/** Grows by one when a reader of the former version could no longer read the form; additions do not count. */
export const DIAGNOSTICS_FORMAT_VERSION = 1;

/** Lines and columns count from 1, columns in UTF-16 code units; `end` is exclusive. */
export interface JsonRange {
  readonly start: Position;
  readonly end: Position;
}

export interface JsonDiagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly range: JsonRange;
  readonly related: readonly {
    readonly file: string;
    readonly range: JsonRange;
    readonly message: string;
  }[];
  readonly help: string | null;
  readonly fixes: readonly {
    readonly title: string;
    readonly applicability: Applicability;
    readonly edits: readonly {
      readonly file: string;
      readonly range: JsonRange;
      readonly text: string;
    }[];
  }[];
}

export interface JsonDiagnostics {
  readonly formatVersion: typeof DIAGNOSTICS_FORMAT_VERSION;
  readonly diagnostics: readonly JsonDiagnostic[];
}

/** The diagnostics in the order given, ready for `JSON.stringify`. */
export function diagnosticsToJson(diagnostics: readonly Diagnostic[]): JsonDiagnostics {
  return {
    formatVersion: DIAGNOSTICS_FORMAT_VERSION,
    diagnostics: diagnostics.map(({ code, severity, message, span, related, help, fixes }) => ({
      code,
      severity,
      message,
      ...place(span),
      related: related.map((other) => ({ ...place(other.span), message: other.message })),
      help: help ?? null,
      fixes: fixes.map(({ title, applicability, edits }) => ({
        title,
        applicability,
        edits: edits.map((edit) => ({ ...place(edit.span), text: edit.text })),
      })),
    })),
  };
}

function place({ file, start, end }: Span): { readonly file: string; readonly range: JsonRange } {
  return {
    file: file.path,
    range: { start: positionAt(file, start), end: positionAt(file, end) },
  };
}
