/** Elaborates one network or variant to an architecture: parameters, input, defaults, edits, then its statements. */
import { createDiagnosticCollector, type Outcome, type Report } from "../diagnostics/outcome.ts";
import type { Architecture } from "../ir/architecture.ts";
import { channelsOf, type Shape, UNKNOWN } from "../ir/dimension.ts";
import { collectBudgets } from "./budgets.ts";
import { checkInteger } from "./convert-value.ts";
import {
  createElaboration,
  type ElaborateOptions,
  type FileFacts,
  outermostPlace,
} from "./create-elaboration.ts";
import { type DefaultsLayer, evaluateDefaults, layDefaults } from "./defaults.ts";
import type { EditPlan } from "./edit-plan.ts";
import { elaborateStatements } from "./elaborate-statement.ts";
import type { Elaborated } from "./elaborated.ts";
import { evaluate } from "./evaluate.ts";
import { type InputSizes, withInputSizes } from "./input-sizes.ts";
import { letScope } from "./let-scope.ts";
import { bindParameters, listParameters } from "./network-parameters.ts";
import type { NetworkSource } from "./network-source.ts";
import { withDefaults } from "./place.ts";
import { evaluatePreprocess } from "./preprocess.ts";
import { type Scope, withValues } from "./scope.ts";
import { describeValue, formatValue } from "./value.ts";
import { collectSubstitutions, collectWidths, planEdits } from "./variant-edits.ts";

/**
 * Elaborates a network, for the input that it declares or for a picture of another size. Gives nothing when not even its
 * input is known.
 */
export function elaborateNetwork(
  source: NetworkSource,
  facts: FileFacts,
  options: ElaborateOptions,
  picture?: readonly [height: number, width: number],
): Outcome<Architecture | undefined> {
  const { readsSizes, ...withoutSizes } = elaborateOnce(source, facts, options, picture, false);
  if (!readsSizes) return withoutSizes;
  const { value, diagnostics } = elaborateOnce(source, facts, options, picture, true);
  return { value: value && { ...value, readsSizes: true }, diagnostics };
}

/** The architecture, and whether anything in the network read a height or width, also before all edits were applied. */
interface ElaboratedNetwork extends Outcome<Architecture | undefined> {
  readonly readsSizes: boolean;
}

function elaborateOnce(
  source: NetworkSource,
  facts: FileFacts,
  options: ElaborateOptions,
  picture: readonly [height: number, width: number] | undefined,
  hasSizes: boolean,
): ElaboratedNetwork {
  const { report, diagnostics } = createDiagnosticCollector();
  const parameters = bindParameters(source, facts, report);
  if (!parameters) return { value: undefined, diagnostics, readsSizes: false };
  let start: Shape | undefined;
  let readsSizes = false;
  let isReadEarly = false;
  const inputSizes: InputSizes = {
    onRead: () => {
      readsSizes = true;
    },
    shape: () => {
      if (!start) isReadEarly = true;
      return start;
    },
  };
  const scope = letScope(
    source.declaration.body.lets,
    report,
    withInputSizes(source.declaration, inputSizes, withValues(facts.scope, parameters)),
  );
  const staticParameters = new Set<string>();
  const input = resolveInput(source, scope, staticParameters, report);
  if (!input) {
    const { span, text } = source.declaration.inputs[0]?.names[0] ?? source.declaration.name;
    if (isReadEarly) report("name/cyclic-value", span, { cycle: ["input", text, "input"] });
    return { value: undefined, diagnostics, readsSizes };
  }
  const [height = UNKNOWN, width = UNKNOWN] = hasSizes ? (picture ?? input.shape) : [];
  const given: Shape = [height, width, channelsOf(input.shape)];
  start = given;
  const defaults = networkDefaults(source, scope, staticParameters, report);
  const widths = collectWidths(source, scope, staticParameters, report);
  const substitutions = collectSubstitutions(source);
  const elaborate = (plan: EditPlan, onReport: Report): Elaborated => {
    const elaboration = createElaboration({
      report: onReport,
      options,
      facts,
      file: source.file,
      networkScope: scope,
      plan,
      substitutions,
      hasSizes,
    });
    const outside = outermostPlace(elaboration, source.file, scope, defaults, widths.from(0));
    const place = withDefaults(elaboration, outside, defaults);
    const { statements } = source.declaration.body;
    const elaborated = elaborateStatements(elaboration, statements, place, given);
    readsSizes ||= elaborated.readsSizes;
    for (const parameter of elaborated.staticParameters) staticParameters.add(parameter);
    return elaborated;
  };
  const plan = planEdits(source, widths, options.limits.layers, report, (soFar) =>
    elaborate(soFar, () => {}),
  );
  const { nodes } = elaborate(plan, report);
  if (nodes.length === 0) {
    report("type/empty-network", source.span, { network: source.name });
  }
  const preprocess = evaluatePreprocess(
    [
      ...source.declaration.preprocess,
      ...source.edits.flatMap(({ edit }) => (edit.kind === "preprocess" ? [edit.preprocess] : [])),
    ],
    scope,
    input.shape,
    report,
  );
  const architecture: Architecture = {
    name: source.name,
    ...(source.doc === undefined ? {} : { doc: source.doc }),
    span: source.span,
    ...(source.base === undefined ? {} : { base: source.base }),
    input: input.shape,
    inputSpan: input.span,
    parameters: listParameters(source.declaration, parameters, scope.names, staticParameters),
    ...(preprocess ? { preprocess } : {}),
    budgets: collectBudgets(
      source.declaration.budgets,
      source.edits.flatMap(({ edit }) => (edit.kind === "budget" ? [edit.budget] : [])),
      report,
    ),
    body: { kind: "sequence", name: "", span: source.declaration.body.span, steps: nodes },
  };
  return { value: architecture, diagnostics, readsSizes };
}

