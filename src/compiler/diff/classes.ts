/** The classes of findings, from `interface` (most severe) to `cosmetic`, and what each means for users of the network. */

/** In order of severity, the most severe first. */
export const FINDING_CLASSES = [
  "interface",
  "weights",
  "unproved",
  "numerics",
  "cost",
  "cosmetic",
] as const;

export type FindingClass = (typeof FINDING_CLASSES)[number];

export type FindingLevel = "error" | "warning" | "info" | "off";

/** The level of each class; findings that are `off` are shown only on demand. */
export const LEVEL_OF_CLASS: Readonly<Record<FindingClass, FindingLevel>> = {
  interface: "error",
  weights: "error",
  unproved: "warning",
  numerics: "warning",
  cost: "info",
  cosmetic: "off",
};

/** One sentence for each class. */
export const CLASS_DOCS: Readonly<Record<FindingClass, string>> = {
  interface: "Callers break: the input or the output differs.",
  weights: "A checkpoint does not fit unchanged.",
  unproved: "The same weights load; whether they compute the same was too costly to prove.",
  numerics: "The same weights load, but compute something different.",
  cost: "The same function is computed; only cost or training differs.",
  cosmetic: "Only names and texts of things without weights differ.",
};

/** Whether `one` is at least as severe as `other`. */
export function isAtLeast(one: FindingClass, other: FindingClass): boolean {
  return FINDING_CLASSES.indexOf(one) <= FINDING_CLASSES.indexOf(other);
}

/** Whether findings of this class say that another function is computed, or that base's weights do not give the same one. */
export function changesFunction(of: FindingClass): boolean {
  return of !== "cost" && of !== "cosmetic";
}
