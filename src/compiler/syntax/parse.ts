/** Parses text to a syntax tree and reports every syntax error in one pass. */
import { type IToken, tokenMatcher } from "chevrotain";
import type { FileCstNode } from "../../../grammar/cst.generated.ts";
import { MAX_MISTAKES } from "../../../grammar/error-messages.ts";
import { readTokens } from "../../../grammar/read-tokens.ts";
import { hasPosition, lexer, Of, Word } from "../../../grammar/tokens.ts";
import type { Limits } from "../core/limits.ts";
import { positionAt, type SourceFile } from "../core/source-file.ts";
import { createDiagnosticCollector, type Outcome, type Report } from "../diagnostics/outcome.ts";
import type {
  ModuleDeclaration,
  NetworkDeclaration,
  SyntaxTree,
  VariantDeclaration,
} from "./ast.ts";
import { matchBrackets } from "./brackets.ts";
import {
  buildImport,
  buildModule,
  buildNetwork,
  buildVariant,
  type DeclarationContext,
} from "./build-declaration.ts";
import { parseNumber } from "./build-expression.ts";
import { buildDefaults, buildLet, buildWhole } from "./build-step.ts";
import { findIgnores } from "./find-ignores.ts";
import {
  reportCharacters,
  reportHashComments,
  reportMismatches,
  reportUnclosedComment,
} from "./report-errors.ts";
import { tokenSpan } from "./span-of.ts";

/** The version of the language that this compiler knows. */
export const LANGUAGE_VERSION = 1;

export type ParseLimits = Pick<Limits, "characters" | "nesting">;

/** Parses one file. The tree holds what could be understood; declarations with errors are marked broken. */
export function parse(file: SourceFile, limits: ParseLimits): Outcome<SyntaxTree> {
  const { report, diagnostics } = createDiagnosticCollector();
  const end = file.text.length;
  const empty: SyntaxTree = {
    imports: [],
    lets: [],
    defaults: [],
    modules: [],
    networks: [],
    variants: [],
    ignores: [],
    span: { file, start: 0, end },
  };
  if (end > limits.characters) {
    const span = { file, start: 0, end: 0 };
    report("syntax/file-too-large", span, { size: end, limit: limits.characters });
    return { value: empty, diagnostics };
  }
  const { tokens, errors: lexingErrors, groups } = lexer.tokenize(file.text);
  const comments = groups.comments ?? [];
  const problems: number[] = [];
  const reportProblem: Report = (code, span, parameters, extras) => {
    problems.push(span.start);
    report(code, span, parameters, extras);
  };
  reportCharacters(file, lexingErrors.slice(0, MAX_MISTAKES), reportProblem);
  const giveUp = (offset: number): Outcome<SyntaxTree> => {
    const span = { file, start: offset, end: offset };
    report("syntax/too-many-mistakes", span, { limit: MAX_MISTAKES });
    return { value: empty, diagnostics };
  };
  const firstOfRest = lexingErrors[MAX_MISTAKES];
  if (firstOfRest) return giveUp(firstOfRest.offset);
  reportHashComments(file, comments.slice(0, MAX_MISTAKES), reportProblem);
  reportUnclosedComment(file, comments, reportProblem);

  const tooDeep = tokens[tooDeepAt(tokens, limits.nesting)];
  if (tooDeep) {
    report("syntax/nesting-too-deep", tokenSpan(file, tooDeep), { limit: limits.nesting });
    return { value: empty, diagnostics };
  }

  const reading = readTokens(tokens);
  const tree = reading.tree as FileCstNode | undefined;
  const linesInError = lexingErrors.map(({ line }) => line ?? 0);
  reportMismatches(file, tokens, reading.errors, linesInError, reportProblem);
  if (!tree) return giveUp(Math.max(...problems));
  const ignores = findIgnores(file, comments);
  const context: DeclarationContext = {
    file,
    report: reportProblem,
    reportReadable: (code, span, parameters, extras) => {
      // Where recovery went on after another mistake, what it read as a step may be none.
      if (!linesOf(file, problems).has(positionAt(file, span.start).line)) {
        report(code, span, parameters, extras);
      }
    },
    docBefore: docFinder(file, comments),
  };
  const built = buildTree(context, tree, { ...empty, ignores });
  if (problems.length === 0) return { value: built, diagnostics };
  const lostNames = findLostNames(built, tokens);
  return { value: { ...markBroken(built, problems), lostNames }, diagnostics };
}

function linesOf(file: SourceFile, offsets: readonly number[]): ReadonlySet<number> {
  return new Set(offsets.map((offset) => positionAt(file, offset).line));
}

