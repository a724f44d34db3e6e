/** The cache that outlives a call, from parsed files to analyzed programs; it never changes results. */
import type { Outcome } from "../diagnostics/outcome.ts";
import { type BindCache, createBindCache } from "../names/bind-cache.ts";
import type { BoundProgram } from "../names/bound-program.ts";
import type { ParseCache } from "../names/load-files.ts";
import type { DeclareCache, Program } from "./declare.ts";
import type { CheckedProgram } from "./question.ts";

/**
 * Made by {@link createCache}. One cache serves any number of files and keeps the last version of each: unchanged files
 * are not analyzed again, and of a changed program only the changed files and those that import them.
 */
export interface CompilerCache extends ParseCache, BindCache, DeclareCache {
  /** By bound program, then by limits and settings. */
  readonly declared: WeakMap<BoundProgram, Map<string, Outcome<Program>>>;
  /** By program, then by what was asked of it. */
  readonly checked: WeakMap<Program, Map<string, Outcome<CheckedProgram>>>;
}

/** An empty cache, for calls that follow one another: an editor's, or those of a watching command. */
export function createCache(): CompilerCache {
  return {
    parsed: new Map(),
    ...createBindCache(),
    instances: new WeakMap(),
    shapes: new WeakMap(),
    declared: new WeakMap(),
    checked: new WeakMap(),
  };
}
