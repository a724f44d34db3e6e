/** Owns the way of one network: elaborate, infer shapes, hold against budgets; and lay a variant's faults at its edits. */
import { inferShapes } from "../check/infer-shapes.ts";
import { checkBudgets } from "../cost/check-budgets.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { createDiagnosticCollector, hasErrors, type Outcome } from "../diagnostics/outcome.ts";
import type { ElaborateOptions, FileFacts } from "../elaborate/create-elaboration.ts";
import { elaborateNetwork } from "../elaborate/elaborate-network.ts";
import type { NetworkSource } from "../elaborate/network-source.ts";
import type { Architecture } from "../ir/architecture.ts";
import type { CheckedArchitecture, ShapedNode } from "../ir/shaped.ts";
import { blameEdits } from "./blame-edits.ts";

/** A network as far as its errors let it come. */
export interface AnalyzedNetwork {
  readonly name: string;
  readonly architecture?: Architecture;
  readonly root?: ShapedNode;
}

/** Never throws for a user's mistake. */
export function analyzeNetwork(
  source: NetworkSource,
  facts: FileFacts,
  options: ElaborateOptions,
): Outcome<AnalyzedNetwork> {
  const { value, diagnostics } = analyzeOnce(source, facts, options);
  if (source.edits.length === 0) return { value, diagnostics };
  const blamed = blameEdits(
    source.edits,
    diagnostics,
    (edits) => analyzeOnce({ ...source, edits }, facts, options).diagnostics,
  );
  return { value, diagnostics: blamed };
}

function analyzeOnce(
  source: NetworkSource,
  facts: FileFacts,
  options: ElaborateOptions,
): Outcome<AnalyzedNetwork> {
  const { name } = source;
  const elaborated = elaborateNetwork(source, facts, options);
  const architecture = elaborated.value;
  if (!architecture) return { value: { name }, diagnostics: elaborated.diagnostics };
  const { report, diagnostics, add } = createDiagnosticCollector();
  add(elaborated.diagnostics);
  const root = inferShapes(architecture, report);
  // Costs of a network with holes would be costs of another network.
  if (!hasErrors(diagnostics)) checkBudgets(architecture, root, report);
  return { value: { name, architecture, root }, diagnostics };
}

/** The network as something that may be emitted, if nothing is wrong with it. */
export function toChecked(
  { architecture, root }: AnalyzedNetwork,
  diagnostics: readonly Diagnostic[],
): CheckedArchitecture | undefined {
  if (!architecture || !root || hasErrors(diagnostics)) return undefined;
  // The one place where the brand is put on: everything above was asked, and nothing was found.
  return { architecture, root } as CheckedArchitecture;
}
