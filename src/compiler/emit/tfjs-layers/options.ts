/**
 * Generates the factory's options from the network parameters: the interface, the defaults and the checks of values.
 */
import { assert } from "../../core/assert.ts";
import type { Architecture, NetworkParameter } from "../../ir/architecture.ts";
import { type OptionExpression, parametersIn } from "../../ir/option-expression.ts";
import type { ShapedNode } from "../../ir/shaped.ts";
import { visitOnce } from "../../ir/visit-once.ts";
import type { ValueDefinition } from "../../ops/operator.ts";
import { operatorNamed } from "../../ops/registry.ts";
import { RESIDUAL_ATTRIBUTES } from "../../ops/residual-attributes.ts";
import type { InterfaceCode } from "./code.ts";
import type { IdentifierNamer } from "./identifiers.ts";
import { BODY_WIDTH, indent, layOutCall } from "./layout.ts";
import { numberLiteral, stringLiteral } from "./literals.ts";
import { optionText } from "./option-text.ts";

/** What a number must be; absent bounds do not hold. */
interface Range {
  readonly whole: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly below?: number;
}

/** A network parameter as an option. */
export interface FactoryOption {
  /** Its name for users of the factory. */
  readonly key: string;
  /** The variable that holds it. */
  readonly identifier: string;
  readonly parameter: NetworkParameter;
}

export interface FactoryOptions {
  readonly options: readonly FactoryOption[];
  readonly seedKey: string;
  readonly seed: string;
  /** The variable that holds a parameter; its value where it is no option. */
  readonly identifierOf: (parameter: string) => string;
  readonly isOption: (parameter: string) => boolean;
}

/** Names that every object has: a default would never be used for an option of that name. */
const OBJECT_KEYS: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

export function nameOptions({ parameters }: Architecture, namer: IdentifierNamer): FactoryOptions {
  const options = parameters
    .filter(({ isOption }) => isOption)
    .map((parameter): FactoryOption => {
      const { name } = parameter;
      return {
        key: OBJECT_KEYS.has(name) ? `${name}Option` : name,
        identifier: namer.claim(name),
        parameter,
      };
    });
  const keys = new Set(options.map(({ key }) => key));
  const seedKey = keys.has("seed") ? "initialSeed" : "seed";
  const isOption = new Set(options.map(({ parameter }) => parameter.name));
  const identifiers = new Map([
    ...parameters.map(({ name, value }) => [name, String(value)] as const),
    ...options.map(({ parameter, identifier }) => [parameter.name, identifier] as const),
  ]);
  return {
    options,
    seedKey,
    seed: namer.claim(seedKey),
    identifierOf: (parameter) => {
      const identifier = identifiers.get(parameter);
      assert(identifier !== undefined, `\`${parameter}\` is a parameter of the network`);
      return identifier;
    },
    isOption: (parameter) => isOption.has(parameter),
  };
}

export function optionsInterface(
  name: string,
  factory: string,
  { options, seedKey }: FactoryOptions,
): InterfaceCode {
  const own = options.map(({ key, parameter }) => ({
    name: key,
    type: "number",
    isOptional: true,
    isReadonly: true,
    doc: `\`${parameter.name}\` of the network. Default: ${numberLiteral(Number(parameter.value))}.`,
  }));
  const seed = {
    name: seedKey,
    type: "number",
    isOptional: true,
    isReadonly: true,
    doc: "Seed of the initial weights, a whole number; equal seeds give equal weights. Default: 0.",
  };
  return {
    kind: "interface",
    name,
    doc: `Options of {@link ${factory}}.`,
    isExported: true,
    properties: [...own, seed],
  };
}

