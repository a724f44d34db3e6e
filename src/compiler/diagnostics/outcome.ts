/** The result of a phase: a value, partial if there are errors, together with its diagnostics. */
import type { Span } from "../core/span.ts";
import { compareSpans } from "../core/span.ts";
import type { DiagnosticCode, ParametersOf } from "./catalogue.ts";
import { createDiagnostic, type Diagnostic, type DiagnosticExtras } from "./diagnostic.ts";

export interface Outcome<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** Report one finding; the parameters are those that the catalogue names for the code. */
export type Report = <Code extends DiagnosticCode>(
  code: Code,
  span: Span,
  parameters: ParametersOf<Code>,
  extras?: DiagnosticExtras,
) => void;

/** Gathers what one phase reports; the same finding at the same place is kept once. */
export interface DiagnosticCollector {
  readonly report: Report;
  add(diagnostics: readonly Diagnostic[]): void;
  readonly diagnostics: readonly Diagnostic[];
}

export function createDiagnosticCollector(): DiagnosticCollector {
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();
  const keep = (diagnostic: Diagnostic): void => {
    const { code, span, message } = diagnostic;
    const key = `${code}|${span.file.path}|${span.start}|${span.end}|${message}`;
    if (seen.has(key)) return;
    seen.add(key);
    diagnostics.push(diagnostic);
  };
  return {
    report: (code, span, parameters, extras) =>
      keep(createDiagnostic(code, span, parameters, extras)),
    add: (more) => more.forEach(keep),
    diagnostics,
  };
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}

/** By file and place, then by code: the same bytes every run. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) => compareSpans(a.span, b.span) || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  );
}
