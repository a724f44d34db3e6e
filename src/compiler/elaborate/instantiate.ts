/** Elaborates a module call: binds the arguments and elaborates the body, once for equal calls. */
import type { Report } from "../diagnostics/outcome.ts";
import type { CallNode, ModuleInstance } from "../ir/architecture.ts";
import type { Shape } from "../ir/dimension.ts";
import { joinPath } from "../ir/walk.ts";
import type { BoundModule } from "../names/bound-program.ts";
import type { Declaration } from "../names/resolution.ts";
import type { ValueDefinition } from "../ops/operator.ts";
import type { CallStep, Expression, Parameter } from "../syntax/ast.ts";
import { convertValue, type PlainAttribute } from "./convert-value.ts";
import { checkArguments } from "./declarations/check-arguments.ts";
import { elaborateBlock } from "./elaborate-statement.ts";
import type { Elaborated } from "./elaborated.ts";
import { evaluate } from "./evaluate.ts";
import { createNamer } from "./namer.ts";
import { OpenResult } from "./open-result.ts";
import { channelShape, type Elaboration, type Place, withDefaults } from "./place.ts";
import { rememberInstance } from "./remember-instance.ts";
import { declarationOf, type Scope, withValues } from "./scope.ts";
import { boundAxes, toShapePattern } from "./shape-pattern.ts";
import type { Entered } from "./shared-instances.ts";
import { formatValue, numberValue, type Value, valueKey } from "./value.ts";

/** The types that a parameter may be declared with, as attribute types. */
export const PARAMETER_TYPES: readonly string[] = [
  "int",
  "float",
  "bool",
  "size",
  "pad",
  "act",
  "norm",
];

export function elaborateCall(
  elaboration: Elaboration,
  step: CallStep,
  place: Place,
  input: Shape,
  given?: string,
): Elaborated {
  const result = new OpenResult(elaboration, place);
  const called = place.file.modules.get(step.module.text);
  const module = called && (elaboration.substitutions.get(called) ?? called);
  if (!module || elaboration.isBroken(module)) return result.hole(step.span, input);
  // The call was checked against the module that is written there.
  if (module !== called) checkArguments(step, module.declaration, result.report);
  const values = bindArguments(elaboration, step, module, place.scope, result);
  if (!values) return result.hole(step.span, input);
  const { site } = place;
  const name = given ?? place.namer.next(module.declaration.name.text);
  const entered = instantiate(
    elaboration,
    module,
    values,
    { ...place, path: joinPath(place.path, name) },
    input,
  );
  const { instance, output } = entered;
  result.add(entered, { name, site, shared: { from: entered.site, to: site } });
  const node: CallNode = { kind: "call", name, span: step.span, instance };
  return result.give([node], output);
}

function instantiate(
  elaboration: Elaboration,
  module: BoundModule,
  values: ReadonlyMap<Declaration, Value>,
  place: Place,
  input: Shape,
): Entered {
  const call = [
    ...[...values].map(([{ name }, value]) => `${name.text}=${valueKey(value)}`),
    place.dynamicDefaults.key,
    String(channelShape(input)),
    String(place.scope.trunk),
    JSON.stringify(place.widths),
  ].join("|");
  const enter = (): Entered => enterModule(elaboration, module, values, place, input);
  return rememberInstance(elaboration, module, call, place, input, enter);
}

function enterModule(
  elaboration: Elaboration,
  module: BoundModule,
  values: ReadonlyMap<Declaration, Value>,
  place: Place,
  input: Shape,
): Entered {
  const result = new OpenResult(elaboration, place);
  const { onStatic } = result;
  let readsSizes = false;
  const scope = moduleScope(elaboration, module, values, place, input, () => {
    readsSizes = true;
  });
  const inner = withDefaults(
    elaboration,
    { ...place, file: module.file, scope, namer: createNamer() },
    place.dynamicDefaults,
  );
  const { declaration } = module;
  const body = result.add(elaborateBlock(elaboration, declaration.body, inner, input));
  const { signature } = declaration;
  const taken = signature && toShapePattern(signature.input, scope, onStatic);
  const given = signature && toShapePattern(signature.output, scope, onStatic);
  const instance: ModuleInstance = {
    module: {
      name: declaration.name.text,
      span: declaration.name.span,
      ...(declaration.doc === undefined ? {} : { doc: declaration.doc }),
    },
    ...(taken && given ? { signature: { input: taken, output: given } } : {}),
    arguments: [...values].map(([{ name }, value]) => ({
      name: name.text,
      text: formatValue(value),
    })),
    body: { kind: "sequence", name: "", span: declaration.body.span, steps: body.nodes },
  };
  const facts = result.facts();
  const { output } = body;
  return {
    ...facts,
    readsSizes: facts.readsSizes || readsSizes,
    instance,
    output,
    site: place.site,
  };
}

