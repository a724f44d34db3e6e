/** Binds top-level names: file scopes, imports, duplicates, letter case, modules that contain themselves. */
import { assert } from "../core/assert.ts";
import type { SourceFile } from "../core/source-file.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { nearestNames, renameFix } from "../diagnostics/nearest-name.ts";
import { createDiagnosticCollector, type Outcome, type Report } from "../diagnostics/outcome.ts";
import type { Identifier, ImportDeclaration, LetDeclaration, SyntaxTree } from "../syntax/ast.ts";
import {
  type BindCache,
  createBindCache,
  type FileBinding,
  findUnchanged,
  readImports,
} from "./bind-cache.ts";
import type { BoundFile, BoundModule, BoundNetwork, BoundProgram } from "./bound-program.ts";
import { checkLetterCase } from "./letter-case.ts";
import type { LoadedFile } from "./load-files.ts";
import { findRecursiveModules } from "./recursive-modules.ts";
import { resolveNames } from "./resolve-names.ts";

interface OpenFile extends BoundFile {
  readonly modules: Map<string, BoundModule>;
  readonly networks: Map<string, BoundNetwork>;
  readonly lets: Map<string, LetDeclaration>;
}

/**
 * Binds the names of all files; the first file is the main one. With a cache, an unchanged file is bound to the same
 * object as before, and so is a program of unchanged files.
 */
export function bind(
  files: readonly LoadedFile[],
  cache: BindCache = createBindCache(),
): Outcome<BoundProgram> {
  const bindings = bindFiles(files, cache);
  const all = bindings.map(({ file }) => file);
  const [main] = all;
  assert(main !== undefined, "a program has a main file");
  const before = cache.programs.get(main);
  if (before) return before;
  const { add, report, diagnostics } = createDiagnosticCollector();
  for (const binding of bindings) add(binding.diagnostics);
  const recursiveModules = findRecursiveModules(all, report);
  const value = { main, files: all, recursiveModules, names: resolveNames(all) };
  const program = { value, diagnostics };
  cache.programs.set(main, program);
  return program;
}

/** A file while it is bound. */
interface Declared {
  readonly file: OpenFile;
  readonly report: Report;
  readonly diagnostics: readonly Diagnostic[];
}

function bindFiles(files: readonly LoadedFile[], cache: BindCache): readonly FileBinding[] {
  const unchanged = findUnchanged(files, cache);
  const declared = new Map<string, Declared>();
  for (const { source, tree } of files) {
    if (!unchanged.has(source.path)) declared.set(source.path, declareNames(source, tree));
  }
  const fileAt = (path: string): BoundFile | undefined =>
    (unchanged.get(path) ?? declared.get(path))?.file;
  return files.map(({ source, tree, imports }) => {
    const before = unchanged.get(source.path);
    const own = declared.get(source.path);
    if (before) return before;
    assert(own !== undefined, "a file is declared anew unless it is unchanged");
    const imported = readImports(tree, imports, fileAt);
    for (const [index, from] of imported.entries()) {
      const declaration = tree.imports[index];
      if (from && declaration) importNames(own.file, declaration, from, own.report);
    }
    const binding = { file: own.file, imports: imported, diagnostics: own.diagnostics };
    cache.bindings.set(source.path, binding);
    return binding;
  });
}

function declareNames(source: SourceFile, tree: SyntaxTree): Declared {
  const { report, diagnostics } = createDiagnosticCollector();
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
  const declared = [...tree.modules, ...tree.networks, ...tree.variants].map(({ name }) => name);
  const imported = tree.imports.flatMap(({ names }) => names);
  const taken = new Set([...declared, ...imported].map(({ text }) => text));
  for (const declaration of tree.modules) {
    checkLetterCase(declaration.name, "upper", "modules", report, taken);
    if (declare(declaration.name, "module")) {
      bound.modules.set(declaration.name.text, { declaration, file: bound });
    }
  }
  for (const declaration of [...tree.networks, ...tree.variants]) {
    const what = declaration.kind;
    checkLetterCase(declaration.name, "upper", `${what}s`, report, taken);
    if (declare(declaration.name, what)) {
      bound.networks.set(declaration.name.text, { declaration, file: bound });
    }
  }
  for (const declaration of tree.lets) {
    checkLetterCase(declaration.name, "lower", "values", report);
    if (declare(declaration.name, "value")) bound.lets.set(declaration.name.text, declaration);
  }
  return { file: bound, report, diagnostics };
}

function firstPlace(earlier: Identifier): { related: Diagnostic["related"] } {
  return { related: [{ span: earlier.span, message: "first declared here" }] };
}

/** Imports see what files declare, not what those import: so cycles of imports need no care. */
function importNames(
  scope: OpenFile,
  { names, specifier }: ImportDeclaration,
  from: BoundFile,
  report: Report,
): void {
  const modules = declaredIn(from.modules, from);
  const networks = declaredIn(from.networks, from);
  for (const name of names) {
    const module = modules.get(name.text);
    const network = networks.get(name.text);
    if (!module && !network) {
      if (from.tree.lostNames?.includes(name.text)) continue;
      const near = nearestNames(name.text, [], [...modules.keys(), ...networks.keys()]);
      report(
        "name/not-in-file",
        name.span,
        { name: name.text, specifier, near: near.names },
        renameFix(name.span, near),
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

function declaredIn<Named extends { readonly file: BoundFile }>(
  names: ReadonlyMap<string, Named>,
  file: BoundFile,
): ReadonlyMap<string, Named> {
  return new Map([...names].filter(([, named]) => named.file === file));
}
