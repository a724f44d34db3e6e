/** Binds the parameters of a network to values and lists those that generated code may take at run time. */
import type { Span } from "../core/span.ts";
import { suggest } from "../core/suggest.ts";
import type { Report } from "../diagnostics/outcome.ts";
import type { NetworkParameter } from "../ir/architecture.ts";
import type { Declaration, Names } from "../names/resolution.ts";
import type { Expression, NetworkDeclaration } from "../syntax/ast.ts";
import type { FileFacts } from "./create-elaboration.ts";
import { evaluate } from "./evaluate.ts";
import { conformToType } from "./instantiate.ts";
import type { NetworkSource } from "./network-source.ts";
import { declarationOf, withValues } from "./scope.ts";
import type { Value } from "./value.ts";

/** Values of all parameters: defaults, then `set` edits. */
export function bindParameters(
  source: NetworkSource,
  facts: FileFacts,
  report: Report,
): ReadonlyMap<Declaration, Value> | undefined {
  const { parameters } = source.declaration;
  const values = new Map<Declaration, Value>();
  const scope = withValues(facts.scope, values);
  const given = new Map<string, Expression>();
  const known = parameters.map((parameter) => parameter.name.text);
  const give = (name: string, span: Span, expression: Expression) => {
    if (known.includes(name)) given.set(name, expression);
    else {
      const near = suggest(name, known);
      const network = source.declaration.name.text;
      report("type/unknown-parameter", span, { name, network, near, known });
    }
  };
  for (const { edit } of source.edits) {
    if (edit.kind === "set") give(edit.name.text, edit.name.span, edit.value);
  }
  let isComplete = true;
  for (const parameter of parameters) {
    const name = parameter.name.text;
    const expression = given.get(name) ?? parameter.default;
    if (!expression) {
      report("type/parameter-without-value", parameter.name.span, { name, network: source.name });
      isComplete = false;
      continue;
    }
    const value = evaluate(expression, scope, report);
    const what = `\`${name}\` of \`${source.name}\``;
    const checked = value && conformToType(parameter, value, what, expression, report).value;
    if (checked) {
      values.set(declarationOf(scope.names, parameter.name), asParameter(name, checked));
    } else isComplete = false;
  }
  return isComplete ? values : undefined;
}

/** From here on the value records that it comes from this parameter. */
function asParameter(name: string, value: Value): Value {
  const dependsOn = new Set([name]);
  if (value.kind !== "number") return { ...value, dependsOn };
  return { ...value, dependsOn, option: { kind: "parameter", name } };
}

export function listParameters(
  declaration: NetworkDeclaration,
  values: ReadonlyMap<Declaration, Value>,
  names: Names,
  staticParameters: ReadonlySet<string>,
): readonly NetworkParameter[] {
  return declaration.parameters.flatMap((parameter) => {
    const name = parameter.name.text;
    const value = values.get(declarationOf(names, parameter.name));
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
