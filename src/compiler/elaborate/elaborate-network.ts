/** Owns a network or variant → its Architecture: parameters, input, edits in order, body, budgets. */
import { suggest } from "../core/suggest.ts";
import { createDiagnosticCollector, type Outcome, type Report } from "../diagnostics/outcome.ts";
import type { Architecture, NetworkParameter } from "../ir/architecture.ts";
import { channelsOf, type Shape, UNKNOWN } from "../ir/dimension.ts";
import type { BoundFile, BoundModule, BoundProgram } from "../names/bound-program.ts";
import type { Edit, Expression, NetworkDeclaration } from "../syntax/ast.ts";
import { collectBudgets } from "./budgets.ts";
import { checkInteger, convertValue } from "./convert-value.ts";
import { type DefaultsLayer, evaluateDefaults, layDefaults, NO_DEFAULTS } from "./defaults.ts";
import { type EditPlan, type EditSurroundings, NO_EDITS, withEdit } from "./edit-plan.ts";
import { elaborateStatements } from "./elaborate-statement.ts";
import { elaborateStep } from "./elaborate-step.ts";
import { evaluate } from "./evaluate.ts";
import { conformToType } from "./instantiate.ts";
import { createNamer } from "./namer.ts";
import {
  type Elaboration,
  type ElaborationLimits,
  type KnownInstance,
  type Place,
  withDefaults,
} from "./place.ts";
import { evaluatePreprocess } from "./preprocess.ts";
import type { WidthEdit } from "./resolve-operator.ts";
import { letScope, type Scope, valueScope } from "./scope.ts";
import { describeValue, type Value } from "./value.ts";

/** An edit with the file that it is written in. */
export interface PlacedEdit {
  readonly edit: Edit;
  readonly file: BoundFile;
}

/** A network, or the network at the bottom of a variant together with all edits on the way up, in order. */
export interface NetworkSource {
  readonly name: string;
  readonly declaration: NetworkDeclaration;
  readonly file: BoundFile;
  readonly base?: string;
  readonly doc?: string;
  readonly span: Architecture["span"];
  readonly edits: readonly PlacedEdit[];
}

export interface ElaborateOptions {
  readonly limits: ElaborationLimits;
  readonly isBroken: (module: BoundModule) => boolean;
}

/** Files and modules keep their values and defaults between networks of one program. */
export interface FileFacts {
  readonly scope: (file: BoundFile) => Scope;
  readonly defaults: (file: BoundFile) => DefaultsLayer;
}

export function createFileFacts(program: BoundProgram, report: Report): FileFacts {
  const scopes = new Map<BoundFile, Scope>();
  const defaults = new Map<BoundFile, DefaultsLayer>();
  for (const file of program.files) {
    const scope = letScope([...file.lets.values()], report, valueScope(new Map()));
    scopes.set(file, scope);
    // No network parameter is in scope at the top of a file, so nothing can become static here.
    defaults.set(
      file,
      evaluateDefaults(file.tree.defaults, scope, report, () => {}),
    );
  }
  return {
    scope: (file) => scopes.get(file) ?? valueScope(new Map()),
    defaults: (file) => defaults.get(file) ?? NO_DEFAULTS,
  };
}

