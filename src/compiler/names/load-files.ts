/** Loads and parses the main file and everything that it imports. */
import type { Limits } from "../core/limits.ts";
import { createSourceFile, type SourceFile } from "../core/source-file.ts";
import type { Span } from "../core/span.ts";
import { createDiagnosticCollector, type Outcome, type Report } from "../diagnostics/outcome.ts";
import type { CompilerHost } from "../host.ts";
import type { ImportDeclaration, SyntaxTree } from "../syntax/ast.ts";
import { LANGUAGE_VERSION, type ParseLimits, parse } from "../syntax/parse.ts";

/** A parsed file; `imports` gives the path that each import means, or nothing where it could not be read. */
export interface LoadedFile {
  readonly source: SourceFile;
  readonly tree: SyntaxTree;
  readonly imports: ReadonlyMap<ImportDeclaration, string>;
}

export type LoadLimits = ParseLimits & Pick<Limits, "files">;

/** Remembers parsed files by path, so that an unchanged file is not parsed again. */
export interface ParseCache {
  readonly parsed: Map<string, ParsedFile>;
}

interface ParsedFile {
  readonly source: SourceFile;
  readonly limits: ParseLimits;
  readonly outcome: Outcome<SyntaxTree>;
}

/** Loads the main file and everything it imports; cycles of imports are fine. */
export function loadFiles(
  main: SourceFile,
  host: CompilerHost,
  limits: LoadLimits,
  cache: ParseCache,
): Outcome<readonly LoadedFile[]> {
  const collector = createDiagnosticCollector();
  const sources = new Map<string, SourceFile>([[main.path, main]]);
  const files: LoadedFile[] = [];
  let characters = main.text.length;
  let isFull = false;
  const refuse = (span: Span, what: "files" | "characters"): void => {
    isFull = true;
    collector.report("name/import-limit", span, { limit: limits[what], what });
  };
  // The set grows while it is walked: a queue without recursion, however long the chain of imports.
  for (const source of sources.values()) {
    const { value: tree, diagnostics } = parseCached(source, limits, cache);
    collector.add(diagnostics);
    checkVersion(tree, collector.report);
    const imports = new Map<ImportDeclaration, string>();
    for (const declaration of tree.imports) {
      if (declaration.isBroken) continue;
      const path = host.resolve(declaration.specifier, source.path);
      if (!sources.has(path)) {
        // Reported once; after that, nothing more is read.
        if (isFull) continue;
        if (sources.size >= limits.files) {
          refuse(declaration.specifierSpan, "files");
          continue;
        }
        const imported = readImport(declaration, path, host, cache, collector.report);
        if (!imported) continue;
        characters += imported.text.length;
        if (characters > limits.characters) {
          refuse(declaration.specifierSpan, "characters");
          continue;
        }
        sources.set(path, imported);
      }
      imports.set(declaration, path);
    }
    files.push({ source, tree, imports });
  }
  return { value: files, diagnostics: collector.diagnostics };
}

function parseCached(
  source: SourceFile,
  limits: ParseLimits,
  cache: ParseCache,
): Outcome<SyntaxTree> {
  const known = cache.parsed.get(source.path);
  if (known?.source === source && isSameLimit(known.limits, limits)) return known.outcome;
  const outcome = parse(source, limits);
  cache.parsed.set(source.path, { source, limits, outcome });
  return outcome;
}

function isSameLimit(a: ParseLimits, b: ParseLimits): boolean {
  return a.characters === b.characters && a.nesting === b.nesting;
}

/** The source of a file: the one already known while its text is the same, so that cached results stay valid. */
export function sourceFor(path: string, text: string, cache: ParseCache): SourceFile {
  const known = cache.parsed.get(path)?.source;
  return known?.text === text ? known : createSourceFile(path, text);
}

function readImport(
  declaration: ImportDeclaration,
  path: string,
  host: CompilerHost,
  cache: ParseCache,
  report: Report,
): SourceFile | undefined {
  const { specifier, specifierSpan } = declaration;
  const result = host.read(path);
  if ("text" in result) return sourceFor(path, result.text, cache);
  switch (result.problem) {
    case "not-found":
      report("name/import-not-found", specifierSpan, { specifier, path });
      break;
    case "outside-root":
      report("name/import-outside-root", specifierSpan, { specifier });
      break;
    case "not-readable":
      report("name/import-not-readable", specifierSpan, {
        specifier,
        detail: result.detail ?? "the system refused",
      });
      break;
  }
  return undefined;
}

function checkVersion(tree: SyntaxTree, report: Report): void {
  const version = tree.languageVersion;
  if (!version || version.value === LANGUAGE_VERSION) return;
  report("syntax/language-version", version.span, {
    found: version.value,
    known: LANGUAGE_VERSION,
  });
}
