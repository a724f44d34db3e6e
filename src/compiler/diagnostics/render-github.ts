/** Prints diagnostics as GitHub workflow commands, which become annotations on a pull request. */
import { positionAt } from "../core/source-file.ts";
import type { Diagnostic, Severity } from "./diagnostic.ts";

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "notice",
};

/**
 * One command a line. Values are escaped as GitHub's documentation of workflow commands asks: `%`, CR and LF
 * everywhere, `:` and `,` in properties as well.
 */
export function renderGithub(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((diagnostic) => `${renderCommand(diagnostic)}\n`).join("");
}

function renderCommand({ severity, code, message, span, help }: Diagnostic): string {
  const start = positionAt(span.file, span.start);
  const end = positionAt(span.file, span.end);
  const properties = [
    ["file", span.file.path],
    ["line", start.line],
    ["endLine", end.line],
    // GitHub shows columns only where a place begins and ends on one line.
    ...(start.line === end.line
      ? [
          ["col", start.column],
          ["endColumn", end.column],
        ]
      : []),
    ["title", code],
  ].map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  const text = help === undefined ? message : `${message}\nhelp: ${help}`;
  return `::${COMMANDS[severity]} ${properties.join(",")}::${escapeText(text)}`;
}

function escapeText(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeText(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
