/**
 * Decides which functions the modules of a network become.
 *
 * Instances of a module that differ only in numbers share a function if each number that differs is an argument of the
 * module, a multiple or a fraction of one, or the channels of the trunk.
 */

import { assert } from "../../core/assert.ts";
import type { ModuleFacts, ModuleInstance, Node } from "../../ir/architecture.ts";
import { childrenOf } from "../../ir/children-of.ts";
import type { ShapedNode } from "../../ir/shaped.ts";
import { visitOnce } from "../../ir/visit-once.ts";
import {
  createDescriber,
  type Describe,
  type DescribedCall,
  type Description,
} from "./describe.ts";
import { camelCase, capitalized, type IdentifierNamer } from "./identifiers.ts";
import { layerCallsOf, type Slot } from "./layer-call.ts";

/** A number that differs between the instances of a function: how it is computed from one of the parameters. */
export type SlotSource =
  | { readonly kind: "trunk" }
  | {
      readonly kind: "parameter";
      readonly name: string;
      readonly operator: "" | "*" | "/";
      readonly factor: number;
    };

export interface ModuleFunction {
  readonly id: number;
  readonly module: ModuleFacts;
  /** In the order of their first use. */
  readonly instances: readonly ModuleInstance[];
  /** The module's body in every place where it has another shape; the first stands for all that is equal in them. */
  readonly uses: readonly ShapedNode[];
  /** Arguments of the module that a call has to give. */
  readonly parameters: readonly string[];
  /** By the index of the slot in the body. */
  readonly sources: ReadonlyMap<number, SlotSource>;
  readonly body: Description;
}

export interface ModuleFunctions {
  /** In the order of their first use; a module without a layer becomes none, and nothing calls it. */
  readonly functions: readonly ModuleFunction[];
  functionOf(instance: ModuleInstance): ModuleFunction;
  nameOf(moduleFunction: ModuleFunction): string;
  /** The identifiers of the function's own scope. */
  localsOf(moduleFunction: ModuleFunction): IdentifierNamer;
  /** What the function calls a parameter, which is also what a call gives it by. */
  parameterOf(moduleFunction: ModuleFunction, name: string): string;
  argumentsOf(instance: ModuleInstance): readonly Slot[];
  readonly describe: Describe;
}

export function planModuleFunctions(root: ShapedNode, namer: IdentifierNamer): ModuleFunctions {
  const uses = collectUses(root);
  const order = new Map([...uses.keys()].map((instance, index) => [instance, index]));
  const functions: ModuleFunction[] = [];
  const byInstance = new Map<ModuleInstance, ModuleFunction>();

  const functionOf = (instance: ModuleInstance): ModuleFunction => {
    const found = byInstance.get(instance);
    assert(found, `\`${instance.module.name}\` was planned before it is called`);
    return found;
  };
  const argumentsOf = (instance: ModuleInstance): readonly Slot[] =>
    functionOf(instance).parameters.map((name) => ({ value: argumentOf(instance, name) }));
  const callOf = (instance: ModuleInstance): DescribedCall => {
    const { id, body } = functionOf(instance);
    return { functionId: id, arguments: argumentsOf(instance), body };
  };
  const operators = collectOperators(root);
  const describe = createDescriber(callOf, (node) => {
    const shaped = operators.get(node);
    assert(shaped, `the operator \`${node.operator}\` is used`);
    return layerCallsOf(shaped);
  });

  for (const level of byHeight([...uses.keys()])) {
    for (const alike of groupBy(level, (instance) => lookOf(instance, describe))) {
      for (const { instances, parameters, sources } of nameSlots(alike, describe)) {
        const [first] = instances;
        assert(first, "a group has a member");
        const moduleFunction: ModuleFunction = {
          id: functions.length,
          module: first.module,
          instances,
          uses: [...new Set(instances.flatMap((instance) => [...(uses.get(instance) ?? [])]))],
          parameters,
          sources,
          body: describe(first.body),
        };
        functions.push(moduleFunction);
        for (const instance of instances) byInstance.set(instance, moduleFunction);
      }
    }
  }

  const firstUse = ({ instances: [first] }: ModuleFunction): number =>
    (first && order.get(first)) ?? 0;
  const ordered = functions
    .filter(({ body }) => !body.isEmpty)
    .toSorted((a, b) => firstUse(a) - firstUse(b));
  const names = nameFunctions(ordered, namer);
  const scopes = new Map(
    ordered.map((one) => {
      const locals = namer.enter();
      const parameters = new Map(one.parameters.map((name) => [name, locals.claim(name)]));
      return [one, { locals, parameters }];
    }),
  );
  const scopeOf = (one: ModuleFunction) => {
    const scope = scopes.get(one);
    assert(scope, `\`${one.module.name}\` has a scope`);
    return scope;
  };
  return {
    functions: ordered,
    functionOf,
    argumentsOf,
    describe,
    localsOf: (moduleFunction) => scopeOf(moduleFunction).locals,
    parameterOf: (moduleFunction, name) => scopeOf(moduleFunction).parameters.get(name) ?? name,
    nameOf: (moduleFunction) => names.get(moduleFunction) ?? "",
  };
}

