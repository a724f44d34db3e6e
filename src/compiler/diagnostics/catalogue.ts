/** Owns the list of all diagnostic codes: one entry per code, families in files of their own. Codes are never reused. */
import { budgetCatalogue } from "./catalogue/budget.ts";
import { emitCatalogue } from "./catalogue/emit.ts";
import { nameCatalogue } from "./catalogue/name.ts";
import { shapeCatalogue } from "./catalogue/shape.ts";
import { syntaxCatalogue } from "./catalogue/syntax.ts";
import { typeCatalogue } from "./catalogue/type.ts";

export const catalogue = {
  ...syntaxCatalogue,
  ...nameCatalogue,
  ...typeCatalogue,
  ...shapeCatalogue,
  ...budgetCatalogue,
  ...emitCatalogue,
} as const;

export type DiagnosticCode = keyof typeof catalogue;

/** The named holes of a code's message. */
export type ParametersOf<Code extends DiagnosticCode> = Parameters<
  (typeof catalogue)[Code]["message"]
>[0];
