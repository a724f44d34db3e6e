/** Owns the form of a catalogue entry; says nothing of any particular code. */

export interface CatalogueEntry<Holes> {
  readonly severity: "error" | "warning" | "info";
  readonly message: (holes: Holes) => string;
  readonly help?: (holes: Holes) => string | undefined;
}

/** An error: the specification means nothing until it is repaired. */
export function error<Holes>(
  message: (holes: Holes) => string,
  help?: (holes: Holes) => string | undefined,
): CatalogueEntry<Holes> {
  return { severity: "error", message, ...(help ? { help } : {}) };
}

/** A warning: it compiles, but hardly as intended. */
export function warning<Holes>(
  message: (holes: Holes) => string,
  help?: (holes: Holes) => string | undefined,
): CatalogueEntry<Holes> {
  return { severity: "warning", message, ...(help ? { help } : {}) };
}

/** ``did you mean `a` or `b`?``, or nothing when there is no near name. */
export function didYouMean(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const quoted = names.map((name) => `\`${name}\``);
  const last = quoted.pop();
  return `did you mean ${quoted.length > 0 ? `${quoted.join(", ")} or ${last}` : last}?`;
}

/** `one thing`, `3 things`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
