/** Reports imports, modules, parameters and values that nothing reads; networks are always considered used. */
import type { Span } from "../core/span.ts";
import type { QuickFix } from "../diagnostics/diagnostic.ts";
import type { Report } from "../diagnostics/outcome.ts";
import { removeItem, removeLine, withParentheses } from "../diagnostics/removal.ts";
import type { BoundFile, BoundProgram } from "./bound-program.ts";
import type { Declaration, Resolution } from "./resolution.ts";

/** Every declaration of a program without errors that nothing reads. */
export function findUnused(program: BoundProgram, report: Report): void {
  const { names } = program;
  for (const file of program.files) reportImports(file, names, report);
  // A file of modules only is meant to be imported.
  const { networks, variants } = program.main.tree;
  const hasNetworks = networks.length + variants.length > 0;
  for (const declaration of names.declarations) {
    if (names.referencesTo(declaration).some(({ role }) => role === "read")) continue;
    const { kind, name } = declaration;
    const isOfMain = name.span.file === program.main.source;
    if (kind !== "module" || (isOfMain && hasNetworks)) {
      reportUnused(declaration, report);
    }
  }
}

function reportUnused({ kind, name, span, owner = "" }: Declaration, report: Report): void {
  switch (kind) {
    case "value":
      report(
        "lint/unused-value",
        name.span,
        { name: name.text },
        { fixes: [removeLine(span, "suggested")] },
      );
      break;
    case "index":
      report(
        "lint/unused-index",
        name.span,
        { name: name.text },
        { fixes: withoutIndex(name.span) },
      );
      break;
    case "parameter":
      report("lint/unused-parameter", name.span, { name: name.text, owner });
      break;
    case "module":
      report("lint/unused-module", name.span, { name: name.text });
      break;
    // A size says how the input relates to the output, or only that it may be any.
    case "size":
    case "input-size":
    case "network":
      break;
  }
}

/** The index is written in parentheses; nothing where a comment stands between them. */
function withoutIndex(span: Span): readonly QuickFix[] {
  const whole = withParentheses(span);
  return whole ? [removeItem(whole, "suggested", "remove the index")] : [];
}

function reportImports({ tree, source }: BoundFile, names: Resolution, report: Report): void {
  for (const declaration of tree.imports) {
    for (const name of declaration.names) {
      const imported = names.declarationAt({ file: source, start: name.span.start });
      const isRead =
        imported &&
        names
          .referencesTo(imported)
          .some(({ role, span }) => role === "read" && span.file === source);
      if (isRead) continue;
      const title = `remove \`${name.text}\` from the import`;
      const isOnly = declaration.names.length === 1;
      const fixes = [
        isOnly ? removeLine(declaration.span, "safe", title) : removeItem(name.span, "safe", title),
      ];
      report("lint/unused-import", name.span, { name: name.text }, { fixes });
    }
  }
}