/** Module instances in the order of their first use, each with its body in every shape. */
function collectUses(root: ShapedNode): ReadonlyMap<ModuleInstance, Set<ShapedNode>> {
  const uses = new Map<ModuleInstance, Set<ShapedNode>>();
  visitOnce(root, ({ node, children: [body] }) => {
    if (node.kind !== "call" || !body) return;
    const known = uses.get(node.instance);
    if (known) known.add(body);
    else uses.set(node.instance, new Set([body]));
  });
  return uses;
}

/** Every operator in one of its uses: which layer functions it calls is the same in all of them. */
function collectOperators(root: ShapedNode): ReadonlyMap<Node, ShapedNode> {
  const operators = new Map<Node, ShapedNode>();
  visitOnce(root, (shaped) => {
    if (shaped.node.kind === "operator") operators.set(shaped.node, shaped);
  });
  return operators;
}

/** Instances that call nothing, then those that call only these, and so on. */
function byHeight(instances: readonly ModuleInstance[]): readonly (readonly ModuleInstance[])[] {
  const heights = new Map<Node, number>();
  const heightOf = (node: Node): number => {
    const known = heights.get(node);
    if (known !== undefined) return known;
    const below = childrenOf(node).reduce((most, child) => Math.max(most, heightOf(child)), 0);
    const height = node.kind === "call" ? below + 1 : below;
    heights.set(node, height);
    return height;
  };
  const levels: ModuleInstance[][] = [];
  for (const instance of instances) {
    const height = heightOf(instance.body);
    while (levels.length <= height) levels.push([]);
    levels[height]?.push(instance);
  }
  return levels;
}

/** What two instances must share to be one function: the module, and everything but numbers. */
function lookOf({ module, body }: ModuleInstance, describe: Describe): string {
  const { file, start } = module.span;
  return JSON.stringify([file.path, start, module.name, describe(body).skeleton]);
}

interface NamedGroup {
  readonly instances: readonly ModuleInstance[];
  readonly parameters: readonly string[];
  readonly sources: ReadonlyMap<number, SlotSource>;
}

/** Finds where each number that differs comes from; what has no source divides the instances into functions of their own. */
function nameSlots(
  instances: readonly ModuleInstance[],
  describe: Describe,
): readonly NamedGroup[] {
  const bodies = instances.map(({ body }) => describe(body));
  const slots = bodies[0]?.slots ?? [];
  const sources = new Map<number, SlotSource>();
  const sourceless: number[] = [];
  slots.forEach((slot, index) => {
    const values = bodies.map((body) => body.slots[index]?.value ?? Number.NaN);
    if (values.every((value) => value === slot.value)) return;
    const source = sourceOf(values, instances, slot);
    if (source) sources.set(index, source);
    else sourceless.push(index);
  });
  if (sourceless.length > 0) {
    const apart = groupBy(instances, ({ body }) =>
      sourceless.map((index) => describe(body).slots[index]?.value).join(),
    );
    return apart.flatMap((group) => nameSlots(group, describe));
  }
  const used = new Set(
    [...sources.values()].flatMap((source) => (source.kind === "parameter" ? [source.name] : [])),
  );
  const parameters = (instances[0]?.arguments ?? []).map(({ name }) => name);
  return [{ instances, parameters: parameters.filter((name) => used.has(name)), sources }];
}

