/** Owns the code frame: source lines with underlines and labels beneath; not the message around it. */
import { lineText, positionAt } from "../core/source-file.ts";
import type { Span } from "../core/span.ts";
import { displayLine, displayMessage, sliceColumns, widthOf } from "./display-text.ts";
import type { TextStyle } from "./text-style.ts";

/** One underlined place. */
export interface FrameMark {
  readonly span: Span;
  readonly label?: string;
  /** `^` for the place of the finding, `-` for related places. */
  readonly underline: "^" | "-";
  readonly paint: (text: string) => string;
}

/** The widest source line that is shown whole, in columns. */
const MAX_WIDTH = 110;
/** Columns kept before an underline in a line that is too long. */
const LEAD = 30;

/** The lines of a frame over marks that lie in one file; each line once, in the order of the file. */
export function renderCodeFrame(marks: readonly FrameMark[], style: TextStyle): readonly string[] {
  const byLine = new Map<number, FrameMark[]>();
  for (const mark of marks) {
    const { line } = positionAt(mark.span.file, mark.span.start);
    byLine.set(line, [...(byLine.get(line) ?? []), mark]);
  }
  const lines = [...byLine.keys()].sort((a, b) => a - b);
  const gutterWidth = String(lines.at(-1) ?? 1).length;
  const gutter = (text: string): string => style.faint(`${text.padStart(gutterWidth + 1)} |`);

  const rendered = [gutter("")];
  let previous: number | undefined;
  for (const line of lines) {
    const marksHere = byLine.get(line) ?? [];
    const first = marksHere[0];
    if (first === undefined) continue;
    if (previous !== undefined && line - previous === 2) {
      const between = displayLine(lineText(first.span.file, line - 1)).text;
      rendered.push(`${gutter(String(line - 1))} ${clip(between, 0, style)}`.trimEnd());
    } else if (previous !== undefined && line - previous > 2) {
      rendered.push(style.faint("...".padStart(gutterWidth + 3)));
    }
    rendered.push(...renderLine(first.span, line, marksHere, gutter, style));
    previous = line;
  }
  rendered.push(gutter(""));
  return rendered;
}

function renderLine(
  { file }: Span,
  line: number,
  marks: readonly FrameMark[],
  gutter: (text: string) => string,
  style: TextStyle,
): readonly string[] {
  const source = displayLine(lineText(file, line));
  const columns = marks.map((mark) => columnsOf(mark, line, source.columnAt, source.width));
  const leftmost = Math.min(...columns.map(({ start }) => start));
  const offset = source.width <= MAX_WIDTH ? 0 : Math.max(0, leftmost - LEAD);
  const shift = offset === 0 ? 0 : offset - widthOf(style.ellipsis);
  const rows = marks.map((mark, index) => {
    const { start, end } = columns[index] ?? { start: 0, end: 1 };
    const from = start - shift;
    const length = Math.max(1, Math.min(end - shift, MAX_WIDTH) - from);
    const label = mark.label === undefined ? "" : ` ${displayMessage(mark.label)}`;
    const underline = mark.paint(`${mark.underline.repeat(length)}${label}`);
    return `${gutter("")} ${" ".repeat(Math.max(0, from))}${underline}`;
  });
  return [`${gutter(String(line))} ${clip(source.text, offset, style)}`.trimEnd(), ...rows];
}

/** The display columns of a mark on its first line; a place that goes on is underlined to the end of that line. */
function columnsOf(
  { span }: FrameMark,
  line: number,
  columnAt: readonly number[],
  width: number,
): { readonly start: number; readonly end: number } {
  const first = positionAt(span.file, span.start);
  const last = positionAt(span.file, span.end);
  const start = columnAt[first.column - 1] ?? width;
  const end = last.line > line ? width : (columnAt[last.column - 1] ?? width);
  return { start, end: Math.max(end, start + 1) };
}

function clip(text: string, offset: number, style: TextStyle): string {
  const mark = widthOf(style.ellipsis);
  const rest = widthOf(text) - offset;
  const tail = rest <= MAX_WIDTH ? "" : style.ellipsis;
  const body = sliceColumns(text, offset, tail === "" ? rest : MAX_WIDTH - mark);
  return `${offset === 0 ? "" : style.ellipsis}${body}${tail}`;
}
