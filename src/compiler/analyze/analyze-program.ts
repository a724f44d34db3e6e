/** Analyzes the requested networks of a program, and the modules that no network uses. */
import { suggest } from "../core/suggest.ts";
import { createDiagnosticCollector, hasErrors, type Outcome } from "../diagnostics/outcome.ts";
import type { CheckedArchitecture } from "../ir/shaped.ts";
import type { BoundNetwork } from "../names/bound-program.ts";
import { analyzeNetwork, toChecked } from "./analyze-network.ts";
import { createIgnores, type Ignores } from "./apply-ignores.ts";
import { checkUnusedModules } from "./check-unused-modules.ts";
import type { LevelOf } from "./lint-levels.ts";
import { lintProgram, type NetworkInProgram } from "./lint-program.ts";
import type { Program } from "./open-program.ts";
import type { OnPhaseEnd } from "./phase.ts";

export interface AnalyzedProgram {
  /** The checked networks: none where anything in the program is wrong. */
  readonly checked: () => readonly CheckedArchitecture[];
  /** What the program's comments leave out, also of what is found later. */
  readonly ignores: Ignores;
}

/** What is asked of a program. */
export interface ProgramQuestion {
  /** The network to look at; without it, `unnamed` says which. */
  readonly name: string | undefined;
  readonly unnamed: "all" | "first";
  readonly levelOf: LevelOf;
  readonly onPhaseEnd: OnPhaseEnd;
}

export function analyzeProgram(
  { value: program, diagnostics: found }: Outcome<Program>,
  { name, unnamed, levelOf, onPhaseEnd }: ProgramQuestion,
): Outcome<AnalyzedProgram> {
  const { add, report, diagnostics: collected } = createDiagnosticCollector();
  add(found);
  const chosen = choose(program, name, unnamed);
  const networks: NetworkInProgram[] = [];
  for (const network of chosen) {
    const source = program.sourceOf(network);
    if (!source) continue;
    const outcome = analyzeNetwork(source, program, onPhaseEnd);
    add(outcome.diagnostics);
    networks.push({ network, analyzed: outcome.value });
  }
  const isWhole = name === undefined && unnamed === "all";
  const analyzed = networks.map((one) => one.analyzed);
  const lone = isWhole ? checkUnusedModules(program, analyzed) : undefined;
  add(lone?.diagnostics ?? []);
  onPhaseEnd("infer");
  if (name !== undefined && chosen.length === 0) {
    const near = suggest(name, program.networks.map(nameOf));
    const file = program.bound.main.source;
    report("name/unknown-network", { file, start: 0, end: 0 }, { name, near });
  }
  // What is wrong comes first: a misspelt name is one unknown name, and not one unused name as well.
  const isSound = !hasErrors(collected);
  if (isSound) add(lintProgram(program, networks, lone?.value ?? [], levelOf));
  onPhaseEnd("lint");
  const ignores = createIgnores(program.bound, levelOf);
  const diagnostics = [...ignores.apply(collected), ...ignores.check(isSound && isWhole)];
  // Made on demand: a mere check has no use for it.
  const checked = (): readonly CheckedArchitecture[] =>
    hasErrors(diagnostics) ? [] : analyzed.map(toChecked).filter((one) => one !== undefined);
  return { value: { checked, ignores }, diagnostics };
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
