/** Applies quick fixes and checks again until no finding has a fix left that may be applied. */
import { createCache } from "./analyze/compiler-cache.ts";
import { check } from "./check.ts";
import type { CheckResult, CompilerOptions } from "./compiler-options.ts";
import { type AppliedFix, applyFixes } from "./diagnostics/apply-fixes.ts";
import type { Applicability, Diagnostic } from "./diagnostics/diagnostic.ts";
import type { CompilerHost, SourceInput } from "./host.ts";

/** A repair may reveal another mistake; more rounds than this mean that fixes undo each other. */
const MAX_ROUNDS = 10;

export interface FixResult extends CheckResult {
  /** The texts that changed, by path; nothing is written. */
  readonly texts: ReadonlyMap<string, string>;
  /** The findings that were repaired, with the fix of each; their places are those of the text of their round. */
  readonly repaired: readonly AppliedFix[];
}

export interface FixOptions extends CompilerOptions {
  /** `safe`, the default, leaves what is computed as it was written; `suggested` also applies fixes that guess. */
  readonly apply?: Applicability;
}

/** Applies the first fix of each finding that may be applied, round after round. A round after which a file no longer parses is not kept. */
export function fix(input: SourceInput, options: FixOptions = {}): FixResult {
  const { cache = createCache(), apply = "safe" } = options;
  const texts = new Map<string, string>();
  const checkTexts = (): CheckResult => check(overlaid(input, texts), { ...options, cache });
  let result = checkTexts();
  const repaired: AppliedFix[] = [];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const applied = applyFixes(result.diagnostics, apply);
    if (applied.texts.size === 0) break;
    const before = new Map(texts);
    for (const [{ path }, text] of applied.texts) texts.set(path, text);
    const next = checkTexts();
    if (syntaxErrorsIn(next.diagnostics) > syntaxErrorsIn(result.diagnostics)) {
      texts.clear();
      for (const [path, text] of before) texts.set(path, text);
      break;
    }
    result = next;
    repaired.push(...applied.repaired);
  }
  return { ...result, texts, repaired };
}

/** Other errors may become more: a repair can reveal mistakes that were hidden behind its finding. */
function syntaxErrorsIn(diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter(({ code }) => code.startsWith("syntax/")).length;
}

/** The input with these texts instead of those that its host reads. */
function overlaid(input: SourceInput, texts: ReadonlyMap<string, string>): SourceInput {
  if (typeof input === "string") return [...texts.values()][0] ?? input;
  const host: CompilerHost = {
    resolve: input.host.resolve,
    read: (path) => {
      const text = texts.get(path);
      return text === undefined ? input.host.read(path) : { text };
    },
  };
  return { path: input.path, host };
}
