/** A place where the parser stopped, with access to the tokens around it and ways to edit them. */
import type { IToken } from "chevrotain";
import type { SourceFile } from "../../core/source-file.ts";
import type { Applicability, QuickFix } from "../../diagnostics/diagnostic.ts";
import { writeInstead } from "../../diagnostics/replacement.ts";

/** Where the parser stopped. The token that was found is at 0, the one before it at -1. */
export class Mistake {
  /** What was expected, in the author's words. */
  readonly expected: string;
  private readonly file: SourceFile;
  private readonly tokens: readonly IToken[];
  private readonly index: number;

  constructor(file: SourceFile, tokens: readonly IToken[], index: number, expected: string) {
    this.expected = expected;
    this.file = file;
    this.tokens = tokens;
    this.index = index;
  }

  /** Where a step and all that belongs to it may have ended. */
  get isAfterStep(): boolean {
    return /^(?:a statement|`\|` before the next|an edit|`\)`)/.test(this.expected);
  }

  text(offset: number): string {
    return this.token(offset)?.image ?? "";
  }

  is(offset: number, pattern: RegExp): boolean {
    return pattern.test(this.text(offset));
  }

  /** Whether a token is on the line of the one that was found. */
  isOnLine(offset: number): boolean {
    return this.token(offset)?.startLine === this.token(0)?.startLine;
  }

  /** Whether the next token follows a token without white space. */
  isTouching(offset: number): boolean {
    const token = this.token(offset);
    return token !== undefined && endOf(token) === this.token(offset + 1)?.startOffset;
  }

  startsLine(offset: number): boolean {
    return this.token(offset)?.startLine !== this.token(offset - 1)?.startLine;
  }

  /** The offset of the first token on the line. */
  get lineStart(): number {
    let start = 0;
    while (this.isOnLine(start - 1)) start--;
    return start;
  }

  /** Puts `text` in place of the tokens from `first` to `last` and what is between them. */
  replace(
    applicability: Applicability,
    first: number,
    last: number,
    text: string,
  ): readonly QuickFix[] {
    const from = this.token(first);
    const to = this.token(last);
    if (!from || !to) return [];
    const span = { file: this.file, start: from.startOffset, end: endOf(to) };
    return [writeInstead(span, text, applicability)];
  }

  insertAfter(applicability: Applicability, offset: number, text: string): readonly QuickFix[] {
    const token = this.token(offset);
    if (!token) return [];
    const span = { file: this.file, start: endOf(token), end: endOf(token) };
    return [writeInstead(span, text, applicability)];
  }

  /** Puts a line break in place of the token that was found, and the indentation of its line. */
  breakLine(applicability: Applicability): readonly QuickFix[] {
    const [before, after] = [this.token(-1), this.token(1)];
    if (!before || !after) return [];
    const span = { file: this.file, start: endOf(before), end: after.startOffset };
    const [indent = ""] = /[ \t]*$/.exec(this.file.text.slice(0, this.indentEnd)) ?? [];
    const text = `\n${indent}`;
    return [{ title: "begin a new line instead of `->`", applicability, edits: [{ span, text }] }];
  }

  /** Where the first token of the line begins. */
  private get indentEnd(): number {
    return this.token(this.lineStart)?.startOffset ?? 0;
  }

  insertBefore(offset: number, text: string): readonly QuickFix[] {
    const token = this.token(offset);
    if (!token) return [];
    const span = { file: this.file, start: token.startOffset, end: token.startOffset };
    return [
      { title: `insert \`${text}\``, applicability: "safe", edits: [{ span, text: `${text} ` }] },
    ];
  }

  /** Takes the tokens from `first` to `last` away, and the space before them. */
  remove(applicability: Applicability, first: number, last: number): readonly QuickFix[] {
    const before = this.token(first - 1);
    const to = this.token(last);
    if (!before || !to) return [];
    const span = { file: this.file, start: endOf(before), end: endOf(to) };
    return [{ title: "remove it", applicability, edits: [{ span, text: "" }] }];
  }

  /** The text from one token to another, as it is written. */
  written(first: number, last: number): string {
    const from = this.token(first);
    const to = this.token(last);
    if (!from || !to) return "";
    return this.file.text.slice(from.startOffset, endOf(to));
  }

  private token(offset: number): IToken | undefined {
    return this.tokens[this.index + offset];
  }
}

function endOf({ startOffset, image }: IToken): number {
  return startOffset + image.length;
}
