/** The result of binding: the files, and what each name in them refers to. */
import type { SourceFile } from "../core/source-file.ts";
import type {
  LetDeclaration,
  ModuleDeclaration,
  NetworkDeclaration,
  SyntaxTree,
  VariantDeclaration,
} from "../syntax/ast.ts";
import type { Resolution } from "./resolution.ts";

export interface BoundModule {
  readonly declaration: ModuleDeclaration;
  /** The file it is written in, whose names its body sees. */
  readonly file: BoundFile;
}

export interface BoundNetwork {
  readonly declaration: NetworkDeclaration | VariantDeclaration;
  readonly file: BoundFile;
}

export interface BoundFile {
  readonly source: SourceFile;
  readonly tree: SyntaxTree;
  /** Modules that may be called here: declared or imported. */
  readonly modules: ReadonlyMap<string, BoundModule>;
  /** Networks and variants that may be a base here: declared or imported. */
  readonly networks: ReadonlyMap<string, BoundNetwork>;
  readonly lets: ReadonlyMap<string, LetDeclaration>;
}

export interface BoundProgram {
  readonly main: BoundFile;
  /** The main file first, then imports in the order in which they are met. */
  readonly files: readonly BoundFile[];
  /** Modules that contain themselves; they cannot be instantiated. */
  readonly recursiveModules: ReadonlySet<ModuleDeclaration>;
  /** What every name in the files means. */
  readonly names: Resolution;
}
