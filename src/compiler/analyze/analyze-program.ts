/** Owns analyzing the networks of a program that are asked for, and its modules that no network uses. */
import { suggest } from "../core/suggest.ts";
import { createDiagnosticCollector, hasErrors, type Outcome } from "../diagnostics/outcome.ts";
import type { CheckedArchitecture } from "../ir/shaped.ts";
import type { BoundNetwork } from "../names/bound-program.ts";
import { type AnalyzedNetwork, analyzeNetwork, toChecked } from "./analyze-network.ts";
import { checkUnusedModules } from "./check-unused-modules.ts";
import type { Program } from "./open-program.ts";

/** Gives a function for the checked networks: none where anything in the program is wrong. */
export function analyzeProgram(
  { value: program, diagnostics: found }: Outcome<Program>,
  name: string | undefined,
  unnamed: "all" | "first",
): Outcome<() => readonly CheckedArchitecture[]> {
  const { add, report, diagnostics } = createDiagnosticCollector();
  add(found);
  const chosen = choose(program, name, unnamed);
  const analyzed: AnalyzedNetwork[] = [];
  for (const network of chosen) {
    const source = program.sourceOf(network);
    if (!source) continue;
    const outcome = analyzeNetwork(source, program.facts, program.options);
    add(outcome.diagnostics);
    analyzed.push(outcome.value);
  }
  if (name === undefined && unnamed === "all") add(checkUnusedModules(program, analyzed));
  if (name !== undefined && chosen.length === 0) {
    const near = suggest(name, program.networks.map(nameOf));
    const file = program.bound.main.source;
    report("name/unknown-network", { file, start: 0, end: 0 }, { name, near });
  }
  // Made on demand: a mere check has no use for it.
  const checked = (): readonly CheckedArchitecture[] =>
    hasErrors(diagnostics) ? [] : analyzed.map(toChecked).filter((one) => one !== undefined);
  return { value: checked, diagnostics };
}

function choose(
  { networks }: Program,
  name: string | undefined,
  unnamed: "all" | "first",
): readonly BoundNetwork[] {
  if (name !== undefined) return networks.filter((network) => nameOf(network) === name);
  return unnamed === "all" ? networks : networks.slice(0, 1);
}

function nameOf({ declaration }: BoundNetwork): string {
  return declaration.name.text;
}