/** The first lines of the factory: the options with their defaults, and the checks. */
export function readOptions(
  factoryOptions: FactoryOptions,
  root: ShapedNode,
  requireNumber: string,
): readonly string[] {
  const { options, seedKey, seed } = factoryOptions;
  const bindings = [
    ...options.map(({ key, identifier, parameter }) =>
      binding(key, identifier, numberLiteral(Number(parameter.value))),
    ),
    binding(seedKey, seed, "0"),
  ];
  const checks = [
    ...collectRanges(factoryOptions, root),
    { what: seedKey, text: seed, range: { whole: true } },
  ];
  return [
    ...layOutBindings(bindings),
    ...checks.flatMap(({ what, text, range }) =>
      layOutCall(
        requireNumber,
        [stringLiteral(what), text, { properties: rangeProperties(range) }],
        ";",
        BODY_WIDTH,
      ),
    ),
  ];
}

function layOutBindings(bindings: readonly string[]): readonly string[] {
  const pattern = `const { ${bindings.join(", ")} } =`;
  if (`${pattern} options;`.length <= BODY_WIDTH) return [`${pattern} options;`];
  if (pattern.length <= BODY_WIDTH) return [pattern, ...indent(["options;"])];
  return ["const {", ...indent(bindings.map((one) => `${one},`)), "} = options;"];
}

function binding(key: string, identifier: string, fallback: string): string {
  return `${key === identifier ? key : `${key}: ${identifier}`} = ${fallback}`;
}

interface Check {
  readonly what: string;
  readonly text: string;
  readonly range: Range;
}

/** One check for each option and for each number computed from options, as narrow as all uses together ask. */
function collectRanges(
  { options, identifierOf, isOption }: FactoryOptions,
  root: ShapedNode,
): readonly Check[] {
  const checks = new Map<string, Check>();
  const require = (what: string, text: string, range: Range): void => {
    const known = checks.get(text);
    checks.set(text, { what: known?.what ?? what, text, range: narrow(known?.range, range) });
  };
  const keys = new Map(options.map(({ key, parameter }) => [parameter.name, key]));
  for (const { key, identifier, parameter } of options) {
    require(key, identifier, { whole: parameter.type === "int" });
  }
  const visit = (expression: OptionExpression, range: Range): void => {
    if (!parametersIn(expression).some(isOption)) return;
    const shown = optionText(
      expression,
      (parameter) => keys.get(parameter) ?? identifierOf(parameter),
    );
    require(shown, optionText(expression, identifierOf), range);
  };
  visitOnce(root, ({ node }) => {
    if (node.kind === "residual") {
      const { scale, drop } = RESIDUAL_ATTRIBUTES;
      if (node.scaleOption) visit(node.scaleOption, rangeOf(scale));
      if (node.dropOption) visit(node.dropOption, rangeOf(drop));
    }
    if (node.kind !== "operator") return;
    for (const [attribute, expression] of Object.entries(node.options)) {
      visit(expression, rangeOf(operatorNamed(node.operator).attributes[attribute]));
    }
  });
  return [...checks.values()];
}

function rangeOf(definition: ValueDefinition = { type: "float", doc: "" }): Range {
  const { type, min, max, maxExclusive } = definition;
  return {
    whole: type === "int",
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : maxExclusive ? { below: max } : { max }),
  };
}

function narrow(known: Range | undefined, range: Range): Range {
  if (!known) return range;
  const of = (
    key: "min" | "max" | "below",
    choose: (...bounds: readonly number[]) => number,
  ): Partial<Range> => {
    const bounds = [known[key], range[key]].filter((bound) => bound !== undefined);
    return bounds.length === 0 ? {} : { [key]: choose(...bounds) };
  };
  return {
    whole: known.whole || range.whole,
    ...of("min", Math.max),
    ...of("max", Math.min),
    ...of("below", Math.min),
  };
}

function rangeProperties({ whole, min, max, below }: Range) {
  const bounds = { min, max, below };
  return [
    ...(whole ? [{ name: "whole", value: "true" }] : []),
    ...Object.entries(bounds).flatMap(([name, value]) =>
      value === undefined ? [] : [{ name, value: numberLiteral(value) }],
    ),
  ];
}