function resolveInput(
  source: NetworkSource,
  scope: Scope,
  staticParameters: Set<string>,
  report: Report,
): { readonly shape: Shape; readonly span: Architecture["span"] } | undefined {
  const edited = source.edits.flatMap(({ edit }) => (edit.kind === "input" ? [edit.input] : []));
  const last = [...source.declaration.inputs, ...edited].at(-1);
  if (!last) {
    report("type/no-input", source.declaration.name.span, { network: source.name });
    return undefined;
  }
  const [first, second] = source.declaration.inputs;
  if (first && second) {
    report(
      "name/duplicate",
      second.span,
      { name: "input", what: "the" },
      {
        related: [{ span: first.span, message: "first declared here" }],
        help: "keep one of them: a network has one input",
      },
    );
  }
  const { span } = last.size;
  const value = evaluate(last.size, scope, report);
  if (!value) return undefined;
  for (const parameter of value.dependsOn) staticParameters.add(parameter);
  if (value.kind !== "size" || value.value.length !== 3) {
    const expected = "height x width x channels such as `299x299x3`";
    const parameters = { what: "the input", expected, found: describeValue(value) };
    const isPair = value.kind === "size" && value.value.length === 2;
    const help = isPair
      ? `add the channels, 3 for colour or 1 for grey: \`${formatValue(value)}x3\``
      : "write `input 299x299x3`";
    report("type/mismatch", span, parameters, { help });
    return undefined;
  }
  const isGood = value.value.every((side) => {
    if (!checkInteger(side, "each side of the input", span, report)) return false;
    if (side >= 1) return true;
    report("type/out-of-range", span, {
      what: "each side of the input",
      range: "at least 1",
      found: side,
    });
    return false;
  });
  return isGood ? { shape: value.value, span: last.span } : undefined;
}

function networkDefaults(
  source: NetworkSource,
  scope: Scope,
  staticParameters: Set<string>,
  report: Report,
): DefaultsLayer {
  const onStatic = (parameter: string): void => {
    staticParameters.add(parameter);
  };
  let layer = evaluateDefaults(source.declaration.body.defaults, scope, report, onStatic);
  for (const { edit } of source.edits) {
    if (edit.kind !== "defaults") continue;
    layer = layDefaults(layer, evaluateDefaults([edit.defaults], scope, report, onStatic));
  }
  return layer;
}
