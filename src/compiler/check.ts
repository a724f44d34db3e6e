/** Checks a file, or one network in it, and makes nothing of it. */
import { analyze } from "./compile.ts";
import type { CheckResult, CompilerOptions } from "./compiler-options.ts";
import type { SourceInput } from "./host.ts";

/** Finds everything that is wrong with a file, or with one network in it. Never throws for what is wrong with it. */
export function check(input: SourceInput, options: CompilerOptions = {}): CheckResult {
  const { diagnostics, networks } = analyze(input, options);
  return { diagnostics, networks };
}
