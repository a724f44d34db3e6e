/** The cache that outlives a call, from parsed files to analyzed programs; it never changes results. */
import type { Outcome } from "../diagnostics/outcome.ts";
import { createBindCache } from "../names/bind-cache.ts";
import type { AnalyzedProgram } from "./analyze-program.ts";
import type { OpenCache, Program } from "./open-program.ts";

/**
 * Made by {@link createCache}. One serves any number of files, which it keeps as they were last: what is still the same
 * text is not looked at again, and of a changed program only the changed files and what imports them.
 */
export interface CompilerCache extends OpenCache {
  /** By program, then by what was asked of it. */
  readonly analyzed: WeakMap<Program, Map<string, Outcome<AnalyzedProgram>>>;
}

/** An empty cache, for calls that follow one another: an editor's, or those of a watching command. */
export function createCache(): CompilerCache {
  return {
    parsed: new Map(),
    ...createBindCache(),
    instances: new WeakMap(),
    shapes: new WeakMap(),
    opened: new WeakMap(),
    analyzed: new WeakMap(),
  };
}
