/** Parses pieces of the language for tests, and prints syntax trees without places. */
import { createSourceFile, positionAt } from "../../src/compiler/core/source-file.ts";
import type { Diagnostic } from "../../src/compiler/diagnostics/diagnostic.ts";
import type { Outcome } from "../../src/compiler/diagnostics/outcome.ts";
import type { Expression, Statement, Step, SyntaxTree } from "../../src/compiler/syntax/ast.ts";
import { type ParseLimits, parse } from "../../src/compiler/syntax/parse.ts";

export const PARSE_LIMITS: ParseLimits = { characters: 4_000_000, nesting: 100 };

export function parseText(text: string, limits: Partial<ParseLimits> = {}): Outcome<SyntaxTree> {
  return parse(createSourceFile("test.incept", text), { ...PARSE_LIMITS, ...limits });
}

/** The tree of a text that must have no errors. */
export function parseClean(text: string): SyntaxTree {
  const { value, diagnostics } = parseText(text);
  if (diagnostics.length > 0) throw new Error(describeFindings(diagnostics).join("\n"));
  return value;
}

/** The statements of a network that holds `text`. */
export function parseStatements(text: string): readonly Statement[] {
  return parseClean(`network N {\n${text}\n}`).networks[0]?.body.statements ?? [];
}

export function parseStep(text: string): Step {
  const step = parseStatements(text)[0]?.steps[0];
  if (!step) throw new Error(`no step in ${text}`);
  return step;
}

export function parseExpression(text: string): Expression {
  const value = parseClean(`let value = ${text}`).lets[0]?.value;
  if (!value) throw new Error(`no expression in ${text}`);
  return value;
}

/** `line:column code message`, in order. */
export function describeFindings(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ code, span, message }) => `${placeOf(span)} ${code} ${message}`);
}

/** `line:column code`, in order. */
export function placesOf(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ code, span }) => `${placeOf(span)} ${code}`);
}

function placeOf(span: Diagnostic["span"]): string {
  const { line, column } = positionAt(span.file, span.start);
  return `${line}:${column}`;
}

/** A copy of a tree that leaves out every place. */
export function withoutSpans(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(withoutSpans);
  if (typeof tree !== "object" || tree === null) return tree;
  const entries = Object.entries(tree).filter(([key]) => !/^(?:span|specifierSpan)$/.test(key));
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutSpans(value)]));
}
