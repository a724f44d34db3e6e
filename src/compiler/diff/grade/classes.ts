/** The classes of findings, from `interface` to `cosmetic`, and what each means for users of the network. */

/** From the gravest to the slightest. */
export const FINDING_CLASSES = ["interface", "weights", "numerics", "cost", "cosmetic"] as const;

export type FindingClass = (typeof FINDING_CLASSES)[number];

export type FindingLevel = "error" | "warning" | "info" | "off";

/** How grave the findings of a class are; those that are `off` are shown on demand only. */
export const LEVEL_OF_CLASS: Readonly<Record<FindingClass, FindingLevel>> = {
  interface: "error",
  weights: "error",
  numerics: "warning",
  cost: "info",
  cosmetic: "off",
};

/** One sentence for each class. */
export const CLASS_DOCS: Readonly<Record<FindingClass, string>> = {
  interface: "Callers break: what goes in or comes out is another.",
  weights: "A checkpoint does not fit as it is.",
  numerics: "The same weights load, and compute something else.",
  cost: "What is computed stays; only cost moved, or how it trains.",
  cosmetic: "Only names and texts moved, of things without weights.",
};

/** Whether `one` is at least as grave as `other`. */
export function isAtLeast(one: FindingClass, other: FindingClass): boolean {
  return FINDING_CLASSES.indexOf(one) <= FINDING_CLASSES.indexOf(other);
}
