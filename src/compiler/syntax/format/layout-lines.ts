/** Splits tokens into lines and decides indentation and the spaces between tokens. */
import type { IToken } from "chevrotain";
import type { TokenRole, TokenRoles } from "./token-roles.ts";

const INDENT = 2;

/** A token or comment with what formatting needs to know of it. */
interface Item {
  readonly text: string;
  readonly kind: string;
  readonly role: TokenRole | undefined;
  readonly isBeginning: boolean;
  /** Line breaks in the source between this and what stands before it. */
  readonly breaksBefore: number;
}

/** One line of output, with the places in it that are lined up with those of its neighbours. */
export interface Line {
  readonly indent: number;
  readonly text: string;
  readonly blankBefore: boolean;
  /** Where in `text` the content after a label begins, the relation of a budget, an assertion, a comment after code. */
  readonly content?: number;
  readonly relation?: number;
  readonly assertion?: number;
  readonly comment?: number;
  /** Nothing that begins here goes on in the next line. */
  readonly isWhole: boolean;
}

/** Line breaks stay as the author made them; everything within a line is formatted. */
export function layOutLines(
  source: string,
  tokens: readonly IToken[],
  comments: readonly IToken[],
  tokenRoles: TokenRoles,
): readonly Line[] {
  const rows = groupRows(toItems(source, tokens, comments, tokenRoles));
  const brackets: Bracket[] = [];
  return rows.map((row, index) => {
    const [first] = row;
    const previous = rows[index - 1];
    const next = rows[index + 1];
    const depthBefore = brackets.length;
    const indent = indentOf(row, brackets);
    trackBrackets(row, indent + (first?.role === "bar" ? INDENT : 0), brackets);
    const isContinued = next !== undefined && !startsLine(next[0]) && brackets.length > 0;
    return {
      ...layOutRow(row),
      indent,
      blankBefore: wantsBlank(row, previous, depthBefore),
      isWhole: brackets.length === depthBefore && !isContinued,
    };
  });
}

function toItems(
  source: string,
  tokens: readonly IToken[],
  comments: readonly IToken[],
  { roles, beginnings }: TokenRoles,
): readonly Item[] {
  const all = [...tokens, ...comments].sort((a, b) => a.startOffset - b.startOffset);
  let end = 0;
  return all.map((token) => {
    const between = source.slice(end, token.startOffset);
    end = token.startOffset + token.image.length;
    return {
      text: token.image.trimEnd(),
      kind: token.tokenType.name,
      role: roles.get(token.startOffset),
      isBeginning: beginnings.has(token.startOffset),
      breaksBefore: between.match(/\r\n|\n|\r/g)?.length ?? 0,
    };
  });
}

function groupRows(items: readonly Item[]): readonly (readonly Item[])[] {
  const rows: Item[][] = [];
  for (const item of items) {
    if (item.breaksBefore > 0 || rows.length === 0) rows.push([item]);
    else rows.at(-1)?.push(item);
  }
  return rows;
}

/** An open bracket: how deep the lines inside it stand, and the line that closes it. */
interface Bracket {
  readonly kind: "block" | "join" | "list";
  readonly inner: number;
  readonly close: number;
}

function indentOf(row: readonly Item[], brackets: readonly Bracket[]): number {
  const [first] = row;
  const closing = row.findIndex((item) => !isCloser(item));
  const closers = closing < 0 ? row.length : closing;
  if (closers > 0) return brackets[brackets.length - closers]?.close ?? 0;
  const around = brackets.at(-1);
  const inner = around?.inner ?? 0;
  if (around?.kind === "list" || !first || first.role === "bar" || isComment(first)) return inner;
  const content = around?.kind === "join" ? inner + INDENT : inner;
  return first.isBeginning ? content : content + INDENT;
}

function startsLine(first: Item | undefined): boolean {
  return !first || first.isBeginning || first.role === "bar" || isComment(first) || isCloser(first);
}

function trackBrackets(row: readonly Item[], base: number, brackets: Bracket[]): void {
  for (const item of row) {
    if (isCloser(item)) brackets.pop();
    if (!isOpener(item)) continue;
    brackets.push({ kind: kindOf(item), inner: base + INDENT, close: base });
  }
}

function kindOf({ kind, role }: Item): Bracket["kind"] {
  if (role === "join-brace") return "join";
  return kind === "OpenBrace" && role !== "list-brace" ? "block" : "list";
}

/** At most one empty line, none inside the edges of a bracket, and one after every declaration with a block. */
function wantsBlank(
  row: readonly Item[],
  previous: readonly Item[] | undefined,
  depth: number,
): boolean {
  const [first] = row;
  const last = previous?.filter((item) => !isComment(item)).at(-1);
  if (!previous || !first) return false;
  if (depth === 0 && last?.kind === "CloseBrace") return true;
  const isAtEdge = (last && isOpener(last)) || isCloser(first);
  return first.breaksBefore > 1 && !isAtEdge;
}

function layOutRow(row: readonly Item[]): Omit<Line, "indent" | "blankBefore" | "isWhole"> {
  let text = "";
  let places: Pick<Line, "content" | "relation" | "assertion" | "comment"> = {};
  row.forEach((item, index) => {
    const before = row[index - 1];
    if (before) text += spaceBetween(before, item);
    const isLabelled = before?.role === "label-colon" && isLabelAtStart(row, index);
    if (isLabelled) places = { ...places, content: text.length };
    if (item.role === "relation") places = { ...places, relation: text.length };
    // After the end of a block the assertion follows at once: there is no column to stand in.
    const isColumn = item.role === "assertion" && row[0] !== undefined && !isCloser(row[0]);
    if (isColumn) places = { ...places, assertion: text.length };
    if (before && item.kind.endsWith("Comment") && index === row.length - 1) {
      places = { ...places, comment: text.length };
    }
    text += item.text;
  });
  return { text, ...places };
}

/** Whether the label before `index` is the first thing on its line, a bar apart. */
function isLabelAtStart(row: readonly Item[], index: number): boolean {
  return index === (row[0]?.role === "bar" ? 3 : 2);
}

function spaceBetween(before: Item, item: Item): string {
  if (isComment(item) && item.kind !== "BlockComment") return "  ";
  return isTight(before, item) ? "" : " ";
}

function isTight(before: Item, item: Item): boolean {
  // A stride and the comment behind it would become another comment: `//* … */`.
  if (isComment(item)) return false;
  if (before.kind === "OpenParen" || before.kind === "OpenBracket") return true;
  if (["CloseParen", "CloseBracket", "Comma", "Dot"].includes(item.kind)) return true;
  if (before.kind === "Dot" || before.role === "stride" || before.role === "negation") return true;
  if (before.role === "attribute-equals" || item.role === "attribute-equals") return true;
  if (item.role === "call-parenthesis" || item.role === "unit") return true;
  if (item.role === "label-colon" || item.role === "type-colon") return true;
  return before.kind === "OpenBrace" && item.kind === "CloseBrace";
}

function isOpener({ kind }: Item): boolean {
  return kind === "OpenBrace" || kind === "OpenParen" || kind === "OpenBracket";
}

function isCloser({ kind }: Item): boolean {
  return kind === "CloseBrace" || kind === "CloseParen" || kind === "CloseBracket";
}

function isComment({ kind }: Item): boolean {
  return kind.endsWith("Comment");
}