/**
 * A module sees its parameters, its own file, and by the names of its signature the sizes that come in; `trunk` is that of
 * the residual it is used in.
 */
function moduleScope(
  elaboration: Elaboration,
  module: BoundModule,
  values: ReadonlyMap<Declaration, Value>,
  place: Place,
  input: Shape,
  onSizeRead: () => void,
): Scope {
  const own = withValues(elaboration.fileScope, values);
  const { trunk } = place.scope;
  const { signature } = module.declaration;
  if (!signature) return { ...own, trunk };
  const axes = boundAxes(signature.input, own.names);
  const rank = signature.input.dimensions.length;
  return {
    ...own,
    trunk,
    valueOf: (declaration, depth) => {
      const axis = axes.get(declaration);
      if (axis === undefined) return own.valueOf(declaration, depth);
      // Channels are followed always; heights and widths only where a module reads them.
      if (axis < rank - 1) onSizeRead();
      const size = rank === input.length ? input[axis] : undefined;
      return typeof size === "number" ? numberValue(size) : "failed";
    },
  };
}

/** Values for all parameters of the module, or nothing after an error. */
function bindArguments(
  elaboration: Elaboration,
  step: CallStep,
  module: BoundModule,
  callerScope: Scope,
  result: OpenResult,
): ReadonlyMap<Declaration, Value> | undefined {
  const { parameters, name } = module.declaration;
  const given = new Map<string, Expression>();
  const firstNamed = step.arguments.findIndex((argument) => argument.name !== undefined);
  step.arguments.forEach((argument, index) => {
    // A positional argument after a named one has no position.
    const position = firstNamed < 0 || index < firstNamed ? index : parameters.length;
    const parameter = argument.name?.text ?? parameters[position]?.name.text;
    if (parameter !== undefined) given.set(parameter, argument.value);
  });
  const values = new Map<Declaration, Value>();
  const scope = withValues(elaboration.fileScope, values);
  let isComplete = true;
  for (const parameter of parameters) {
    const argument = given.get(parameter.name.text);
    const expression = argument ?? parameter.default;
    const value = expression && evaluate(expression, argument ? callerScope : scope, result.report);
    const what = `\`${parameter.name.text}\` of \`${name.text}\``;
    const checked =
      value && expression && checkParameter(parameter, value, what, expression, result);
    if (checked) values.set(declarationOf(scope.names, parameter.name), checked);
    else isComplete = false;
  }
  return isComplete ? values : undefined;
}

function checkParameter(
  parameter: Parameter,
  value: Value,
  what: string,
  expression: Expression,
  { report, onStatic }: OpenResult,
): Value | undefined {
  const { value: checked, fixes } = conformToType(parameter, value, what, expression, report);
  if (fixes) value.dependsOn.forEach(onStatic);
  return checked;
}

/** The value as the parameter's declared type; `fixes` when it is no number, which only the compiler can use. */
export function conformToType(
  parameter: Parameter,
  value: Value,
  what: string,
  expression: Expression,
  report: Report,
): { readonly value: Value | undefined; readonly fixes: boolean } {
  const fixes = value.kind !== "number";
  const type = parameter.type?.text;
  if (type === undefined || !PARAMETER_TYPES.includes(type)) return { value, fixes };
  const definition = { type: type as ValueDefinition["type"], doc: "" };
  // Sizes of any number of sides may be passed on; where one is used decides how many it needs.
  if (type === "size" && value.kind === "size") return { value, fixes };
  const plain: PlainAttribute | undefined = convertValue(
    definition,
    value,
    what,
    expression.span,
    report,
  );
  return { value: plain === undefined ? undefined : value, fixes };
}