/** The names that follow a word at the top of the file, where declarations stand, and that no declaration in the tree has. */
function findLostNames(tree: SyntaxTree, tokens: readonly IToken[]): readonly string[] {
  const named = [...tree.modules, ...tree.networks, ...tree.variants];
  const declared = new Set(named.map(({ name }) => name.text));
  const brackets = matchBrackets(tokens);
  return tokens.flatMap(({ image }, index) => {
    const before = tokens[index - 1];
    const isName = /^[A-Z]/.test(image) && before && tokenMatcher(before, Word);
    const isLost = isName && !brackets.isInside(index) && before.tokenType !== Of;
    return isLost && !declared.has(image) ? [image] : [];
  });
}

function buildTree(context: DeclarationContext, tree: FileCstNode, empty: SyntaxTree): SyntaxTree {
  const all = (tree.children.declaration ?? []).map((node) => node.children);
  const versions = tree.children.languageVersion?.flatMap(({ children }) => children.Int ?? []);
  const [languageVersion] = buildWhole(versions?.filter(hasPosition), (token) => ({
    value: parseNumber(context, token),
    span: tokenSpan(context.file, token),
  }));
  return {
    ...empty,
    ...(languageVersion ? { languageVersion } : {}),
    imports: buildWhole(
      all.flatMap((one) => one.importDeclaration ?? []),
      (node) => buildImport(context, node),
    ),
    lets: buildWhole(
      all.flatMap((one) => one.letDeclaration ?? []),
      (node) => buildLet(context, node),
    ),
    defaults: buildWhole(
      all.flatMap((one) => one.defaultsDeclaration ?? []),
      (node) => buildDefaults(context, node),
    ),
    modules: buildWhole(
      all.flatMap((one) => one.moduleDeclaration ?? []),
      (node) => buildModule(context, node),
    ),
    networks: buildWhole(
      all.flatMap((one) => one.networkDeclaration ?? []),
      (node) => buildNetwork(context, node),
    ),
    variants: buildWhole(
      all.flatMap((one) => one.variantDeclaration ?? []),
      (node) => buildVariant(context, node),
    ),
  };
}

/** Index of the first token nested too deep, or -1. A conditional nests from its `?` to its `:`. */
function tooDeepAt(tokens: readonly IToken[], limit: number): number {
  let depth = 0;
  /** Conditionals open inside each open bracket, the innermost last. */
  const conditionals = [0];
  return tokens.findIndex(({ image }) => {
    const innermost = conditionals.length - 1;
    const open = conditionals[innermost] ?? 0;
    if (/^[({[]$/.test(image)) {
      depth++;
      conditionals.push(0);
    } else if (/^[)}\]]$/.test(image) && innermost > 0) {
      depth -= 1 + open;
      conditionals.pop();
    } else if (image === "?") {
      depth++;
      conditionals[innermost] = open + 1;
    } else if (image === ":" && open > 0) {
      depth--;
      conditionals[innermost] = open - 1;
    }
    return depth > limit;
  });
}

/** Doc comments end right before their declaration: only white space, and other comments, may lie between. */
function docFinder(file: SourceFile, comments: readonly IToken[]) {
  return (offset: number): string | undefined => {
    const lines: string[] = [];
    let end = offset;
    let low = 0;
    let high = comments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((comments[middle]?.startOffset ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    for (let index = low - 1; index >= 0; index--) {
      const comment = comments[index];
      if (!comment) break;
      const between = file.text.slice(comment.startOffset + comment.image.length, end);
      if (between.trim() !== "") break;
      end = comment.startOffset;
      if (comment.tokenType.name !== "DocComment") {
        if (lines.length > 0) break;
        continue;
      }
      lines.push(comment.image.slice(3).replace(/^ /, "").trimEnd());
    }
    // Met from the last to the first; putting each in front would take time that grows with the square.
    return lines.length === 0 ? undefined : lines.reverse().join("\n");
  };
}

/** Marks the declarations that hold an error: one lies between their start and the start of the next. */
function markBroken(tree: SyntaxTree, problems: readonly number[]): SyntaxTree {
  const named = [...tree.modules, ...tree.networks, ...tree.variants];
  const starts = [...named, ...tree.imports, ...tree.lets, ...tree.defaults]
    .map((declaration) => declaration.span.start)
    .sort((a, b) => a - b);
  const offsets = [...problems].sort((a, b) => a - b);
  const broken = new Set<number>();
  let next = 0;
  starts.forEach((start, index) => {
    const end = starts[index + 1] ?? Number.POSITIVE_INFINITY;
    while (next < offsets.length && (offsets[next] ?? 0) < start) next++;
    if (next < offsets.length && (offsets[next] ?? 0) < end) broken.add(start);
  });
  const mark = <Declaration extends ModuleDeclaration | NetworkDeclaration | VariantDeclaration>(
    declaration: Declaration,
  ): Declaration =>
    broken.has(declaration.span.start) ? { ...declaration, isBroken: true } : declaration;
  return {
    ...tree,
    modules: tree.modules.map(mark),
    networks: tree.networks.map(mark),
    variants: tree.variants.map(mark),
  };
}