/** Elaborates a network. Gives nothing when not even its input is known. */
export function elaborateNetwork(
  source: NetworkSource,
  facts: FileFacts,
  options: ElaborateOptions,
): Outcome<Architecture | undefined> {
  const { report, diagnostics } = createDiagnosticCollector();
  const parameters = bindParameters(source, facts, report);
  if (!parameters) return { value: undefined, diagnostics };
  const scope = letScope(
    source.declaration.body.lets,
    report,
    valueScope(parameters, facts.scope(source.file)),
  );
  const editScope = (file: BoundFile): Scope => {
    const fileScope = facts.scope(file);
    return { lookup: (name) => scope.lookup(name) ?? fileScope.lookup(name) };
  };
  const staticParameters = new Set<string>();
  const input = resolveInput(source, scope, editScope, staticParameters, report);
  if (!input) return { value: undefined, diagnostics };

  const create = (plan: EditPlan, onReport: Report, searchPath?: string): Elaboration => ({
    elaborateStep,
    report: onReport,
    limits: options.limits,
    plan,
    substitutions: collectSubstitutions(source),
    isBroken: options.isBroken,
    networkFileDefaults: facts.defaults(source.file),
    fileDefaults: facts.defaults,
    fileScope: facts.scope,
    instances: new Map<string, KnownInstance>(),
    staticParameters,
    channelParameters: new Set(),
    usesTrunk: false,
    layers: 0,
    isFull: false,
    ...(searchPath === undefined ? {} : { search: { path: searchPath, found: new Map() } }),
  });
  const defaults = networkDefaults(source, scope, editScope, staticParameters, report);
  const widths = collectWidths(source, editScope, staticParameters, report);
  const run = (elaboration: Elaboration) => {
    const place: Place = withDefaults(
      elaboration,
      {
        file: source.file,
        scope,
        dynamicDefaults: defaults,
        defaults,
        widths: widths.from(0),
        trunk: undefined,
        namer: createNamer(),
        path: "",
        site: "",
        depth: 0,
      },
      defaults,
    );
    const start: Shape = [UNKNOWN, UNKNOWN, channelsOf(input.shape)];
    return elaborateStatements(elaboration, source.declaration.body.statements, place, start);
  };

  const plan = planEdits(source, widths, report, (soFar, path) => {
    const elaboration = create(soFar, () => {}, path);
    run(elaboration);
    return elaboration.search?.found ?? new Map();
  });
  const elaboration = create(plan, report);
  const { nodes } = run(elaboration);
  if (nodes.length === 0) {
    report("type/empty-network", source.span, { network: source.name });
  }
  if (elaboration.usesTrunk) {
    for (const parameter of elaboration.channelParameters) staticParameters.add(parameter);
  }
  const preprocess = evaluatePreprocess(
    [
      ...source.declaration.preprocess,
      ...source.edits.flatMap(({ edit }) => (edit.kind === "preprocess" ? [edit.preprocess] : [])),
    ],
    input.shape,
    scope,
    report,
  );
  const architecture: Architecture = {
    name: source.name,
    ...(source.doc === undefined ? {} : { doc: source.doc }),
    span: source.span,
    ...(source.base === undefined ? {} : { base: source.base }),
    input: input.shape,
    inputSpan: input.span,
    parameters: listParameters(source.declaration, parameters, staticParameters),
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

/** Values of all parameters: defaults, then `set` edits. */
function bindParameters(
  source: NetworkSource,
  facts: FileFacts,
  report: Report,
): ReadonlyMap<string, Value> | undefined {
  const { parameters } = source.declaration;
  const values = new Map<string, Value>();
  const given = new Map<string, { readonly expression: Expression; readonly file: BoundFile }>();
  const known = parameters.map((parameter) => parameter.name.text);
  const give = (
    name: string,
    span: Expression["span"],
    expression: Expression,
    file: BoundFile,
  ) => {
    if (known.includes(name)) given.set(name, { expression, file });
    else {
      const near = suggest(name, known);
      report("type/unknown-parameter", span, { name, network: source.name, near, known });
    }
  };
  for (const { edit, file } of source.edits) {
    if (edit.kind === "set") give(edit.name.text, edit.name.span, edit.value, file);
  }
  let isComplete = true;
  for (const parameter of parameters) {
    const name = parameter.name.text;
    const own = given.get(name);
    const expression = own?.expression ?? parameter.default;
    if (!expression) {
      report("type/parameter-without-value", parameter.name.span, { name, network: source.name });
      isComplete = false;
      continue;
    }
    const scope = valueScope(values, facts.scope(own?.file ?? source.file));
    const value = evaluate(expression, scope, report);
    const what = `\`${name}\` of \`${source.name}\``;
    const checked = value && conformToType(parameter, value, what, expression, report).value;
    if (checked) values.set(name, asParameter(name, checked));
    else isComplete = false;
  }
  return isComplete ? values : undefined;
}

/** From here on the value remembers that it is this parameter. */
function asParameter(name: string, value: Value): Value {
  const dependsOn = new Set([name]);
  if (value.kind !== "number") return { ...value, dependsOn };
  return { ...value, dependsOn, option: { kind: "parameter", name } };
}

function listParameters(
  declaration: NetworkDeclaration,
  values: ReadonlyMap<string, Value>,
  staticParameters: ReadonlySet<string>,
): readonly NetworkParameter[] {
  return declaration.parameters.flatMap((parameter) => {
    const name = parameter.name.text;
    const value = values.get(name);
    if (!value) return [];
    return [
      {
        name,
        type: parameterType(parameter.type?.text, value),
        value: value.value,
        isOption: value.kind === "number" && !staticParameters.has(name),
      },
    ];
  });
}

function parameterType(declared: string | undefined, value: Value): NetworkParameter["type"] {
  if (declared !== undefined) return declared as NetworkParameter["type"];
  switch (value.kind) {
    case "number":
      return Number.isInteger(value.value) ? "int" : "float";
    case "bool":
      return "bool";
    case "word":
      return "act";
    default:
      return "size";
  }
}

function resolveInput(
  source: NetworkSource,
  scope: Scope,
  editScope: (file: BoundFile) => Scope,
  staticParameters: Set<string>,
  report: Report,
): { readonly shape: Shape; readonly span: Architecture["span"] } | undefined {
  const own = source.declaration.inputs.map((input) => ({ input, in: scope }));
  const edited = source.edits.flatMap(({ edit, file }) =>
    edit.kind === "input" ? [{ input: edit.input, in: editScope(file) }] : [],
  );
  const last = [...own, ...edited].at(-1);
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
      },
    );
  }
  const { span } = last.input.size;
  const value = evaluate(last.input.size, last.in, report);
  if (!value) return undefined;
  for (const parameter of value.dependsOn) staticParameters.add(parameter);
  if (value.kind !== "size" || value.value.length !== 3) {
    report("type/mismatch", span, {
      what: "the input",
      expected: "height x width x channels such as `299x299x3`",
      found: describeValue(value),
    });
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
  return isGood ? { shape: value.value, span: last.input.span } : undefined;
}

