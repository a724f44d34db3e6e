/** Finds `// incept-ignore CODE: REASON` comments and the lines that they apply to. */
import type { IToken } from "chevrotain";
import { lineText, positionAt, type SourceFile } from "../core/source-file.ts";
import type { IgnoreComment } from "./ast.ts";

const IGNORE = /^\/\/\s*incept-ignore\b[ \t]*([^\s:]*)\s*(?::(.*))?/;

export function findIgnores(
  file: SourceFile,
  comments: readonly IToken[],
): readonly IgnoreComment[] {
  const lines = new Map<number, number>();
  // From the last to the first: of comments one under another, each looks no further than the next.
  const found = comments
    .toReversed()
    .flatMap(({ image, startOffset }): readonly IgnoreComment[] => {
      const match = IGNORE.exec(image);
      if (!match) return [];
      const [, code = "", reason = ""] = match;
      const span = { file, start: startOffset, end: startOffset + image.trimEnd().length };
      return [{ code, reason: reason.trim(), line: lineMeant(file, startOffset, lines), span }];
    });
  return found.reverse();
}

/**
 * The comment's own line if something is written before it, else the next line that is not empty and no comment. `known`
 * has the lines meant by comments further down, by their own line.
 */
function lineMeant(file: SourceFile, offset: number, known: Map<number, number>): number {
  const { line, column } = positionAt(file, offset);
  if (
    lineText(file, line)
      .slice(0, column - 1)
      .trim() !== ""
  )
    return line;
  let next = line + 1;
  while (next <= file.lineStarts.length && /^\s*(?:\/\/|$)/.test(lineText(file, next))) {
    next = known.get(next) ?? next + 1;
  }
  known.set(line, next);
  return next;
}
