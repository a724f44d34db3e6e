/** Determines the level of each lint: the catalogue's default unless the caller sets another. */

import { lintCatalogue } from "../diagnostics/catalogue/lint.ts";
import { catalogue, type LintCode } from "../diagnostics/catalogue.ts";
import type { Diagnostic, Severity } from "../diagnostics/diagnostic.ts";

export type LintLevel = "off" | Severity;

export const LINT_LEVELS: readonly LintLevel[] = ["off", "info", "warning", "error"];

/** Every lint by code, in the order of the catalogue. */
export const LINT_CODES: readonly LintCode[] = Object.keys(lintCatalogue) as LintCode[];

export interface LintOptions {
  /** Whether lints that only advise (level `info`) report. Default: false. */
  readonly advice?: boolean;
  /** Levels by code; they win over `advice`. */
  readonly lints?: Readonly<Partial<Record<LintCode, LintLevel>>>;
}

export type LevelOf = (code: LintCode) => LintLevel;

export function createLevels({ advice = false, lints = {} }: LintOptions): LevelOf {
  return (code) => {
    const { severity } = catalogue[code];
    return lints[code] ?? (severity === "info" && !advice ? "off" : severity);
  };
}

export function isLintCode(code: string): code is LintCode {
  return Object.hasOwn(lintCatalogue, code);
}

/** The findings with the severity that their level asks for, without those that are off. */
export function atLevels(
  diagnostics: readonly Diagnostic[],
  levelOf: LevelOf,
): readonly Diagnostic[] {
  return diagnostics.flatMap((diagnostic) => {
    if (!isLintCode(diagnostic.code)) return [diagnostic];
    const level = levelOf(diagnostic.code);
    return level === "off" ? [] : [{ ...diagnostic, severity: level }];
  });
}
