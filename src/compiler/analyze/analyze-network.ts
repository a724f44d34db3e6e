/** Reports what the phases find in one network: the faults of a variant at its edits, and those of a small input as one. */
import type { ElaborateAt, Resizable } from "../check/infer-at-size.ts";
import type { Outcome } from "../diagnostics/outcome.ts";
import type { NetworkSource, PlacedEdit } from "../elaborate/network-source.ts";
import type { Architecture } from "../ir/architecture.ts";
import type { CheckedArchitecture, ShapedNode } from "../ir/shaped.ts";
import type { Expression } from "../syntax/ast.ts";
import { blameEdits, isClaim } from "./blame-edits.ts";
import { confirmOptions, type WithValue } from "./confirm-options.ts";
import { explainSmallInput } from "./explain-small-input.ts";

/** The partial result for a network with errors. */
export interface ShapedNetwork {
  readonly architecture?: Architecture;
  readonly root?: ShapedNode;
  /** Present where the architecture depends on the size of the picture. */
  readonly elaborateAt?: ElaborateAt;
}

export interface AnalyzedNetwork extends ShapedNetwork {
  /** The architecture with another value of one parameter, or nothing where it has errors then. */
  readonly withValue: WithValue;
}

/** `shape` runs the phases on the network with the given edits. Never throws for a user's mistake. */
export function analyzeNetwork(
  source: NetworkSource,
  shape: (source: NetworkSource) => Outcome<ShapedNetwork>,
): Outcome<AnalyzedNetwork> {
  const shapeWith = (edits: NetworkSource["edits"]) => shape({ ...source, edits });
  const { value, diagnostics } = shape(source);
  const blamed = blameEdits(source, diagnostics, (edits) => shapeWith(edits).diagnostics);
  const withValue: WithValue = (parameter, other) => {
    const again = shapeWith([...source.edits, setEdit(parameter, other, source)]);
    // What the author states of one network, its shapes and its budget, need not hold for another.
    const isBroken = again.diagnostics.some(
      ({ code, severity }) => severity === "error" && !isClaim(code) && code !== "budget/exceeded",
    );
    return isBroken ? undefined : again.value.architecture;
  };
  const edits = source.edits.map(({ edit }) => edit);
  const { architecture } = value;
  const explained = architecture
    ? explainSmallInput({ ...value, architecture }, edits, blamed)
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

/** A checked network, and how it is elaborated for another size of picture. */
export type CheckedNetwork = CheckedArchitecture & Resizable;

/** The network as a checked architecture: all checks ran and found no error. */
export function toChecked({
  architecture,
  root,
  elaborateAt,
  withValue,
}: AnalyzedNetwork): CheckedNetwork | undefined {
  if (!architecture || !root) return undefined;
  const confirmed = confirmOptions(architecture, withValue);
  // The one place where the brand is put on.
  const resizing = elaborateAt ? { elaborateAt } : {};
  return { architecture: confirmed, root, ...resizing } as CheckedNetwork;
}
