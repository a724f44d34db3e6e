/** Lists all diagnostic codes, which are never reused; each family is in a file of its own. */
import { budgetCatalogue } from "./catalogue/budget.ts";
import { emitCatalogue } from "./catalogue/emit.ts";
import { lintCatalogue } from "./catalogue/lint.ts";
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
  ...lintCatalogue,
} as const;

export type DiagnosticCode = keyof typeof catalogue;

/** The named holes of a code's message. */
export type ParametersOf<Code extends DiagnosticCode> = Parameters<
  (typeof catalogue)[Code]["message"]
>[0];

/** A code of the lint family, whose level can be changed. */
export type LintCode = keyof typeof lintCatalogue;
