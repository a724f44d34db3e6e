/** The interface of a target, a kind of output that the compiler can make from a checked network. */
import type { Outcome } from "../diagnostics/outcome.ts";
import type { LayerGraph } from "../ir/layer-graph.ts";
import type { CheckedArchitecture } from "../ir/shaped.ts";

export interface GeneratedFile {
  /** A plain name without folders. */
  readonly fileName: string;
  /** Text, which is written in UTF-8, or bytes. */
  readonly content: string | Uint8Array;
}

export interface EmitRequest {
  /** Name of the files without folder and extension. */
  readonly baseName: string;
  /** A hash of the texts of the specification and the settings. */
  readonly specHash: string;
  /** The module that generated code imports tfjs from; without it, the target's default. */
  readonly tf: string | undefined;
}

export interface Target {
  /** Its name for `--target`. */
  readonly name: string;
  /** A description of its output, as a part of a sentence. */
  readonly doc: string;
  /** The extensions of its files, the main file first. */
  readonly extensions: readonly [string, ...string[]];
  /** Where its files go without `--out`: the current folder, or standard output for data that programs read. */
  readonly defaultOut: "folder" | "stdout";
  /** Whether a text that begins so was written by this target, of this version of inceptc or an earlier one. */
  isOwn(start: string): boolean;
  /** Loads what it needs when it is called; `graph` is the network lowered. No files where there are errors. */
  emit(
    checked: CheckedArchitecture,
    graph: LayerGraph,
    request: EmitRequest,
  ): Promise<Outcome<readonly GeneratedFile[]>>;
}
