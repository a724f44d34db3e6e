/** Elaborates one network or variant to an architecture: parameters, input, defaults, edits, then its statements. */
import { createDiagnosticCollector, type Outcome, type Report } from "../diagnostics/outcome.ts";
import type { Architecture } from "../ir/architecture.ts";
import { channelsOf, type Shape, UNKNOWN } from "../ir/dimension.ts";
import { collectBudgets } from "./budgets.ts";
import { checkInteger } from "./convert-value.ts";
import {
  createElaboration,
  type ElaborateOptions,
  type ElaborationSearch,
  type FileFacts,
  outermostPlace,
} from "./create-elaboration.ts";
import { type DefaultsLayer, evaluateDefaults, layDefaults } from "./defaults.ts";
import type { EditPlan } from "./edit-plan.ts";
import { elaborateStatements } from "./elaborate-statement.ts";
import { evaluate } from "./evaluate.ts";
import { withInputSizes } from "./input-sizes.ts";
import { letScope } from "./let-scope.ts";
import { bindParameters, listParameters } from "./network-parameters.ts";
import type { NetworkSource } from "./network-source.ts";
import { type Elaboration, withDefaults } from "./place.ts";
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
  let areRead = false;
  const onRead = (): void => {
    areRead = true;
  };
  const withoutSizes = elaborateOnce(source, facts, options, picture, { areKnown: false, onRead });
  if (!areRead) return withoutSizes;
  const { value, diagnostics } = elaborateOnce(source, facts, options, picture, {
    areKnown: true,
    onRead,
  });
  return { value: value && { ...value, readsSizes: true }, diagnostics };
}

function elaborateOnce(
  source: NetworkSource,
  facts: FileFacts,
  options: ElaborateOptions,
  picture: readonly [height: number, width: number] | undefined,
  sizes: { readonly areKnown: boolean; readonly onRead: () => void },
): Outcome<Architecture | undefined> {
  const { report, diagnostics } = createDiagnosticCollector();
  const parameters = bindParameters(source, facts, report);
  if (!parameters) return { value: undefined, diagnostics };
  let start: Shape | undefined;
  let isReadEarly = false;
  const shape = (): Shape | undefined => {
    if (!start) isReadEarly = true;
    return start;
  };
  const scope = letScope(
    source.declaration.body.lets,
    report,
    withInputSizes(
      source.declaration,
      { onRead: sizes.onRead, shape },
      withValues(facts.scope, parameters),
    ),
  );
  const staticParameters = new Set<string>();
  const input = resolveInput(source, scope, staticParameters, report);
  if (!input) {
    const { span, text } = source.declaration.inputs[0]?.names[0] ?? source.declaration.name;
    if (isReadEarly) report("name/cyclic-value", span, { cycle: ["input", text, "input"] });
    return { value: undefined, diagnostics };
  }
  const [height = UNKNOWN, width = UNKNOWN] = sizes.areKnown ? (picture ?? input.shape) : [];
  const given: Shape = [height, width, channelsOf(input.shape)];
  start = given;

  const create = (plan: EditPlan, onReport: Report, search?: ElaborationSearch): Elaboration =>
    createElaboration({
      report: onReport,
      options,
      facts,
      file: source.file,
      networkScope: scope,
      plan,
      substitutions: collectSubstitutions(source),
      staticParameters,
      sizes,
      ...(search ? { search } : {}),
    });
  const defaults = networkDefaults(source, scope, staticParameters, report);
  const widths = collectWidths(source, scope, staticParameters, report);
  const run = (elaboration: Elaboration) => {
    const outside = outermostPlace(source.file, scope, defaults, widths.from(0));
    const place = withDefaults(elaboration, outside, defaults);
    return elaborateStatements(elaboration, source.declaration.body.statements, place, given);
  };

  const plan = planEdits(source, widths, options.limits.layers, report, (soFar, search) => {
    const elaboration = create(soFar, () => {}, search);
    run(elaboration);
    return { found: elaboration.search?.found ?? new Map(), steps: elaboration.steps };
  });
  const elaboration = create(plan, report);
  const { nodes } = run(elaboration);
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
  return { value: architecture, diagnostics };
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
