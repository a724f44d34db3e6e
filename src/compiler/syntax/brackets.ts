/** Matches the brackets of a text and finds the one that was probably left open by mistake. */
import type { IToken } from "chevrotain";

const OPENING: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

export interface Brackets {
  /**
   * Whether a closing bracket closes one of its kind, or the text ends with none of them open. The parser may lose a
   * bracket while it recovers; its errors about the others are then follow-up errors.
   */
  isMatched(index: number): boolean;
  /** Whether the token stands inside brackets. */
  isInside(index: number): boolean;
}

export function matchBrackets(tokens: readonly IToken[]): Brackets {
  const open: Record<string, number> = { "(": 0, "[": 0, "{": 0 };
  const isNoneOpen = (): boolean => Object.values(open).every((count) => count === 0);
  const matched = new Set<number>();
  const inside = new Set<number>();
  tokens.forEach(({ image }, index) => {
    const opening = OPENING[image];
    if (!isNoneOpen()) inside.add(index);
    if (image in open) open[image] = (open[image] ?? 0) + 1;
    else if (opening !== undefined && (open[opening] ?? 0) > 0) {
      open[opening] = (open[opening] ?? 0) - 1;
      matched.add(index);
    }
  });
  if (isNoneOpen()) matched.add(tokens.length);
  return { isMatched: (index) => matched.has(index), isInside: (index) => inside.has(index) };
}

/**
 * The brace before the token at `end` that has no partner. A `}` that stands further left than the line of its `{` was
 * meant for one further out, so that `{` is the one; without such a `}`, it is the last that is open.
 */
export function findUnclosedBrace(tokens: readonly IToken[], end: number): IToken | undefined {
  const open: { readonly token: IToken; readonly indent: number }[] = [];
  let line: number | undefined;
  let indent = 0;
  for (const token of tokens.slice(0, end)) {
    const isFirstOfLine = token.startLine !== line;
    if (isFirstOfLine) indent = token.startColumn ?? 0;
    line = token.startLine;
    if (token.image === "{") open.push({ token, indent });
    if (token.image !== "}") continue;
    const opener = open.pop();
    if (opener && isFirstOfLine && indent < opener.indent) return opener.token;
  }
  return open.at(-1)?.token;
}
