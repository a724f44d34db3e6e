/** Evaluates `defaults` declarations; they have dynamic scope, and the innermost wins. */
import { unreachable } from "../core/assert.ts";
import type { Report } from "../diagnostics/outcome.ts";
import type { AttributeValue, Norm } from "../ir/attributes.ts";
import type { OperatorDefinition } from "../ops/operator.ts";
import { findOperator, normCalled } from "../ops/registry.ts";
import type { DefaultsDeclaration } from "../syntax/ast.ts";
import { convertValue, type PlainAttribute } from "./convert-value.ts";
import { evaluate } from "./evaluate.ts";
import type { Scope } from "./scope.ts";

/** Operator → attribute → value. Immutable; equal keys mean equal contents. */
export interface DefaultsLayer {
  readonly key: string;
  readonly values: ReadonlyMap<string, ReadonlyMap<string, PlainAttribute>>;
}

export const NO_DEFAULTS: DefaultsLayer = { key: "", values: new Map() };

/** `onStatic` is called with the network parameters that a default depends on: they are then fixed at compile time. */
export function evaluateDefaults(
  declarations: readonly DefaultsDeclaration[],
  scope: Scope,
  report: Report,
  onStatic: (parameter: string) => void,
): DefaultsLayer {
  if (declarations.length === 0) return NO_DEFAULTS;
  const values = new Map<string, Map<string, PlainAttribute>>();
  for (const { operator, attributes } of declarations) {
    const definition = findOperator(operator.text);
    if (!definition) continue;
    const own = values.get(operator.text) ?? new Map<string, PlainAttribute>();
    values.set(operator.text, own);
    for (const attribute of attributes) {
      const attributeDefinition = definition.attributes[attribute.name.text];
      if (!attributeDefinition) continue;
      const value = evaluate(attribute.value, scope, report);
      if (!value) continue;
      value.dependsOn.forEach(onStatic);
      const what = `\`${attribute.name.text}\` of \`${operator.text}\``;
      const plain = convertValue(attributeDefinition, value, what, attribute.value.span, report);
      if (plain !== undefined) own.set(attribute.name.text, plain);
    }
  }
  return withKey(values);
}

/** `inner` over `outer`. */
export function layDefaults(outer: DefaultsLayer, inner: DefaultsLayer): DefaultsLayer {
  if (inner === NO_DEFAULTS || inner.key === outer.key) return outer;
  if (outer === NO_DEFAULTS) return inner;
  const values = new Map(outer.values);
  for (const [operator, own] of inner.values) {
    values.set(operator, new Map([...(outer.values.get(operator) ?? []), ...own]));
  }
  return withKey(values);
}

function withKey(values: ReadonlyMap<string, ReadonlyMap<string, PlainAttribute>>): DefaultsLayer {
  const sorted = [...values]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([operator, own]) => [operator, [...own].sort(([a], [b]) => (a < b ? -1 : 1))]);
  return { key: JSON.stringify(sorted), values };
}

/** The normalization that a word of `norm=` means under these defaults; nothing for a word that is none. */
export function normOf(word: AttributeValue, defaults: DefaultsLayer): Norm | undefined {
  const operator = typeof word === "string" ? normCalled(word) : undefined;
  if (!operator?.norm) return undefined;
  const own = defaults.values.get(operator.name);
  const language: OperatorDefinition["attributes"] = operator.attributes;
  const pick = (name: string): unknown => own?.get(name) ?? language[name]?.default;
  const common = {
    eps: Number(pick("eps")),
    gamma: Boolean(pick("gamma")),
    beta: Boolean(pick("beta")),
  };
  switch (operator.norm) {
    case "batch": {
      const { eps, ...affine } = common;
      return { kind: operator.norm, eps, momentum: Number(pick("momentum")), ...affine };
    }
    case "layer":
      return { kind: operator.norm, ...common };
    case "group":
      return { kind: operator.norm, groups: Number(pick("groups")), ...common };
    default:
      return unreachable(operator.norm);
  }
}
