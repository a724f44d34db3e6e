/** Turns a block tree into statements: one call per layer or module, one variable per chain, a loop per repeat. */
import { assert } from "../../core/assert.ts";
import { writeSize } from "../../core/format-shape.ts";
import type { Node } from "../../ir/architecture.ts";
import type { Dimension, Shape } from "../../ir/dimension.ts";
import type { ShapedNode } from "../../ir/shaped.ts";
import { childPath, joinPath } from "../../ir/walk.ts";
import type { Property } from "./code.ts";
import { dropSlot, runsOf, scaleSlot } from "./describe.ts";
import { camelCase, type IdentifierNamer } from "./identifiers.ts";
import { type JoinStyle, layerCallsOf, type Slot } from "./layer-call.ts";
import type { LayerFunctions } from "./layer-functions.ts";
import { numberLiteral, shapeText } from "./literals.ts";
import type { ModuleFunctions, SlotSource } from "./module-functions.ts";
import { optionText } from "./option-text.ts";
import { type Chain, createStatementWriter } from "./statement-writer.ts";
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

type EmitNode = (uses: readonly ShapedNode[], path: string, chain: Chain) => void;

export function emitBody(file: FileContext, options: BodyOptions): Body {
  const { layers, modules } = file;
  const writer = createStatementWriter(options.locals);
  const slots = createSlotWriter(file, options);

  /** Joins what is at the ends of `sides`; one alone has nothing to be joined with. */
  const join = (
    chain: Chain,
    style: JoinStyle,
    sides: readonly Chain[],
    path: string,
    shape: string,
  ): void => {
    const inputs = sides.map(({ value }) => value);
    const [only] = inputs;
    if (inputs.length === 1 && only) chain.value = only;
    else {
      const callee = layers.joinFor(style);
      writer.assign(chain, { callee, inputs, path, properties: [], shape });
    }
  };

  /** Gives all sides but one that end at the same tensor a copy of it (see lower/tf-layers/legalize.ts). */
  const copyRepeated = (path: string, sides: readonly Chain[]): void => {
    const seen = new Set<Variable>();
    let count = 0;
    for (const side of sides) {
      if (!seen.has(side.value)) {
        seen.add(side.value);
        continue;
      }
      writer.assign(side, {
        callee: layers.joinFor("copy"),
        inputs: side.value,
        path: joinPath(path, count === 0 ? "copy" : `copy_${count}`),
        properties: [],
        shape: "",
      });
      count++;
    }
  };

  const emitOperator: EmitNode = (uses, path, chain) => {
    for (const call of layerCallsOf(firstOf(uses))) {
      const properties: Property[] = [];
      for (const argument of call.arguments) {
        const { value, isFixed } =
          "slot" in argument ? slots.next(argument.slot) : { value: argument.text, isFixed: true };
        const isUsual = isFixed && value === argument.usual;
        if (!isUsual) properties.push({ name: argument.name, value });
      }
      if (call.needsSeed) properties.push({ name: "seed", value: file.seed });
      const callee = layers.functionFor(call.style);
      const shape = call.isPartial ? "" : outputShape(uses);
      writer.assign(chain, {
        callee,
        inputs: chain.value,
        path: joinPath(path, call.name),
        properties,
        shape,
      });
    }
  };

  const emitCall: EmitNode = (uses, path, chain) => {
    const { node } = firstOf(uses);
    assert(node.kind === "call", "a call is emitted as one");
    const called = modules.functionOf(node.instance);
    // What it was given is not only equal but the same tensor, of which a join must know (see copyRepeated).
    if (called.body.isEmpty) return;
    const given = modules.argumentsOf(node.instance);
    const own = called.parameters.map((parameter, index) => {
      const slot = given[index];
      assert(slot, "every parameter has its argument");
      return { name: modules.parameterOf(called, parameter), value: slots.next(slot).value };
    });
    const passedOn = [
      ...called.body.options.filter(file.isOption).map(file.identifierOf),
      ...(called.body.needsSeed ? [file.seed] : []),
      ...(called.body.hasAux ? [file.auxOutputs] : []),
    ];
    writer.assign(chain, {
      callee: modules.nameOf(called),
      inputs: chain.value,
      path,
      properties: [...own, ...passedOn.map((name) => ({ name, value: name }))],
      shape: outputShape(uses),
    });
  };

  const emitChildren: EmitNode = (uses, path, chain) => {
    const { node, children } = firstOf(uses);
    children.forEach((child, index) => {
      emit(childUses(uses, index), childPath(node, path, child.node, index), chain);
    });
  };

  /** Each child starts its own chain, with what `begin` puts before it. */
  const emitBranches = (
    uses: readonly ShapedNode[],
    path: string,
    chain: Chain,
    wantedOf: (child: Node, index: number) => string,
    begin: (branch: Chain, index: number) => void = () => {},
  ): readonly Chain[] => {
    const { node, children } = firstOf(uses);
    return children.map((child, index) => {
      const branch = writer.branchOff(chain, wantedOf(child.node, index));
      begin(branch, index);
      emit(childUses(uses, index), childPath(node, path, child.node, index), branch);
      return branch;
    });
  };

  const emitJoin =
    (style: "concat" | "add"): EmitNode =>
    (uses, path, chain) => {
      const { node, children } = firstOf(uses);
      const parts = children.length;
      const takeShare = (branch: Chain, part: number): void => {
        writer.assign(branch, {
          callee: layers.joinFor("takeShare"),
          inputs: branch.value,
          path: joinPath(path, `part_${part}`),
          properties: [
            { name: "part", value: String(part) },
            { name: "parts", value: String(parts) },
          ],
          shape: "",
        });
      };
      const branches = emitBranches(
        uses,
        path,
        chain,
        ({ name }, index) => (name === "" ? `branch${index + 1}` : camelCase(name)),
        node.kind === "split" && parts > 1 ? takeShare : undefined,
      );
      copyRepeated(path, branches);
      join(chain, style, branches, path, outputShape(uses));
    };

  const emitResidual: EmitNode = (uses, path, chain) => {
    const { node } = firstOf(uses);
    assert(node.kind === "residual", "a residual is emitted as one");
    const trunk = writer.branchOff(chain, "shortcut");
    const [body, shortcut] = slots.inResidual(trunk.value, () =>
      emitBranches(uses, path, chain, (_, index) => (index === 0 ? "residual" : "shortcut")),
    );
    assert(body, "a residual has a body");
    const apply = (style: JoinStyle, step: string, argument: string, slot?: Slot): void => {
      if (!slot) return;
      writer.assign(body, {
        callee: layers.joinFor(style),
        inputs: body.value,
        path: joinPath(path, step),
        properties: [{ name: argument, value: slots.next(slot).value }],
        shape: "",
      });
    };
    apply("rescale", "scale", "scale", scaleSlot(node));
    apply("dropPath", "drop", "rate", dropSlot(node));
    const sides = [shortcut ?? trunk, body];
    copyRepeated(path, sides);
    join(chain, "add", sides, joinPath(path, "add"), outputShape(uses));
  };

  const emitGate: EmitNode = (uses, path, chain) => {
    const gate = writer.branchOff(chain, "gate");
    emitChildren(uses, path, gate);
    const trunk = writer.branchOff(chain, "trunk");
    copyRepeated(path, [trunk, gate]);
    join(chain, "multiply", [trunk, gate], path, outputShape(uses));
  };

  const emitAux: EmitNode = (uses, path, chain) => {
    const aux = writer.branchOff(chain, camelCase(firstOf(uses).node.name));
    emitChildren(uses, path, aux);
    const callee = layers.joinFor("output");
    writer.assign(aux, { callee, inputs: aux.value, path, properties: [], shape: "" });
    writer.line(`${file.auxOutputs}.push(${aux.value.identifier});`);
  };

  const emitRepeat: EmitNode = (uses, path, chain) => {
    const { node } = firstOf(uses);
    assert(node.kind === "repeat", "a repeat is emitted as one");
    for (const { first, start, count } of runsOf(node.instances, modules.describe)) {
      const to = start + count;
      const instances = [...new Set(uses.flatMap(({ children }) => children.slice(start, to)))];
      const emitInstance = (inner: Chain, index: string): void =>
        emit(instances, joinPath(joinPath(path, index), first.name), inner);
      if (count === 1) emitInstance(chain, String(start));
      else {
        writer.loop(chain, { from: start, to }, (inner, index) =>
          emitInstance(inner, `\${${index}}`),
        );
      }
    }
  };

  const emitters: Readonly<Record<Node["kind"], EmitNode>> = {
    operator: emitOperator,
    call: emitCall,
    sequence: emitChildren,
    factor: (uses, path, chain) => {
      writer.line(describeFactor(firstOf(uses).node));
      emitChildren(uses, path, chain);
    },
    concat: emitJoin("concat"),
    sum: emitJoin("add"),
    split: emitJoin("concat"),
    residual: emitResidual,
    scale_by: emitGate,
    aux: emitAux,
    repeat: emitRepeat,
    hole: () => assert(false, "a checked architecture has no holes"),
  };
  const emit: EmitNode = (uses, path, chain) =>
    emitters[firstOf(uses).node.kind](uses, path, chain);

  const chain = writer.start(options.input);
  emit(options.uses, options.path, chain);
  return { statements: writer.statements, output: chain.value };
}

/** Numbers in the order of the body's slots. */
interface SlotWriter {
  /** How the next number is written, and whether it is the same in all uses and for all options. */
  next(slot: Slot): { readonly value: string; readonly isFixed: boolean };
  /** While `write` runs, the trunk is in this variable. */
  inResidual<Result>(trunk: Variable, write: () => Result): Result;
}

function createSlotWriter(
  { layers, identifierOf }: FileContext,
  { sources, parameterOf }: BodyOptions,
): SlotWriter {
  let count = 0;
  const trunks: Variable[] = [];
  const textOf = (source: SlotSource): string => {
    if (source.kind === "trunk") {
      const trunk = trunks.at(-1);
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
  return {
    next: ({ value, option }) => {
      const source = sources.get(count++);
      if (option) return { value: optionText(option, identifierOf), isFixed: false };
      if (source) return { value: textOf(source), isFixed: false };
      return { value: numberLiteral(value), isFixed: true };
    },
    inResidual: (trunk, write) => {
      trunks.push(trunk);
      const result = write();
      trunks.pop();
      return result;
    },
  };
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
    Array.isArray(attributes.kernel) ? writeSize(attributes.kernel) : "",
  );
  return `// ${writeSize(kernel)} as ${sizes.join(", then ")}`;
}
