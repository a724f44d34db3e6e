/** Owns what is said of text that the lexer or the parser did not understand: one message for one mistake, at its place. */
import type { ILexingError, IRecognitionException, IToken } from "chevrotain";
import { RESERVED_WORDS } from "../../../grammar/tokens.ts";
import type { SourceFile } from "../core/source-file.ts";
import type { Span } from "../core/span.ts";
import type { Report } from "../diagnostics/outcome.ts";

/** Characters and words shown of what was found. */
const SHOWN_CHARACTERS = 12;
const SHOWN_TOKEN = 40;

export function reportCharacters(
  file: SourceFile,
  errors: readonly ILexingError[],
  report: Report,
): void {
  for (const { offset, length } of errors) {
    const text = file.text.slice(offset, offset + length);
    const shown = printable(text.slice(0, SHOWN_CHARACTERS));
    const help = /^;+$/.test(text)
      ? "remove it: the next line begins the next statement"
      : undefined;
    const span = { file, start: offset, end: offset + length };
    report("syntax/unexpected-character", span, { text: shown }, { help });
  }
}

export function reportUnclosedComment(
  file: SourceFile,
  comments: readonly IToken[],
  report: Report,
): void {
  const last = comments.at(-1);
  if (!last?.image.startsWith("/*")) return;
  if (last.image.length >= 4 && last.image.endsWith("*/")) return;
  const start = last.startOffset;
  report("syntax/unterminated-comment", { file, start, end: start + 2 }, {});
}

/** The parser may stumble over the same token several times while it recovers; the first time says it best. */
export function reportMismatches(
  file: SourceFile,
  tokens: readonly IToken[],
  errors: readonly IRecognitionException[],
  report: Report,
): void {
  const brackets = matchBrackets(tokens);
  const reported = new Set<number>();
  let silentUntil = 0;
  for (const error of errors) {
    const index = indexAt(tokens, error.token);
    const isBetweenStatements = BLOCK_RULES.has(error.context.ruleStack.at(-1) ?? "");
    const isLostBracket = isBetweenStatements && brackets.isMatched(index);
    const isEcho = reported.has(index - 1) || (reported.size > 0 && isLostBracket);
    if (reported.has(index) || isEcho || index < silentUntil) continue;
    reported.add(index);
    const isTaken = reportMismatch(file, tokens, index, error.message, report);
    // A word in place of a name leads the parser astray: it takes what follows for the use of that word.
    if (isTaken) silentUntil = nextLine(file, tokens, index);
  }
}

/** The index of the first token on a later line. */
function nextLine(file: SourceFile, tokens: readonly IToken[], index: number): number {
  const lineBreak = file.text.indexOf("\n", tokens[index]?.startOffset ?? 0);
  let next = index + 1;
  while (next < tokens.length && !isAfter(tokens[next], lineBreak)) next++;
  return next;
}

function isAfter(token: IToken | undefined, lineBreak: number): boolean {
  return lineBreak >= 0 && token !== undefined && token.startOffset > lineBreak;
}

/** The index of a token of the text; of the end of the text, the number of tokens. */
function indexAt(tokens: readonly IToken[], token: IToken): number {
  if (!Number.isFinite(token.startOffset)) return tokens.length;
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.startOffset ?? 0) < token.startOffset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rules in which one thing follows another until a bracket closes. */
const BLOCK_RULES: ReadonlySet<string> = new Set([
  "file",
  "networkDeclaration",
  "variantDeclaration",
  "block",
]);

const OPENING: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/**
 * Whether a closing bracket closes one of its kind, or the text ends with none of them open. The parser may lose a
 * bracket while it recovers; what it then says of the others is an echo of the mistake before.
 */
function matchBrackets(tokens: readonly IToken[]): { isMatched(index: number): boolean } {
  const open: Record<string, number> = { "(": 0, "[": 0, "{": 0 };
  const matched = new Set<number>();
  tokens.forEach(({ image }, index) => {
    const opening = OPENING[image];
    if (image in open) open[image] = (open[image] ?? 0) + 1;
    else if (opening !== undefined && (open[opening] ?? 0) > 0) {
      open[opening] = (open[opening] ?? 0) - 1;
      matched.add(index);
    }
  });
  if (Object.values(open).every((count) => count === 0)) matched.add(tokens.length);
  return { isMatched: (index) => matched.has(index) };
}

/** Gives whether the mistake is a word of the language in place of a name. */
function reportMismatch(
  file: SourceFile,
  tokens: readonly IToken[],
  index: number,
  expected: string,
  report: Report,
): boolean {
  const token = tokens[index];
  const before = tokens[index - 1];
  if (expected === "a name" && token && isReserved(token)) {
    report("syntax/reserved-word", spanOf(file, token), { word: token.image, role: "a name" });
    return true;
  }
  if (token?.image === ":" && before && isReserved(before)) {
    report("syntax/reserved-word", spanOf(file, before), { word: before.image, role: "a label" });
    return true;
  }
  const found = token
    ? `\`${printable(token.image.slice(0, SHOWN_TOKEN))}\``
    : "the end of the file";
  // Where a closing bracket is missing, the place to edit is after what came before.
  const isMissing = /^`[)}\]]`$/.test(expected) && before && !isOnSameLine(file, before, token);
  const span = token && !isMissing ? spanOf(file, token) : endOf(file, before);
  report(
    "syntax/unexpected-token",
    span,
    { expected, found },
    { help: adviceFor(expected, token, before, tokens[index + 1]) },
  );
  return false;
}

/** What writers of other languages try, and how it is written here. */
function adviceFor(
  expected: string,
  token: IToken | undefined,
  before: IToken | undefined,
  after: IToken | undefined,
): string | undefined {
  const isNumber = token !== undefined && /^\d/.test(token.image);
  const isAfterStep = /^(?:a statement|`\)`)/.test(expected);
  if (token?.image === "," && isAfterStep) {
    return "operands and attributes follow each other without commas: `conv 3x3 32 valid`";
  }
  if (token?.image === "-" && isAfterStep) return "a negative number stands in parentheses: `(-1)`";
  if (token?.image === "=" && isAfterStep) {
    return "a label is followed by a colon: `stem: conv 3x3 32`; `let` gives a name to a value";
  }
  if (before?.image === "x" && isNumber && after?.image === "x") {
    return "a repeat in a repeat stands in braces: `2 x { 3 x … }`";
  }
  if (before?.image === "x" && isNumber) return "a size is written without spaces: `3x3`";
  return undefined;
}

function isReserved({ image }: IToken): boolean {
  return RESERVED_WORDS.includes(image);
}

function spanOf(file: SourceFile, { startOffset, image }: IToken): Span {
  return { file, start: startOffset, end: startOffset + image.length };
}

/** The last character of a token; the start of the file where there is no token. */
function endOf(file: SourceFile, token: IToken | undefined): Span {
  const end = token ? token.startOffset + token.image.length : 0;
  return { file, start: Math.max(0, end - 1), end };
}

function isOnSameLine(file: SourceFile, before: IToken, token: IToken | undefined): boolean {
  if (!token) return false;
  return !file.text.slice(before.startOffset, token.startOffset).includes("\n");
}

/** Control characters and lone surrogates as `U+0000`, so that a message never carries them to a terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\p{Cf}]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return `U+${code}`;
  });
}
