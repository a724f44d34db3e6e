/**
 * Runs one network through elaboration, shape inference and budgets, and reports the faults of a variant at its edits.
 */
import { inferShapes } from "../check/infer-shapes.ts";
import { checkBudgets } from "../cost/check-budgets.ts";
import { createDiagnosticCollector, type Outcome } from "../diagnostics/outcome.ts";
import { elaborateNetwork } from "../elaborate/elaborate-network.ts";
import type { NetworkSource, PlacedEdit } from "../elaborate/network-source.ts";
import type { Architecture } from "../ir/architecture.ts";
import { isComplete } from "../ir/is-complete.ts";
import type { CheckedArchitecture, ShapedNode } from "../ir/shaped.ts";
import type { Expression } from "../syntax/ast.ts";
import { blameEdits, isClaim } from "./blame-edits.ts";
import { confirmOptions, type WithValue } from "./confirm-options.ts";
import { explainSmallInput } from "./explain-small-input.ts";
import type { Program } from "./open-program.ts";
import type { OnPhaseEnd } from "./phase.ts";

/** A network as far as its errors let it come. */
export interface AnalyzedNetwork {
  readonly architecture?: Architecture;
  readonly root?: ShapedNode;
  /** The architecture with another value of one parameter, or nothing where it has errors then. */
  readonly withValue: WithValue;
}

/** Never throws for a user's mistake. */
export function analyzeNetwork(
  source: NetworkSource,
  program: Program,
  onPhaseEnd: OnPhaseEnd,
): Outcome<AnalyzedNetwork> {
  const analyzeWith = (edits: NetworkSource["edits"]) =>
    analyzeOnce({ ...source, edits }, program, onPhaseEnd);
  const { value, diagnostics } = analyzeWith(source.edits);
  const blamed = blameEdits(source.edits, diagnostics, (edits) => analyzeWith(edits).diagnostics);
  const withValue: WithValue = (parameter, other) => {
    const again = analyzeWith([...source.edits, setEdit(parameter, other, source)]);
    // What the author states of one network, its shapes and its budget, need not hold for another.
    const isBroken = again.diagnostics.some(
      ({ code, severity }) => severity === "error" && !isClaim(code) && code !== "budget/exceeded",
    );
    return isBroken ? undefined : again.value.architecture;
  };
  const edits = source.edits.map(({ edit }) => edit);
  const explained = value.architecture
    ? explainSmallInput(value.architecture, edits, blamed)
    : blamed;
  return { value: { ...value, withValue }, diagnostics: explained };
}

/** As if `--set parameter=value` came last. */
function setEdit(parameter: string, value: number, { file, span }: NetworkSource): PlacedEdit {
  const name = { text: parameter, span };
  const expression: Expression = {
    kind: "number",
    value,
    isInteger: Number.isInteger(value),
    span,
  };
  return { edit: { kind: "set", name, value: expression, span }, file };
}

function analyzeOnce(
  source: NetworkSource,
  program: Program,
  onPhaseEnd: OnPhaseEnd,
): Outcome<Pick<AnalyzedNetwork, "architecture" | "root">> {
  const elaborated = elaborateNetwork(source, program.facts, program.options);
  onPhaseEnd("elaborate");
  const architecture = elaborated.value;
  if (!architecture) return { value: {}, diagnostics: elaborated.diagnostics };
  const { report, diagnostics, add } = createDiagnosticCollector();
  add(elaborated.diagnostics);
  const root = inferShapes(architecture, report, { shared: program.shapes });
  onPhaseEnd("infer");
  // Costs of a network with holes would be costs of another network. An untrue claim makes none: `width` outdates nearly all.
  const isSound = diagnostics.every(({ code, severity }) => severity !== "error" || isClaim(code));
  if (isSound && isComplete(root)) checkBudgets(architecture, root, report);
  onPhaseEnd("budgets");
  return { value: { architecture, root }, diagnostics };
}

/** The network as something that may be emitted: everything was asked, and no error was found. */
export function toChecked({
  architecture,
  root,
  withValue,
}: AnalyzedNetwork): CheckedArchitecture | undefined {
  if (!architecture || !root) return undefined;
  const confirmed = confirmOptions(architecture, withValue);
  // The one place where the brand is put on.
  return { architecture: confirmed, root } as CheckedArchitecture;
}
