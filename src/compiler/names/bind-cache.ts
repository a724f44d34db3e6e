/**
 * Finds files whose own text and imports are unchanged and binds them to the same objects as before.
 *
 * Caches keyed by their modules and networks therefore stay valid.
 */
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Outcome } from "../diagnostics/outcome.ts";
import type { SyntaxTree } from "../syntax/ast.ts";
import type { BoundFile, BoundProgram } from "./bound-program.ts";
import type { LoadedFile } from "./load-files.ts";

/** The result of binding a file. */
export interface FileBinding {
  readonly file: BoundFile;
  /** What each import of its tree stood for; nothing where it could not be read. */
  readonly imports: readonly (BoundFile | undefined)[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Remembers files by path, as they were last, and whole programs by their main file. */
export interface BindCache {
  readonly bindings: Map<string, FileBinding>;
  readonly programs: WeakMap<BoundFile, Outcome<BoundProgram>>;
}

export function createBindCache(): BindCache {
  return { bindings: new Map(), programs: new WeakMap() };
}

/** Unchanged files, by path. A cycle of imports is unchanged if all of its files are. */
export function findUnchanged(
  files: readonly LoadedFile[],
  { bindings }: BindCache,
): ReadonlyMap<string, FileBinding> {
  const unchanged = new Map<string, FileBinding>();
  for (const { source, tree } of files) {
    const before = bindings.get(source.path);
    if (before?.file.tree === tree) unchanged.set(source.path, before);
  }
  const importsTheSame = ({ tree, imports }: LoadedFile, before: FileBinding): boolean =>
    readImports(tree, imports, (path) => unchanged.get(path)?.file ?? "changed").every(
      (file, index) => file === before.imports[index],
    );
  // Imports come after what imports them: backwards, one round finds all that a change reaches, but for cycles.
  const backwards = [...files].reverse();
  let isSettled = false;
  while (!isSettled) {
    isSettled = true;
    for (const file of backwards) {
      const before = unchanged.get(file.source.path);
      if (!before || importsTheSame(file, before)) continue;
      unchanged.delete(file.source.path);
      isSettled = false;
    }
  }
  return unchanged;
}

/** For each import of the tree what `read` gives for its path; nothing for an import that could not be read. */
export function readImports<File>(
  { imports }: SyntaxTree,
  paths: LoadedFile["imports"],
  read: (path: string) => File,
): readonly (File | undefined)[] {
  return imports.map((declaration) => {
    const path = paths.get(declaration);
    return path === undefined ? undefined : read(path);
  });
}
