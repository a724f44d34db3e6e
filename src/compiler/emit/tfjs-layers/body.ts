/** Owns block tree → statements: one call per layer or module, one variable per chain, a loop per repeat. */
import { assert } from "../../core/assert.ts";
import type { Node } from "../../ir/architecture.ts";
import type { Dimension, Shape } from "../../ir/dimension.ts";
import type { ShapedNode } from "../../ir/shaped.ts";
import { childPath, joinPath } from "../../ir/walk.ts";
import type { Property } from "./code.ts";
import { runsOf, scaleSlot } from "./describe.ts";
import { camelCase, type IdentifierNamer } from "./identifiers.ts";
import { type JoinStyle, layerCallOf, type Slot } from "./layer-call.ts";
import type { LayerFunctions } from "./layer-functions.ts";
import { numberLiteral, pathLiteral, shapeText } from "./literals.ts";
import type { ModuleFunctions, SlotSource } from "./module-functions.ts";
import { optionText } from "./option-text.ts";
import type { Statement, Variable } from "./statements.ts";

/** What all functions of a file share. */
export interface FileContext {
  readonly layers: LayerFunctions;
  readonly modules: ModuleFunctions;
  /** The variable that holds a network parameter, the same in every function; its value where it is no option. */
  readonly identifierOf: (parameter: string) => string;
  readonly isOption: (parameter: string) => boolean;
  readonly seed: string;
  readonly auxOutputs: string;
}

export interface BodyOptions {
  /** The same block in every shape that it is used with; the first stands for all that is equal in them. */
  readonly uses: readonly ShapedNode[];
  /** Where layer names begin: empty, or `${name}`. */
  readonly path: string;
  /** The variable that holds the input; one called `x` is the running tensor itself. */
  readonly input: string;
  readonly locals: IdentifierNamer;
  readonly sources: ReadonlyMap<number, SlotSource>;
  /** The variable that holds an argument of the module. */
  readonly parameterOf: (name: string) => string;
}

export interface Body {
  readonly statements: readonly Statement[];
  readonly output: Variable;
}

/** A tensor on its way through a block. */
interface Chain {
  value: Variable;
  /** What the chain may assign to; absent until its first step, so that the input stays whole. */
  own: Variable | undefined;
  /** The identifier that a variable of its own would like; `undefined` for the running tensor, which is called `x`. */
  readonly wanted: string | undefined;
}

const RUNNING = "x";

const LOOP_VARIABLES = ["i", "j", "k"];

