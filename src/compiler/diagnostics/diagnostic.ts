/** The diagnostic: what every phase reports and every renderer shows. */
import type { Span } from "../core/span.ts";
import { catalogue, type DiagnosticCode, type ParametersOf } from "./catalogue.ts";

export type Severity = "error" | "warning" | "info";

/** Another place that belongs to the message: the other branch, the place of use, the first definition. */
export interface RelatedPlace {
  readonly span: Span;
  readonly message: string;
}

/** Replace `span` by `text`. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/**
 * Whether a tool may apply a fix without asking. A `safe` fix writes what can only have been meant (another tool's name, a
 * slip of the keyboard, punctuation) or removes what has no effect; of a file without errors it leaves every network as
 * it is. A `suggested` one changes what is computed, or guesses what was meant.
 */
export type Applicability = "safe" | "suggested";

/** A repair that a tool may apply: all edits together or none. */
export interface QuickFix {
  readonly title: string;
  readonly applicability: Applicability;
  readonly edits: readonly TextEdit[];
}

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  /** The smallest thing to edit. */
  readonly span: Span;
  readonly related: readonly RelatedPlace[];
  /** The repair in words, with the value computed. */
  readonly help?: string;
  readonly fixes: readonly QuickFix[];
}

/** What a reporter may add to the catalogue's message. */
export interface DiagnosticExtras {
  readonly related?: readonly RelatedPlace[];
  readonly help?: string | undefined;
  readonly fixes?: readonly QuickFix[];
}

export function createDiagnostic<Code extends DiagnosticCode>(
  code: Code,
  span: Span,
  parameters: ParametersOf<Code>,
  extras: DiagnosticExtras = {},
): Diagnostic {
  const entry = catalogue[code];
  // The entry belongs to `code`, so its parameters are `ParametersOf<Code>`; TypeScript cannot see through the index.
  const message = (entry.message as (parameters: ParametersOf<Code>) => string)(parameters);
  const catalogued = entry.help as
    | ((parameters: ParametersOf<Code>) => string | undefined)
    | undefined;
  const help = extras.help ?? catalogued?.(parameters);
  return {
    code,
    severity: entry.severity,
    message,
    span,
    related: extras.related ?? [],
    ...(help === undefined ? {} : { help }),
    fixes: extras.fixes ?? [],
  };
}
