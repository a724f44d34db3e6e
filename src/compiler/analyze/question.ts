/** What is asked of a program, and what the phases up to the lints give for it. */
import { suggest } from "../core/suggest.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { hasErrors, type Report } from "../diagnostics/outcome.ts";
import type { BoundNetwork } from "../names/bound-program.ts";
import type { CheckedNetwork } from "./analyze-network.ts";
import type { Ignores } from "./apply-ignores.ts";
import type { Program } from "./declare.ts";
import type { LintOptions } from "./lint-levels.ts";
import type { OnPhaseEnd } from "./phase.ts";

export interface CheckedProgram {
  /** The checked networks: none where anything in the program is wrong. */
  readonly checked: () => readonly CheckedNetwork[];
  /** What the program's comments leave out, also of what is found later. */
  readonly ignores: Ignores;
}

/** What is asked of a program. */
export interface ProgramQuestion {
  /** The network to look at; without it, `unnamed` says which. */
  readonly name: string | undefined;
  readonly unnamed: "all" | "first";
  readonly lintOptions: LintOptions;
  readonly onPhaseEnd: OnPhaseEnd;
}

/**
 * The networks that are asked for; reports a name that none of them has. Where `found` has errors and there is no network at
 * all, as in a file that is too large to be read, these say more.
 */
export function chooseNetworks(
  { networks, bound }: Program,
  { name, unnamed }: ProgramQuestion,
  found: readonly Diagnostic[],
  report: Report,
): readonly BoundNetwork[] {
  if (name === undefined) return unnamed === "all" ? networks : networks.slice(0, 1);
  const chosen = networks.filter((network) => nameOf(network) === name);
  if (chosen.length === 0 && (networks.length > 0 || !hasErrors(found))) {
    const near = suggest(name, networks.map(nameOf));
    report("name/unknown-network", { file: bound.main.source, start: 0, end: 0 }, { name, near });
  }
  return chosen;
}

function nameOf({ declaration }: BoundNetwork): string {
  return declaration.name.text;
}