function sourceOf(
  values: readonly number[],
  instances: readonly ModuleInstance[],
  slot: Slot,
): SlotSource | undefined {
  if (slot.trunk === "inside") return { kind: "trunk" };
  const names = (instances[0]?.arguments ?? []).map(({ name }) => name);
  for (const operator of ["", "*", "/"] as const) {
    for (const name of names) {
      const given = instances.map((instance) => argumentOf(instance, name));
      const factor = factorBetween(values, given, operator);
      if (factor !== undefined) return { kind: "parameter", name, operator, factor };
    }
  }
  return undefined;
}

/** The one factor by which all `values` come from `given`, if it is a whole number. */
function factorBetween(
  values: readonly number[],
  given: readonly number[],
  operator: "" | "*" | "/",
): number | undefined {
  const [value = 0] = values;
  const [first = 0] = given;
  const factor = operator === "" ? 1 : operator === "*" ? value / first : first / value;
  if (!Number.isSafeInteger(factor) || factor < 1) return undefined;
  const isComputed = values.every((wanted, index) => {
    const from = given[index] ?? Number.NaN;
    return wanted === (operator === "/" ? from / factor : from * factor);
  });
  return isComputed ? factor : undefined;
}

/** An argument as a number; NaN, which equals nothing, where it is none. */
function argumentOf(instance: ModuleInstance, name: string): number {
  const text = instance.arguments.find((argument) => argument.name === name)?.text ?? "";
  return text === "" ? Number.NaN : Number(text);
}

/** Functions of one module are named after the arguments in which they differ, or else by number. */
function nameFunctions(
  functions: readonly ModuleFunction[],
  namer: IdentifierNamer,
): ReadonlyMap<ModuleFunction, string> {
  const names = new Map<ModuleFunction, string>();
  const marks = new Map(
    groupBy(functions, ({ module }) => module.name).flatMap((siblings) => {
      const differing = differingArguments(siblings);
      return siblings.map((one) => [one, siblings.length > 1 ? mark(one, differing) : ""] as const);
    }),
  );
  for (const one of functions) {
    names.set(one, namer.claim(camelCase(one.module.name) + (marks.get(one) ?? "")));
  }
  return names;
}

function differingArguments(functions: readonly ModuleFunction[]): ReadonlySet<string> {
  const texts = new Map<string, string>();
  const differing = new Set<string>();
  for (const { name, text } of functions.flatMap(({ instances }) =>
    instances.flatMap((instance) => instance.arguments),
  )) {
    if ((texts.get(name) ?? text) !== text) differing.add(name);
    texts.set(name, text);
  }
  return differing;
}

/** `Stride2`, `Relu`: the arguments that all instances of the function share and others do not. */
function mark({ instances, parameters }: ModuleFunction, differing: ReadonlySet<string>): string {
  const isShared = (name: string, text: string): boolean =>
    instances.every((other) => other.arguments.find((one) => one.name === name)?.text === text);
  return (instances[0]?.arguments ?? [])
    .filter(
      ({ name, text }) => differing.has(name) && !parameters.includes(name) && isShared(name, text),
    )
    .map(({ name, text }) => {
      const word = text.replace(/\W/g, "");
      return capitalized(/^[a-z]/.test(word) ? word : `${name}_${word}`);
    })
    .join("");
}

function groupBy<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): readonly (readonly Item[])[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}
