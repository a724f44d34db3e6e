/** Turns lexer and parser errors into diagnostics, one for each mistake of the author. */
import type { ILexingError, IRecognitionException, IToken } from "chevrotain";
import { HashComment, RESERVED_WORDS } from "../../../grammar/tokens.ts";
import { positionAt, type SourceFile } from "../core/source-file.ts";
import type { Span } from "../core/span.ts";
import type { DiagnosticExtras, QuickFix } from "../diagnostics/diagnostic.ts";
import type { Report } from "../diagnostics/outcome.ts";
import { writeInstead } from "../diagnostics/replacement.ts";
import { findUnclosedBrace, matchBrackets } from "./brackets.ts";
import { helpFor, replacementFor } from "./foreign-characters.ts";
import { adviceFor } from "./habits/habits.ts";
import { Mistake } from "./habits/mistake.ts";

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
    const span = { file, start: offset, end: offset + length };
    const replacement = replacementFor(text)?.text;
    const isBetween = replacement === "" && isFollowed(file.text, offset + length);
    reportCharacter(span, text, helpFor(text), isBetween ? "\n" : replacement, report);
  }
}

/** Whether a word follows on the line: what ended a statement there has to be a line break. */
function isFollowed(text: string, end: number): boolean {
  return /^[ \t]*\w/.test(text.slice(end, end + REACH));
}

/** How far behind a character to look for the next word. */
const REACH = 200;

/** `# …`: a comment in Python. */
export function reportHashComments(
  file: SourceFile,
  comments: readonly IToken[],
  report: Report,
): void {
  for (const { tokenType, startOffset: start } of comments) {
    if (tokenType !== HashComment) continue;
    reportCharacter(
      { file, start, end: start + 1 },
      "#",
      "a comment begins with `//`",
      "//",
      report,
    );
  }
}

/** For what cannot be shown in a sentence. */
const TITLES: Readonly<Record<string, string>> = { "": "remove it", "\n": "begin a new line" };

function reportCharacter(
  span: Span,
  text: string,
  help: string | undefined,
  replacement: string | undefined,
  report: Report,
): void {
  const title = TITLES[replacement ?? ""] ?? `write \`${replacement}\``;
  const fixes: readonly QuickFix[] =
    replacement === undefined
      ? []
      : [{ title, applicability: "safe", edits: [{ span, text: replacement }] }];
  const shown = printable(text.slice(0, SHOWN_CHARACTERS));
  report("syntax/unexpected-character", span, { text: shown }, { help, fixes });
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

/**
 * The parser may stumble several times over one mistake while it recovers; the first time says it best. `linesInError` are
 * lines that the lexer did not understand.
 */
export function reportMismatches(
  file: SourceFile,
  tokens: readonly IToken[],
  errors: readonly IRecognitionException[],
  linesInError: Iterable<number>,
  report: Report,
): void {
  const brackets = matchBrackets(tokens);
  const reported = new Set<number>();
  const lines = new Set(linesInError);
  for (const error of errors) {
    const index = indexAt(tokens, error.token);
    const rule = error.context.ruleStack.at(-1) ?? "file";
    const isLostBracket = BLOCK_RULES.has(rule) && brackets.isMatched(index);
    const isLostBlock = rule === "file" && brackets.isInside(index);
    const line = tokens[index]?.startLine;
    const isOnWrongLine = line !== undefined && lines.has(line);
    const isLostEnd = error.message === "`}`" && brackets.isMatched(tokens.length);
    const isLost = isLostBracket || isLostBlock || isLostEnd;
    const isEcho = reported.size > 0 && (isLost || reported.has(index - 1));
    if (reported.has(index) || isOnWrongLine || isEcho) continue;
    reported.add(index);
    // Inside a construct, an error at the first word or label of a line is caused by the line before.
    const isAtLabel = tokens[index]?.image === ":";
    const isOfLineBefore = isAtLabel
      ? tokens[index - 2]?.startLine !== line
      : !BLOCK_RULES.has(rule) && tokens[index - 1]?.startLine !== line;
    if (line !== undefined && !isOfLineBefore) lines.add(line);
    reportMismatch(file, tokens, index, error.message, report);
  }
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

function reportMismatch(
  file: SourceFile,
  tokens: readonly IToken[],
  index: number,
  expected: string,
  report: Report,
): void {
  const token = tokens[index];
  const before = tokens[index - 1];
  const mistake = new Mistake(file, tokens, index, expected);
  if (expected === "a name" && token && isReserved(token)) {
    report("syntax/reserved-word", spanOf(file, token), { word: token.image, role: "a name" });
    return;
  }
  if (token?.image === ":" && before && isReserved(before)) {
    report(
      "syntax/reserved-word",
      spanOf(file, before),
      { word: before.image, role: "a label" },
      adviceFor(mistake),
    );
    return;
  }
  const found = token
    ? `\`${printable(token.image.slice(0, SHOWN_TOKEN))}\``
    : "the end of the file";
  // Where a closing bracket is missing, the place to edit is after what came before.
  const isMissing = /^`[)}\]]`$/.test(expected) && before && !isOnSameLine(file, before, token);
  const span = token && !isMissing ? spanOf(file, token) : endOf(file, before);
  const extras = isMissing ? adviceOnMissing(file, tokens, index, expected) : adviceFor(mistake);
  report("syntax/unexpected-token", span, { expected, found }, extras);
}

/** A closing bracket that is not there: which one it would close. */
function adviceOnMissing(
  file: SourceFile,
  tokens: readonly IToken[],
  index: number,
  expected: string,
): DiagnosticExtras {
  const before = tokens[index - 1];
  if (expected !== "`}`") {
    const bracket = expected.slice(1, -1);
    const end = endOf(file, before).end;
    // It may belong before what is behind it on the line: in `(c - 1 /2`, the slash began a stride.
    const fix = writeInstead({ file, start: end, end }, bracket, "suggested");
    return { help: `close it with ${expected}`, fixes: [fix] };
  }
  const open = findUnclosedBrace(tokens, index);
  if (!open) return {};
  const { line } = positionAt(file, open.startOffset);
  return {
    related: [{ span: spanOf(file, open), message: "this brace is never closed" }],
    help: `write a \`}\` where the block that begins in line ${line} ends`,
  };
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