export function emitBody(file: FileContext, options: BodyOptions): Body {
  const { locals, sources, parameterOf } = options;
  const { layers, modules } = file;
  for (const name of LOOP_VARIABLES) locals.claim(name);
  let statements: Statement[] = [];
  let slotCount = 0;
  let loopDepth = 0;
  const trunks: Variable[] = [];

  const slotText = (slot: Slot): string => {
    const source = sources.get(slotCount++);
    if (slot.option) return optionText(slot.option, file.identifierOf);
    if (!source) return numberLiteral(slot.value);
    if (source.kind === "trunk") {
      const trunk = trunks[trunks.length - 1];
      assert(trunk, "a trunk is known inside its residual");
      return `${layers.supportFor("channelsOf")}(${trunk.identifier})`;
    }
    const parameter = parameterOf(source.name);
    switch (source.operator) {
      case "":
        return parameter;
      case "*":
        return `${source.factor} * ${parameter}`;
      case "/":
        return `${parameter} / ${source.factor}`;
    }
  };

  /** Whether the next slot is written as a number that is the same everywhere. */
  const isPlain = (slot: Slot): boolean => !slot.option && !sources.has(slotCount);

  const branchOff = (chain: Chain, wanted: string): Chain => ({
    value: chain.value,
    own: undefined,
    wanted,
  });

  const assign = (
    chain: Chain,
    callee: string,
    inputs: readonly Variable[] | Variable,
    path: string,
    properties: readonly Property[],
    shape: string,
  ): void => {
    const input = Array.isArray(inputs)
      ? { items: inputs.map(({ identifier }: Variable) => identifier) }
      : (inputs as Variable).identifier;
    const declares = chain.own === undefined;
    const target = ownVariable(chain);
    target.assignments++;
    chain.value = target;
    statements.push({
      kind: "assign",
      target,
      declares,
      callee,
      arguments: [input, pathLiteral(path), ...(properties.length > 0 ? [{ properties }] : [])],
      comment: shape,
    });
  };

  const newVariable = ({ wanted }: Chain): Variable => ({
    identifier: wanted === undefined ? RUNNING : locals.claim(wanted),
    assignments: 0,
  });

  const ownVariable = (chain: Chain): Variable => {
    chain.own ??= newVariable(chain);
    return chain.own;
  };

  const join = (
    chain: Chain,
    style: JoinStyle,
    inputs: readonly Variable[],
    path: string,
    shape: string,
  ): void => {
    if (inputs.length > 1) assign(chain, layers.joinFor(style), inputs, path, [], shape);
    else if (inputs[0]) chain.value = inputs[0];
  };

  const emitOperator = (uses: readonly ShapedNode[], path: string, chain: Chain): void => {
    const { node } = firstOf(uses);
    const call = node.kind === "operator" ? layerCallOf(node) : undefined;
    if (!call) return;
    const properties: Property[] = [];
    for (const argument of call.arguments) {
      const { name, usual } = argument;
      if ("text" in argument) {
        if (argument.text !== usual) properties.push({ name, value: argument.text });
        continue;
      }
      const isUsual = argument.slot.value === usual && isPlain(argument.slot);
      const value = slotText(argument.slot);
      if (!isUsual) properties.push({ name, value });
    }
    if (call.needsSeed) properties.push(seedProperty("seed"));
    const callee = layers.functionFor(call.style);
    assign(chain, callee, chain.value, path, properties, outputShape(uses));
  };

  const seedProperty = (name: string): Property => ({ name, value: file.seed });

  const emitCall = (uses: readonly ShapedNode[], path: string, chain: Chain): void => {
    const { node } = firstOf(uses);
    assert(node.kind === "call", "a call is emitted as one");
    const called = modules.functionOf(node.instance);
    const given = modules.argumentsOf(node.instance);
    const properties: Property[] = called.parameters.map((parameter, index) => {
      const slot = given[index];
      assert(slot, "every parameter has its argument");
      return { name: modules.parameterOf(called, parameter), value: slotText(slot) };
    });
    for (const option of called.body.options.filter(file.isOption)) {
      const identifier = file.identifierOf(option);
      properties.push({ name: identifier, value: identifier });
    }
    if (called.body.needsSeed) properties.push(seedProperty(file.seed));
    if (called.body.hasAux) properties.push({ name: file.auxOutputs, value: file.auxOutputs });
    assign(chain, modules.nameOf(called), chain.value, path, properties, outputShape(uses));
  };

  const emitChildren = (uses: readonly ShapedNode[], path: string, chain: Chain): void => {
    const { node, children } = firstOf(uses);
    children.forEach((child, index) => {
      emit(childUses(uses, index), childPath(node, path, child.node, index), chain);
    });
  };

  const emitJoin = (
    uses: readonly ShapedNode[],
    path: string,
    chain: Chain,
    style: "concat" | "add",
  ): void => {
    const { node, children } = firstOf(uses);
    const outputs = children.map((child, index) => {
      const wanted = child.node.name === "" ? `branch${index + 1}` : camelCase(child.node.name);
      const branch = branchOff(chain, wanted);
      emit(childUses(uses, index), childPath(node, path, child.node, index), branch);
      return branch.value;
    });
    join(chain, style, outputs, path, outputShape(uses));
  };

  const emitResidual = (uses: readonly ShapedNode[], path: string, chain: Chain): void => {
    const { node, children } = firstOf(uses);
    assert(node.kind === "residual", "a residual is emitted as one");
    trunks.push(chain.value);
    const [body, shortcut] = children.map((child, index) => {
      const side = branchOff(chain, index === 0 ? "residual" : "shortcut");
      emit(childUses(uses, index), childPath(node, path, child.node, index), side);
      return side;
    });
    trunks.pop();
    assert(body, "a residual has a body");
    const slot = scaleSlot(node);
    if (slot) {
      const value = slotText(slot);
      const scaled = joinPath(path, "scale");
      assign(body, layers.joinFor("rescale"), body.value, scaled, [{ name: "scale", value }], "");
    }
    const inputs = [shortcut?.value ?? chain.value, body.value];
    join(chain, "add", inputs, joinPath(path, "add"), outputShape(uses));
  };

  const emitGate = (uses: readonly ShapedNode[], path: string, chain: Chain): void => {
    const gate = branchOff(chain, "gate");
    emitChildren(uses, path, gate);
    join(chain, "multiply", [chain.value, gate.value], path, outputShape(uses));
  };

  const emitAux = (uses: readonly ShapedNode[], path: string, chain: Chain): void => {
    const { node } = firstOf(uses);
    const aux = branchOff(chain, camelCase(node.name));
    emitChildren(uses, path, aux);
    assign(aux, layers.joinFor("output"), aux.value, path, [], "");
    statements.push(line(`${file.auxOutputs}.push(${aux.value.identifier});`));
  };

  const emitRepeat = (uses: readonly ShapedNode[], path: string, chain: Chain): void => {
    const { node } = firstOf(uses);
    assert(node.kind === "repeat", "a repeat is emitted as one");
    for (const { first, start, count } of runsOf(node.instances, modules.describe)) {
      const instances = [
        ...new Set(uses.flatMap(({ children }) => children.slice(start, start + count))),
      ];
      if (count === 1) {
        emit(instances, instancePath(path, String(start), first), chain);
        continue;
      }
      const index = LOOP_VARIABLES[loopDepth] ?? locals.claim("i");
      const wasValue = chain.value;
      const around = statements;
      statements = [];
      loopDepth++;
      // What a loop assigns to is declared before it.
      const carried = chain.own ?? { ...newVariable(chain), assignments: 1 };
      const inner: Chain = { value: carried, own: carried, wanted: chain.wanted };
      const before = carried.assignments;
      emit(instances, instancePath(path, `\${${index}}`, first), inner);
      loopDepth--;
      if (inner.value !== carried) {
        carried.assignments++;
        statements.push(line(`${carried.identifier} = ${inner.value.identifier};`));
      }
      const body = statements;
      statements = around;
      if (carried.assignments === before && body.length === 0) continue;
      if (chain.own === undefined || wasValue !== carried) {
        statements.push(
          chain.own === undefined
            ? { kind: "alias", target: carried, source: wasValue }
            : line(`${carried.identifier} = ${wasValue.identifier};`),
        );
      }
      chain.own = carried;
      chain.value = carried;
      statements.push({ kind: "loop", index, from: start, to: start + count, body });
    }
  };

  const emitters: Readonly<Record<Node["kind"], typeof emitChildren>> = {
    operator: emitOperator,
    call: emitCall,
    sequence: emitChildren,
    factor: (uses, path, chain) => {
      statements.push(line(describeFactor(firstOf(uses).node)));
      emitChildren(uses, path, chain);
    },
    concat: (uses, path, chain) => emitJoin(uses, path, chain, "concat"),
    sum: (uses, path, chain) => emitJoin(uses, path, chain, "add"),
    residual: emitResidual,
    scale_by: emitGate,
    aux: emitAux,
    repeat: emitRepeat,
    hole: () => assert(false, "a checked architecture has no holes"),
  };
  const emit: typeof emitChildren = (uses, path, chain) =>
    emitters[firstOf(uses).node.kind](uses, path, chain);

  const input: Variable = { identifier: options.input, assignments: 1 };
  const main: Chain = {
    value: input,
    own: options.input === RUNNING ? input : undefined,
    wanted: undefined,
  };
  emit(options.uses, options.path, main);
  return { statements, output: main.value };
}

