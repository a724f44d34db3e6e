/** Finds the known names that an unknown one may stand for, and makes the quick fix that writes the nearest. */
import { isMisspelling } from "../core/misspelling.ts";
import type { Span } from "../core/span.ts";
import { suggest } from "../core/suggest.ts";
import type { Applicability, QuickFix } from "./diagnostic.ts";
import { writeInstead } from "./replacement.ts";

/** Names by nearness, and whether the first can only have been meant. */
export interface NearestNames {
  readonly names: readonly string[];
  readonly applicability: Applicability;
}

/** The names near to `name` by spelling. `words` are those of the language, `declared` those of the author. */
export function nearestNames(
  name: string,
  words: Iterable<string>,
  declared: Iterable<string> = [],
): NearestNames {
  const own = new Set(declared);
  const candidates = new Set([...words, ...own]);
  const names = suggest(name, candidates);
  const [best] = names;
  const isSafe = best !== undefined && isMisspelling(name, best, candidates, own.has(best));
  return { names, applicability: isSafe ? "safe" : "suggested" };
}

/** A quick fix that writes the nearest name, where there is one. */
export function renameFix(
  span: Span,
  { names, applicability }: NearestNames,
): { readonly fixes: readonly QuickFix[] } {
  const [best] = names;
  if (best === undefined) return { fixes: [] };
  return { fixes: [writeInstead(span, best, applicability)] };
}
