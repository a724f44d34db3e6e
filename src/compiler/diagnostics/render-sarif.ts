/** Converts diagnostics to SARIF 2.1.0 (OASIS standard), which code-scanning services read. */
import { positionAt } from "../core/source-file.ts";
import type { Span } from "../core/span.ts";
import type { Diagnostic, QuickFix, Severity } from "./diagnostic.ts";

const LEVELS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "note",
};

/** The diagnostics as one run of one tool, ready for `JSON.stringify`. */
export function diagnosticsToSarif(
  diagnostics: readonly Diagnostic[],
  toolVersion: string,
): object {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "inceptc", version: toolVersion, rules: codes.map((id) => ({ id })) },
        },
        columnKind: "utf16CodeUnits",
        results: diagnostics.map((diagnostic) => toResult(diagnostic, codes)),
      },
    ],
  };
}

function toResult(diagnostic: Diagnostic, codes: readonly string[]): object {
  const { code, severity, message, span, related, help, fixes } = diagnostic;
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: LEVELS[severity],
    message: { text: help === undefined ? message : `${message}\n${help}` },
    locations: [toLocation(span)],
    relatedLocations: related.map((place, id) => ({
      id,
      ...toLocation(place.span),
      message: { text: place.message },
    })),
    ...(fixes.length > 0 ? { fixes: fixes.map(toFix) } : {}),
  };
}

function toFix({ title, applicability, edits }: QuickFix): object {
  const paths = [...new Set(edits.map(({ span }) => span.file.path))];
  return {
    description: { text: title },
    properties: { applicability },
    artifactChanges: paths.map((path) => ({
      artifactLocation: { uri: toUri(path) },
      replacements: edits
        .filter(({ span }) => span.file.path === path)
        .map(({ span, text }) => ({
          deletedRegion: toRegion(span),
          insertedContent: { text },
        })),
    })),
  };
}

function toLocation(span: Span): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: toUri(span.file.path) },
      region: toRegion(span),
    },
  };
}

function toRegion({ file, start, end }: Span): object {
  const first = positionAt(file, start);
  const last = positionAt(file, end);
  return {
    startLine: first.line,
    startColumn: first.column,
    endLine: last.line,
    endColumn: last.column,
  };
}

/** A relative reference, or a file URL for an absolute path. */
function toUri(path: string): string {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  return path.startsWith("/") ? `file://${encoded}` : encoded;
}
