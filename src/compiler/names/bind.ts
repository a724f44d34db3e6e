/** Owns the meaning of top-level names: scopes of files, imports, duplicates, letter case, modules inside themselves. */
import { suggest } from "../core/suggest.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { createDiagnosticCollector, type Outcome, type Report } from "../diagnostics/outcome.ts";
import type { Identifier, LetDeclaration } from "../syntax/ast.ts";
import type { BoundFile, BoundModule, BoundNetwork, BoundProgram } from "./bound-program.ts";
import { checkLetterCase } from "./letter-case.ts";
import type { LoadedFile } from "./load-files.ts";
import { findRecursiveModules } from "./recursive-modules.ts";

interface OpenFile extends BoundFile {
  readonly modules: Map<string, BoundModule>;
  readonly networks: Map<string, BoundNetwork>;
  readonly lets: Map<string, LetDeclaration>;
}

/** Binds the names of all files; the first file is the main one. */
export function bind(files: readonly LoadedFile[]): Outcome<BoundProgram> {
  const { report, diagnostics } = createDiagnosticCollector();
  const bound = new Map<string, OpenFile>();
  for (const file of files) bound.set(file.source.path, declareNames(file, report));
  // Imports see what files declare, not what those import: so cycles of imports need no care.
  const declared = new Map(
    [...bound].map(([path, file]) => [
      path,
      { modules: new Map(file.modules), networks: new Map(file.networks) },
    ]),
  );
  for (const file of files) {
    const scope = bound.get(file.source.path);
    if (!scope) continue;
    for (const [declaration, path] of file.imports) {
      const from = declared.get(path);
      if (from) importNames(scope, declaration.names, declaration.specifier, from, report);
    }
  }
  const all = [...bound.values()];
  const [main] = all;
  if (!main) throw new Error("a program has a main file");
  const recursiveModules = findRecursiveModules(all, report);
  return { value: { main, files: all, recursiveModules }, diagnostics };
}

function declareNames(file: LoadedFile, report: Report): OpenFile {
  const { source, tree } = file;
  const bound: OpenFile = {
    source,
    tree,
    modules: new Map(),
    networks: new Map(),
    lets: new Map(),
  };
  const first = new Map<string, Identifier>();
  const declare = (name: Identifier, what: string): boolean => {
    const earlier = first.get(name.text);
    if (!earlier) {
      first.set(name.text, name);
      return true;
    }
    report("name/duplicate", name.span, { name: name.text, what }, firstPlace(earlier));
    return false;
  };
  for (const declaration of tree.modules) {
    checkLetterCase(declaration.name, "upper", "modules", report);
    if (declare(declaration.name, "module")) {
      bound.modules.set(declaration.name.text, { declaration, file: bound });
    }
  }
  for (const declaration of [...tree.networks, ...tree.variants]) {
    const what = declaration.kind;
    checkLetterCase(declaration.name, "upper", `${what}s`, report);
    if (declare(declaration.name, what)) {
      bound.networks.set(declaration.name.text, { declaration, file: bound });
    }
  }
  for (const declaration of tree.lets) {
    checkLetterCase(declaration.name, "lower", "values", report);
    if (declare(declaration.name, "value")) bound.lets.set(declaration.name.text, declaration);
  }
  return bound;
}

function firstPlace(earlier: Identifier): { related: Diagnostic["related"] } {
  return { related: [{ span: earlier.span, message: "first declared here" }] };
}

function importNames(
  scope: OpenFile,
  names: readonly Identifier[],
  specifier: string,
  from: Pick<OpenFile, "modules" | "networks">,
  report: Report,
): void {
  for (const name of names) {
    const module = from.modules.get(name.text);
    const network = from.networks.get(name.text);
    if (!module && !network) {
      const near = suggest(name.text, [...from.modules.keys(), ...from.networks.keys()]);
      report(
        "name/not-in-file",
        name.span,
        { name: name.text, specifier, near },
        renameFix(name, near),
      );
      continue;
    }
    const earlier = scope.modules.get(name.text) ?? scope.networks.get(name.text);
    if (earlier && earlier !== module && earlier !== network) {
      const what = "name";
      report(
        "name/duplicate",
        name.span,
        { name: name.text, what },
        firstPlace(earlier.declaration.name),
      );
      continue;
    }
    if (module) scope.modules.set(name.text, module);
    if (network) scope.networks.set(name.text, network);
  }
}

/** A quick fix that writes the nearest name, where there is one. */
export function renameFix(
  name: Identifier,
  near: readonly string[],
): { fixes: Diagnostic["fixes"] } {
  const [best] = near;
  if (best === undefined) return { fixes: [] };
  return { fixes: [{ title: `write \`${best}\``, edits: [{ span: name.span, text: best }] }] };
}
