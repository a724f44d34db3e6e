/** Renders diagnostics for the terminal: message, code frame with related places, help and repairs. */
import { positionAt } from "../core/source-file.ts";
import type { Span } from "../core/span.ts";
import { plural } from "./catalogue/entry.ts";
import { type FrameMark, renderCodeFrame } from "./code-frame.ts";
import type { Diagnostic, Severity } from "./diagnostic.ts";
import { displayMessage } from "./display-text.ts";
import { plainStyle, type TextStyle } from "./text-style.ts";

/** Related places shown with a finding; the JSON form holds them all. */
const MAX_RELATED = 12;

/** All diagnostics in the order given, each followed by an empty line; ends with a line break unless there are none. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  style: TextStyle = plainStyle,
): string {
  return diagnostics.map((diagnostic) => `${renderDiagnostic(diagnostic, style)}\n\n`).join("");
}

/** `2 errors, 1 warning`, or the empty text when there is nothing to count. */
export function summarizeDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Severity): number =>
    diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  return [
    { number: count("error"), word: "error" },
    { number: count("warning"), word: "warning" },
    { number: count("info"), word: "note" },
  ]
    .filter(({ number }) => number > 0)
    .map(({ number, word }) => plural(number, word))
    .join(", ");
}

/** One diagnostic: `file:line:column severity code message`, the frame, help and repairs. No line break at the end. */
function renderDiagnostic(diagnostic: Diagnostic, style: TextStyle = plainStyle): string {
  const paint = severityPaint(diagnostic.severity, style);
  const place = style.strong(placeOf(diagnostic.span));
  const heading = `${place} ${paint(diagnostic.severity)} ${style.faint(diagnostic.code)} ${displayMessage(diagnostic.message)}`;
  const related = diagnostic.related.slice(0, MAX_RELATED);
  const hidden = diagnostic.related.length - related.length;
  const marks: readonly FrameMark[] = [
    { span: diagnostic.span, underline: "^", paint },
    ...related.map(
      ({ span, message }): FrameMark => ({
        span,
        label: message,
        underline: "-",
        paint: style.information,
      }),
    ),
  ];
  return [
    heading,
    ...renderFrames(marks, style),
    ...(hidden > 0 ? [`  ${style.ellipsis} and ${plural(hidden, "more place")}`] : []),
    ...renderAdvice(diagnostic, style),
  ].join("\n");
}

/** `file:line:column`, as editors and terminals link it. */
function placeOf({ file, start }: Span): string {
  const { line, column } = positionAt(file, start);
  return displayMessage(`${file.path}:${line}:${column}`);
}

/** The frame of the finding's file first, then one for every other file that a related place lies in. */
function renderFrames(marks: readonly FrameMark[], style: TextStyle): readonly string[] {
  const byFile = new Map<string, FrameMark[]>();
  for (const mark of marks) {
    const { path } = mark.span.file;
    byFile.set(path, [...(byFile.get(path) ?? []), mark]);
  }
  return [...byFile.values()].flatMap((inFile, index) => {
    const first = inFile[0];
    if (first === undefined) return [];
    const frame = renderCodeFrame(inFile, style);
    return index === 0 ? frame : [`  ${style.strong(placeOf(first.span))}`, ...frame];
  });
}

function renderAdvice(diagnostic: Diagnostic, style: TextStyle): readonly string[] {
  const advice: string[] = [];
  const { help, fixes } = diagnostic;
  if (help !== undefined) advice.push(`  ${style.help("help:")} ${displayMessage(help)}`);
  for (const { title, applicability } of fixes) {
    const word = applicability === "safe" ? "fix:" : "suggested fix:";
    advice.push(`  ${style.help(word)} ${displayMessage(title)}`);
  }
  return advice;
}

function severityPaint(severity: Severity, style: TextStyle): (text: string) => string {
  switch (severity) {
    case "error":
      return style.error;
    case "warning":
      return style.warning;
    case "info":
      return style.information;
  }
}