function networkDefaults(
  source: NetworkSource,
  scope: Scope,
  editScope: (file: BoundFile) => Scope,
  staticParameters: Set<string>,
  report: Report,
): DefaultsLayer {
  const onStatic = (parameter: string): void => {
    staticParameters.add(parameter);
  };
  let layer = evaluateDefaults(source.declaration.body.defaults, scope, report, onStatic);
  for (const { edit, file } of source.edits) {
    if (edit.kind !== "defaults") continue;
    layer = layDefaults(
      layer,
      evaluateDefaults([edit.defaults], editScope(file), report, onStatic),
    );
  }
  return layer;
}

interface Widths {
  /** The width edits at or after an index of the edit list. */
  readonly from: (index: number) => readonly WidthEdit[];
}

function collectWidths(
  source: NetworkSource,
  editScope: (file: BoundFile) => Scope,
  staticParameters: Set<string>,
  report: Report,
): Widths {
  const widths: { readonly index: number; readonly width: WidthEdit }[] = [];
  source.edits.forEach(({ edit, file }, index) => {
    if (edit.kind !== "width") return;
    const value = evaluate(edit.factor, editScope(file), report);
    if (!value) return;
    for (const parameter of value.dependsOn) staticParameters.add(parameter);
    const definition = { type: "float", doc: "", min: 0.001, max: 1000 } as const;
    const factor = convertValue(
      definition,
      value,
      "the factor of `width`",
      edit.factor.span,
      report,
    );
    const multiple = edit.round ?? 8;
    if (multiple < 1) {
      report("type/out-of-range", edit.span, {
        what: "`round`",
        range: "at least 1",
        found: multiple,
      });
    } else if (typeof factor === "number") widths.push({ index, width: { factor, multiple } });
  });
  return {
    from: (start) => widths.filter(({ index }) => index >= start).map(({ width }) => width),
  };
}

function collectSubstitutions(source: NetworkSource): ReadonlyMap<BoundModule, BoundModule> {
  const substitutions = new Map<BoundModule, BoundModule>();
  for (const { edit, file } of source.edits) {
    if (edit.kind !== "use") continue;
    const replaced =
      file.modules.get(edit.replaced.text) ?? source.file.modules.get(edit.replaced.text);
    const replacement = file.modules.get(edit.replacement.text);
    if (!replaced || !replacement) continue;
    // What already stands for the replaced module, and the module itself, both give way.
    for (const [original, current] of substitutions) {
      if (current === replaced) substitutions.set(original, replacement);
    }
    substitutions.set(replaced, replacement);
  }
  return substitutions;
}

/** Finds the site of each structural edit in the network as the edits before it leave it. */
function planEdits(
  source: NetworkSource,
  widths: Widths,
  report: Report,
  search: (plan: EditPlan, path: string) => ReadonlyMap<string, string>,
): EditPlan {
  let plan = NO_EDITS;
  source.edits.forEach(({ edit, file }, index) => {
    if (edit.kind !== "replace" && edit.kind !== "insert" && edit.kind !== "remove") return;
    const found = search(plan, edit.path.text);
    const site = found.get(edit.path.text);
    if (site === undefined) {
      report("name/unknown-path", edit.path.span, {
        path: edit.path.text,
        network: source.base ?? source.name,
        near: suggest(edit.path.text, found.keys()),
      });
      return;
    }
    const surroundings: EditSurroundings = { file, widths: widths.from(index + 1) };
    plan = withEdit(plan, site, edit, surroundings);
  });
  return plan;
}
