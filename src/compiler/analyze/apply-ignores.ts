/** Applies `// incept-ignore` comments: removes the findings they name and reports comments that remove nothing. */
import { positionAt, type SourceFile } from "../core/source-file.ts";
import { spanText } from "../core/span.ts";
import { catalogue, type DiagnosticCode } from "../diagnostics/catalogue.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { nearestNames, renameFix } from "../diagnostics/nearest-name.ts";
import { createDiagnosticCollector, type Report } from "../diagnostics/outcome.ts";
import { removeLine } from "../diagnostics/removal.ts";
import type { BoundFile, BoundProgram } from "../names/bound-program.ts";
import type { IgnoreComment } from "../syntax/ast.ts";
import { atLevels, isLintCode, type LevelOf } from "./lint-levels.ts";

/** What the comments of a program leave of findings. */
export interface Ignores {
  /** The findings that no comment ignores. Records which comments had an effect. */
  apply(diagnostics: readonly Diagnostic[]): readonly Diagnostic[];
  /** Comments that mean nothing, and, if `isWhole`, those of the main file that mean nothing that was found so far. */
  check(isWhole: boolean): readonly Diagnostic[];
}

export function createIgnores({ main, files }: BoundProgram, levelOf: LevelOf): Ignores {
  const used = new Set<IgnoreComment>();
  const valid = files.flatMap(({ tree }) => tree.ignores).filter((one) => !problemOf(one, levelOf));
  const byPlace = new Map<string, IgnoreComment[]>();
  for (const one of valid) {
    const key = placeKey(one.code, one.span.file, one.line);
    byPlace.set(key, [...(byPlace.get(key) ?? []), one]);
  }
  const isIgnored = (diagnostic: Diagnostic): boolean => {
    if (diagnostic.severity === "error" && !isLintCode(diagnostic.code)) return false;
    // A finding in a module may also be ignored where the module is used.
    const places = [diagnostic.span, ...diagnostic.related.map(({ span }) => span)];
    const meant = places.flatMap(({ file, start }) => {
      const { line } = positionAt(file, start);
      return byPlace.get(placeKey(diagnostic.code, file, line)) ?? [];
    });
    for (const one of meant) used.add(one);
    return meant.length > 0;
  };
  return {
    apply: (diagnostics) =>
      valid.length === 0 ? diagnostics : diagnostics.filter((one) => !isIgnored(one)),
    check: (isWhole) => {
      const { report, diagnostics } = createDiagnosticCollector();
      for (const comment of files.flatMap(({ tree }) => tree.ignores)) {
        const problem = problemOf(comment, levelOf);
        if (problem) reportProblem(comment, problem, report);
      }
      for (const comment of isWhole ? main.tree.ignores : []) {
        const isIdle = !used.has(comment) && !problemOf(comment, levelOf);
        if (!isIdle || !isSought(comment, main, levelOf)) continue;
        const fixes = [removeLine(comment.span, "safe", "remove this comment")];
        report("lint/unused-ignore", comment.span, { code: comment.code }, { fixes });
      }
      return atLevels(diagnostics, levelOf);
    },
  };
}

type Problem = "no-code" | "unknown-code" | "no-reason" | "error";

function problemOf({ code, reason }: IgnoreComment, levelOf: LevelOf): Problem | undefined {
  if (code === "") return "no-code";
  if (!isCode(code)) return "unknown-code";
  const level = isLintCode(code) ? levelOf(code) : catalogue[code].severity;
  if (level === "error" && !isLintCode(code)) return "error";
  return reason === "" ? "no-reason" : undefined;
}

function isCode(code: string): code is DiagnosticCode {
  return Object.hasOwn(catalogue, code);
}

function reportProblem({ code, span }: IgnoreComment, problem: Problem, report: Report): void {
  const codes = problem === "unknown-code" ? Object.keys(catalogue) : [];
  const near = nearestNames(code, codes);
  const start = span.start + spanText(span).indexOf(code);
  const codeSpan = { file: span.file, start, end: start + code.length };
  report("lint/bad-ignore", span, { problem, code, near: near.names }, renameFix(codeSpan, near));
}

/**
 * Whether the finding would have been reported: it is not off, it does not wait for code to be written, and the file has
 * networks, without which the modules in it have no sizes to judge by.
 */
function isSought({ code }: IgnoreComment, { tree }: BoundFile, levelOf: LevelOf): boolean {
  const isOff = isLintCode(code) && levelOf(code) === "off";
  return !isOff && !code.startsWith("emit/") && tree.networks.length + tree.variants.length > 0;
}

/** Stands for a finding's code and line. */
function placeKey(code: string, { path }: SourceFile, line: number): string {
  return `${code} ${line} ${path}`;
}
