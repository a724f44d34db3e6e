/** Converts concrete tree nodes and tokens to spans, and signals parts that error recovery left out. */
import type { CstNode, IToken } from "chevrotain";
import { hasPosition } from "../../../grammar/tokens.ts";
import type { SourceFile } from "../core/source-file.ts";
import type { Span } from "../core/span.ts";
import type { Identifier } from "./ast.ts";

/** Signals inside this room that recovery left out a part; caught at the statement or declaration around it. */
export class IncompleteSyntax extends Error {}

/** A part that the grammar demands; recovery may have left it out. */
export function required<T>(part: readonly T[] | undefined): T {
  const first = part?.[0];
  if (first === undefined) throw new IncompleteSyntax();
  return first;
}

export function tokenSpan(file: SourceFile, token: IToken): Span {
  if (!hasPosition(token)) throw new IncompleteSyntax();
  return { file, start: token.startOffset, end: token.startOffset + token.image.length };
}

export function nodeSpan(file: SourceFile, node: CstNode): Span {
  const { startOffset, endOffset } = node.location ?? {};
  if (startOffset === undefined || !Number.isFinite(startOffset)) throw new IncompleteSyntax();
  const end = endOffset !== undefined && Number.isFinite(endOffset) ? endOffset + 1 : startOffset;
  return { file, start: startOffset, end };
}

export function toIdentifier(file: SourceFile, token: IToken): Identifier {
  return { text: token.image, span: tokenSpan(file, token) };
}
