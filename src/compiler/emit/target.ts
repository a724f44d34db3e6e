/** The form of a target: what the compiler can make of a checked network, as one record. */
import type { Outcome } from "../diagnostics/outcome.ts";
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
  /** Stands for the texts of the specification and the settings. */
  readonly specHash: string;
  /** The module that generated code imports tfjs from; without it, the target's default. */
  readonly tf: string | undefined;
}

export interface Target {
  /** What `--target` calls it. */
  readonly name: string;
  /** What it makes, as a part of a sentence. */
  readonly doc: string;
  /** What the names of its files end with, the main file first. */
  readonly extensions: readonly [string, ...string[]];
  /** Where its files go unless `--out` says otherwise: the current folder, or standard output for what programs read. */
  readonly defaultOut: "folder" | "stdout";
  /** Loads what it needs when it is called. No files where there are errors. */
  emit(
    checked: CheckedArchitecture,
    request: EmitRequest,
  ): Promise<Outcome<readonly GeneratedFile[]>>;
}
