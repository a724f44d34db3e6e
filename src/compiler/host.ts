/** The interface through which the compiler reads files; implemented by `src/node` and by callers. */

/** The text of a file that imports nothing, or a file that a host can read, together with what it imports. */
export type SourceInput = string | { readonly path: string; readonly host: CompilerHost };

/** Why a file could not be read. */
export type ReadProblem = "not-found" | "outside-root" | "not-readable";

export type ReadResult =
  | { readonly text: string }
  | { readonly problem: ReadProblem; readonly detail?: string };

export interface CompilerHost {
  /** The text of a file. Never throws. */
  read(path: string): ReadResult;
  /** The path that an import's `specifier` means when written in the file `from`; equal files get equal paths. */
  resolve(specifier: string, from: string): string;
}