function line(text: string): Statement {
  return { kind: "line", text };
}

function instancePath(path: string, index: string, instance: Node): string {
  return joinPath(joinPath(path, index), instance.name);
}

function childUses(uses: readonly ShapedNode[], index: number): readonly ShapedNode[] {
  const children = uses.flatMap((shaped) => shaped.children[index] ?? []);
  return children.length > 1 ? [...new Set(children)] : children;
}

function firstOf(uses: readonly ShapedNode[]): ShapedNode {
  const [first] = uses;
  assert(first, "a block has at least one use");
  return first;
}

/** The shape after the block; `_` where it differs between uses. */
function outputShape(uses: readonly ShapedNode[]): string {
  const { output } = firstOf(uses);
  if (uses.some((shaped) => shaped.output.length !== output.length)) return "";
  const shape: Shape = output.map(
    (side, axis): Dimension => (uses.every((shaped) => shaped.output[axis] === side) ? side : "_"),
  );
  return shapeText(shape);
}

function describeFactor(node: Node): string {
  assert(node.kind === "factor", "a factor is described as one");
  const { kernel, parts } = node;
  const sizes = parts.map(({ attributes }) =>
    Array.isArray(attributes.kernel) ? attributes.kernel.join("x") : "",
  );
  return `// ${kernel.join("x")} as ${sizes.join(", then ")}`;
}
