/** The type of a catalogue entry, and helpers to write messages. */

export interface CatalogueEntry<Holes> {
  readonly severity: "error" | "warning" | "info";
  readonly message: (holes: Holes) => string;
  readonly help?: (holes: Holes) => string | undefined;
}

/** An error: the specification cannot be used until it is fixed. */
export function error<Holes>(
  message: (holes: Holes) => string,
  help?: (holes: Holes) => string | undefined,
): CatalogueEntry<Holes> {
  return { severity: "error", message, ...(help ? { help } : {}) };
}

/** A warning: the specification compiles, but probably not to what was intended. */
export function warning<Holes>(
  message: (holes: Holes) => string,
  help?: (holes: Holes) => string | undefined,
): CatalogueEntry<Holes> {
  return { severity: "warning", message, ...(help ? { help } : {}) };
}

/** Advice: the specification may well be as intended; shown only on request. */
export function advice<Holes>(
  message: (holes: Holes) => string,
  help?: (holes: Holes) => string | undefined,
): CatalogueEntry<Holes> {
  return { severity: "info", message, ...(help ? { help } : {}) };
}

/** ``did you mean `a` or `b`?``, or nothing when no name is similar. */
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

/** Digits in groups of three: `42,679,816`; fractions keep two digits. */
export function grouped(amount: number): string {
  const [whole = "", fraction] = Number.isInteger(amount)
    ? [String(amount)]
    : amount.toFixed(2).split(".");
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}

/** A share between 0 and 1 as a percentage: `28%`, `1.9%`. */
export function percent(share: number): string {
  const value = share * 100;
  return `${value >= 10 || value === 0 ? value.toFixed(0) : value.toPrecision(2)}%`;
}
