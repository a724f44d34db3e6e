/** Renders the source lines around a message, with underlines and labels beneath. */
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
/** UTF-16 units on either side of a finding that are laid out at all: a line may be as long as a file. */
const REACH = 1000;

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
      const between = displayLine(lineText(first.span.file, line - 1).slice(0, REACH)).text;
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
  const units = marks.map((mark) => ({ mark, ...unitsOf(mark, line) }));
  const reachStart = Math.max(0, firstSeen(units) - REACH);
  const source = displayLine(lineText(file, line).slice(reachStart, reachStart + 2 * REACH));
  const columnOf = (unit: number): number =>
    unit < reachStart ? 0 : (source.columnAt[unit - reachStart] ?? source.width);
  const placed = units.map(({ mark, start, end }): PlacedMark => {
    const from = columnOf(start);
    return { mark, start: from, end: Math.max(columnOf(end), from + 1) };
  });
  const offset = source.width <= MAX_WIDTH ? 0 : Math.max(0, firstSeen(placed) - LEAD);
  const shift = offset === 0 ? 0 : offset - widthOf(style.ellipsis);
  // Marks outside the visible part are shown at its edge.
  const inView = (column: number): number => Math.max(0, Math.min(column - shift, MAX_WIDTH));
  const shown = placed.map(({ mark, start, end }): PlacedMark => {
    const from = Math.min(inView(start), MAX_WIDTH - 1);
    return { mark, start: from, end: Math.max(inView(end), from + 1) };
  });
  const rows = layersOf(shown).flatMap((layer) => renderLayer(layer));
  return [
    `${gutter(String(line))} ${clip(source.text, offset, style)}`.trimEnd(),
    ...rows.map((row) => `${gutter("")} ${row}`),
  ];
}

/** A mark with where it is in its line, in display columns or UTF-16 units; `end` is exclusive. */
interface PlacedMark {
  readonly mark: FrameMark;
  readonly start: number;
  readonly end: number;
}

/** Where the mark begins that must be in view: the finding's own, if it is on this line. */
function firstSeen(marks: readonly PlacedMark[]): number {
  const own = marks.filter(({ mark }) => mark.underline === "^");
  return Math.min(...(own.length > 0 ? own : marks).map(({ start }) => start));
}

/** Marks that do not overlap share a row; the finding's own comes first. */
function layersOf(marks: readonly PlacedMark[]): readonly (readonly PlacedMark[])[] {
  const own = marks.filter(({ mark }) => mark.underline === "^");
  const others = marks.filter((one) => !own.includes(one)).sort((a, b) => a.start - b.start);
  const layers: PlacedMark[][] = [];
  for (const one of [...own, ...others]) {
    const free = layers.find((layer) =>
      layer.every((other) => one.end < other.start || other.end < one.start),
    );
    if (free) free.push(one);
    else layers.push([one]);
  }
  return layers.map((layer) => layer.sort((a, b) => a.start - b.start));
}

/** The underlines in one row with the labels that fit between them; each other label has a row of its own below. */
function renderLayer(marks: readonly PlacedMark[]): readonly string[] {
  const labels = marks.map(({ mark }) => (mark.label ? displayMessage(mark.label) : ""));
  const fits = marks.map(({ end }, index) => {
    const next = marks[index + 1]?.start ?? Number.POSITIVE_INFINITY;
    return end + 1 + widthOf(labels[index] ?? "") < next;
  });
  const underlines = marks.map(({ mark, start, end }, index) => {
    const label = fits[index] && labels[index] ? ` ${labels[index]}` : "";
    return { at: start, text: `${mark.underline.repeat(end - start)}${label}`, mark };
  });
  const waiting = marks.flatMap(({ mark, start }, index) =>
    fits[index] || !labels[index] ? [] : [{ at: start, text: labels[index] ?? "", mark }],
  );
  const below = waiting
    .map((own, index) => [...waiting.slice(0, index).map((one) => ({ ...one, text: "|" })), own])
    .reverse();
  return [underlines, ...below].map(renderPieces);
}

function renderPieces(
  pieces: readonly { readonly at: number; readonly text: string; readonly mark: FrameMark }[],
): string {
  let row = "";
  let width = 0;
  for (const { at, text, mark } of pieces) {
    row += " ".repeat(Math.max(0, at - width)) + mark.paint(text);
    width = Math.max(at, width) + widthOf(text);
  }
  return row;
}

/** The UTF-16 units of a mark on its first line; a place that goes on is underlined to the end of that line. */
function unitsOf(
  { span }: FrameMark,
  line: number,
): { readonly start: number; readonly end: number } {
  const first = positionAt(span.file, span.start);
  const last = positionAt(span.file, span.end);
  const end = last.line > line ? Number.POSITIVE_INFINITY : last.column - 1;
  return { start: first.column - 1, end };
}

function clip(text: string, offset: number, style: TextStyle): string {
  const mark = widthOf(style.ellipsis);
  const rest = widthOf(text) - offset;
  const tail = rest <= MAX_WIDTH ? "" : style.ellipsis;
  const body = sliceColumns(text, offset, tail === "" ? rest : MAX_WIDTH - mark);
  return `${offset === 0 ? "" : style.ellipsis}${body}${tail}`;
}
