/** Generates the function of a module: its signature, documentation, parameters and body. */
import type { Node } from "../../ir/architecture.ts";
import type { ShapedNode } from "../../ir/shaped.ts";
import { emitBody, type FileContext } from "./body.ts";
import type { FunctionCode, ParameterCode } from "./code.ts";
import { TENSOR } from "./layer-code.ts";
import { documentation, shapeText } from "./literals.ts";
import type { ModuleFunction } from "./module-functions.ts";
import { printStatements, withReturn } from "./statements.ts";

export function moduleCode(one: ModuleFunction, file: FileContext): FunctionCode {
  const { modules } = file;
  const parameterOf = (name: string): string => modules.parameterOf(one, name);
  const { statements, output } = emitBody(file, {
    uses: one.uses,
    path: "${name}",
    input: "x",
    locals: modules.localsOf(one),
    sources: one.sources,
    parameterOf,
  });
  const bindings = [
    ...one.parameters.map((name) => ({ name: parameterOf(name), type: "number" })),
    ...one.body.options
      .filter(file.isOption)
      .map((option) => ({ name: file.identifierOf(option), type: "number" })),
    ...(one.body.needsSeed ? [{ name: file.seed, type: "number" }] : []),
    ...(one.body.hasAux ? [{ name: file.auxOutputs, type: `${TENSOR}[]` }] : []),
  ];
  return {
    kind: "function",
    name: modules.nameOf(one),
    doc: documentationOf(one),
    isExported: false,
    parameters: [
      { name: "x", type: TENSOR },
      { name: "name", type: "string" },
      ...(bindings.length > 0 ? [destructured(bindings)] : []),
    ],
    returnType: TENSOR,
    body: printStatements(withReturn(statements, output)),
  };
}

function destructured(
  bindings: readonly { readonly name: string; readonly type: string }[],
): ParameterCode {
  const names = bindings.map(({ name }) => name);
  const types = bindings.map(({ name, type }) => `${name}: ${type}`);
  return {
    name: `{ ${names.join(", ")} }`,
    type: `{ ${types.join("; ")} }`,
    members: { names, types },
  };
}

/** Shapes that documentation lists of one call. */
const MOST_SHAPES = 3;

/** Calls that documentation lists of one function. */
const MOST_CALLS = 8;

/** The author's words, and for each way to call the module what it takes and gives. */
function documentationOf({ module, instances, uses }: ModuleFunction): string {
  const shapesOf = new Map<string, Set<string>>();
  const usesOf = new Map<Node, ShapedNode[]>();
  for (const use of uses) usesOf.set(use.node, [...(usesOf.get(use.node) ?? []), use]);
  for (const instance of instances) {
    const given = instance.arguments.map(({ name, text }) => `${name}=${text}`).join(", ");
    const call = `\`${module.name}${given === "" ? "" : `(${given})`}\``;
    const shapes = shapesOf.get(call) ?? new Set<string>();
    shapesOf.set(call, shapes);
    for (const { input, output } of usesOf.get(instance.body) ?? []) {
      shapes.add(`${shapeText(input)} => ${shapeText(output)}`);
    }
  }
  const calls = [...shapesOf].map(
    ([call, shapes]) => `${call}: ${atMost([...shapes], MOST_SHAPES).join(", ")}`,
  );
  const doc = module.doc === undefined ? [] : [module.doc, ""];
  return documentation([...doc, ...atMost(calls, MOST_CALLS)].join("\n"));
}

function atMost(items: readonly string[], count: number): readonly string[] {
  return items.length > count ? [...items.slice(0, count), "…"] : items;
}
