/** Parses a parameter value given from outside (`--set`) into a `set` edit. */
import { createSourceFile } from "../core/source-file.ts";
import { createDiagnosticCollector, type Outcome } from "../diagnostics/outcome.ts";
import type { BoundFile } from "../names/bound-program.ts";
import type { Names } from "../names/resolution.ts";
import { resolveSetting } from "../names/resolve-names.ts";
import type { Edit } from "../syntax/ast.ts";
import { type ParseLimits, parse } from "../syntax/parse.ts";
import { checkExpression } from "./declarations/check-expression.ts";

/** A value from outside. */
export interface Setting {
  readonly edit: Extract<Edit, { kind: "set" }>;
  /** Those that were known, and the names in the value. */
  readonly names: Names;
}

/**
 * Reads `text` as an expression of the language; findings show it as the value that `name` was to have. It sees the
 * values of `main`, and no parameter: which networks it is for is not known here.
 */
export function parseSetting(
  name: string,
  text: string,
  main: BoundFile,
  known: Names,
  limits: ParseLimits,
): Outcome<Setting | undefined> {
  const { report, add, diagnostics } = createDiagnosticCollector();
  const file = createSourceFile(`--set ${name}`, `let ${name} = ${text}`);
  const parsed = parse(file, limits);
  add(parsed.diagnostics);
  const { lets, imports, defaults, modules, networks, variants, languageVersion } = parsed.value;
  const [only] = lets;
  const others = [lets.slice(1), imports, defaults, modules, networks, variants].flat();
  const isAlone = others.length === 0 && languageVersion === undefined;
  if (diagnostics.length > 0) return { value: undefined, diagnostics };
  if (!only || !isAlone) {
    const span = { file, start: file.text.length - text.length, end: file.text.length };
    report("syntax/unexpected-token", span, { expected: "one value", found: `\`${text}\`` });
    return { value: undefined, diagnostics };
  }
  const names = resolveSetting(only.value, main, known);
  checkExpression(only.value, { file: main, names, report });
  if (diagnostics.length > 0) return { value: undefined, diagnostics };
  const { name: own, value, span } = only;
  return { value: { edit: { kind: "set", name: own, value, span }, names }, diagnostics };
}
