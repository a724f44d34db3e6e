/** Owns `// incept-ignore CODE: REASON`: which comments ask for a finding to be left out, and on which line. */
import type { IToken } from "chevrotain";
import { lineText, positionAt, type SourceFile } from "../core/source-file.ts";
import type { IgnoreComment } from "./ast.ts";

const IGNORE = /^\/\/\s*incept-ignore\b[ \t]*([^\s:]*)\s*(?::(.*))?/;

export function findIgnores(
  file: SourceFile,
  comments: readonly IToken[],
): readonly IgnoreComment[] {
  return comments.flatMap(({ image, startOffset }): readonly IgnoreComment[] => {
    const match = IGNORE.exec(image);
    if (!match) return [];
    const [, code = "", reason = ""] = match;
    const span = { file, start: startOffset, end: startOffset + image.trimEnd().length };
    return [{ code, reason: reason.trim(), line: lineMeant(file, startOffset), span }];
  });
}

/** The comment's own line if something is written before it, else the next line that is not empty and no comment. */
function lineMeant(file: SourceFile, offset: number): number {
  const { line, column } = positionAt(file, offset);
  if (
    lineText(file, line)
      .slice(0, column - 1)
      .trim() !== ""
  )
    return line;
  let next = line + 1;
  while (next <= file.lineStarts.length && /^\s*(?:\/\/|$)/.test(lineText(file, next))) next++;
  return next;
}
