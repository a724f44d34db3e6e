/** Wraps the phases of the compiler with a cache: a phase that was run on the same input is not run again. */
import { remember } from "../core/remember.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Outcome } from "../diagnostics/outcome.ts";
import type { SourceInput } from "../host.ts";
import type { BindCache } from "../names/bind-cache.ts";
import type { BoundProgram } from "../names/bound-program.ts";
import type { LoadedFile, LoadLimits, ParseCache } from "../names/load-files.ts";
import type { CompilerCache } from "./compiler-cache.ts";
import type { DeclareCache, DeclareOptions, Program } from "./declare.ts";
import type { CheckedProgram, ProgramQuestion } from "./question.ts";

/** Phases that share what they know of files and modules through the part of a cache that each is given. */
export interface Phases {
  parse(input: SourceInput, limits: LoadLimits, cache: ParseCache): Outcome<readonly LoadedFile[]>;
  bind(files: readonly LoadedFile[], cache: BindCache): Outcome<BoundProgram>;
  declare(bound: BoundProgram, options: DeclareOptions, cache: DeclareCache): Outcome<Program>;
  /** `found` are the findings of the phases before. */
  checkNetworks(
    program: Program,
    found: readonly Diagnostic[],
    question: ProgramQuestion,
  ): Outcome<CheckedProgram>;
}

/** The same phases, each with its part of the cache; the results of the last two are kept whole. */
export interface CachedPhases {
  parse(input: SourceInput, limits: LoadLimits): Outcome<readonly LoadedFile[]>;
  bind(files: readonly LoadedFile[]): Outcome<BoundProgram>;
  declare(bound: BoundProgram, options: DeclareOptions): Outcome<Program>;
  checkNetworks: Phases["checkNetworks"];
}

export function withCache(phases: Phases, cache: CompilerCache): CachedPhases {
  return {
    parse: (input, limits) => phases.parse(input, limits, cache),
    bind: (files) => phases.bind(files, cache),
    declare: (bound, options) =>
      remember(cache.declared, bound, JSON.stringify([options.limits, options.set]), () =>
        phases.declare(bound, options, cache),
      ),
    checkNetworks: (program, found, question) => {
      const { name, unnamed, lintOptions } = question;
      // A file that cannot be read is not part of the program, but what was said of it is.
      const messages = found.map(({ message }) => message);
      const key = JSON.stringify([name, unnamed, lintOptions.advice, lintOptions.lints, messages]);
      return remember(cache.checked, program, key, () =>
        phases.checkNetworks(program, found, question),
      );
    },
  };
}
