/** The formatter of the library: text in, canonical text out. */
import { type Limits, limitsWith } from "./core/limits.ts";
import { createSourceFile } from "./core/source-file.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { sortDiagnostics } from "./diagnostics/outcome.ts";
import { formatFile } from "./syntax/format/format.ts";

export interface FormatOptions {
  /** What the text is called in findings. */
  readonly path?: string;
  readonly limits?: Partial<Limits>;
}

export interface FormatResult {
  /** Absent where the text cannot be parsed. */
  readonly text?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Formats a file: same meaning, same comments, same line breaks. Formatting twice changes nothing more. */
export function format(text: string, options: FormatOptions = {}): FormatResult {
  const file = createSourceFile(options.path ?? "input.incept", text);
  const { value, diagnostics } = formatFile(file, limitsWith(options.limits));
  const found = sortDiagnostics(diagnostics);
  return value === undefined ? { diagnostics: found } : { text: value, diagnostics: found };
}
