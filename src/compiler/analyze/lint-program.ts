/** Lints a program without errors: its networks, modules that no network uses, edits, and unused names. */
import { lintInput } from "../check/lint-input.ts";
import { LINT_RULES, lintNetwork } from "../check/lint-network.ts";
import { createMacMeter } from "../cost/measure-macs.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { createDiagnosticCollector } from "../diagnostics/outcome.ts";
import type { ShapedNode } from "../ir/shaped.ts";
import type { BoundNetwork } from "../names/bound-program.ts";
import { findUnused } from "../names/find-unused.ts";
import type { AnalyzedNetwork } from "./analyze-network.ts";
import { checkIdleEdits } from "./check-idle-edits.ts";
import type { Program } from "./declare.ts";
import { atLevels, type LevelOf } from "./lint-levels.ts";

/** A requested network and its result. */
export interface NetworkInProgram extends AnalyzedNetwork {
  readonly network: BoundNetwork;
}

/** What lints find, at the level that each has. */
export function lintProgram(
  program: Program,
  networks: readonly NetworkInProgram[],
  loneModules: readonly ShapedNode[],
  levelOf: LevelOf,
): readonly Diagnostic[] {
  const { report, diagnostics } = createDiagnosticCollector();
  const rules = LINT_RULES.filter(({ code }) => levelOf(code) !== "off");
  for (const { network, architecture, root } of networks) {
    if (!architecture || !root) continue;
    lintNetwork(root, rules, createMacMeter(), report);
    lintInput(architecture, report);
    const { declaration } = network;
    const source = program.sourceOf(network);
    if (declaration.kind !== "variant" || !source) continue;
    if (levelOf("lint/edit-without-effect") === "off") continue;
    checkIdleEdits(declaration, source, architecture, program.facts, program.options, report);
  }
  for (const root of loneModules) lintNetwork(root, rules, undefined, report);
  findUnused(program.bound, report);
  return atLevels(diagnostics, levelOf);
}
