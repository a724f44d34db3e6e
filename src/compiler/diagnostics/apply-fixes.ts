/** Applies a quick fix of every finding to the texts; of overlapping fixes only the first is applied. */
import type { SourceFile } from "../core/source-file.ts";
import type { Applicability, Diagnostic, QuickFix, TextEdit } from "./diagnostic.ts";
import { sortDiagnostics } from "./outcome.ts";

export interface AppliedFixes {
  /** The texts that changed. */
  readonly texts: ReadonlyMap<SourceFile, string>;
  readonly repaired: readonly AppliedFix[];
}

/** A finding, and the fix of it that was applied. */
export interface AppliedFix {
  readonly diagnostic: Diagnostic;
  readonly fix: QuickFix;
}

/**
 * Applies the first fix of each finding that `applicability` allows: `safe` allows only safe ones, `suggested` all. All
 * edits of a fix are made or none; of two fixes that touch the same place, the first in the file is made.
 */
export function applyFixes(
  diagnostics: readonly Diagnostic[],
  applicability: Applicability = "safe",
): AppliedFixes {
  const accepted: TextEdit[] = [];
  const repaired: AppliedFix[] = [];
  for (const diagnostic of sortDiagnostics(diagnostics)) {
    const fix = diagnostic.fixes.find(
      (one) => applicability === "suggested" || one.applicability === "safe",
    );
    if (!fix || fix.edits.some((edit) => accepted.some((other) => touches(edit, other)))) continue;
    accepted.push(...fix.edits);
    repaired.push({ diagnostic, fix });
  }
  const texts = new Map<SourceFile, string>();
  for (const { span } of accepted) {
    if (!texts.has(span.file)) texts.set(span.file, edited(span.file, accepted));
  }
  return { texts, repaired };
}

/** Two adjacent edits are not independent: the order of two insertions would be a guess. */
function touches({ span: a }: TextEdit, { span: b }: TextEdit): boolean {
  return a.file === b.file && a.start <= b.end && b.start <= a.end;
}

function edited(file: SourceFile, edits: readonly TextEdit[]): string {
  const inOrder = edits
    .filter(({ span }) => span.file === file)
    .sort((a, b) => a.span.start - b.span.start);
  let text = "";
  let end = 0;
  for (const edit of inOrder) {
    text += file.text.slice(end, edit.span.start) + edit.text;
    end = edit.span.end;
  }
  return text + file.text.slice(end);
}
