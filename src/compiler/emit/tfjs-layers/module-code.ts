/** Owns module → function: its head, its documentation, and the names of its parameters. */
import type { FileContext } from "./body.ts";
import { createLocals, emitBody } from "./body.ts";
import type { FunctionCode, ParameterCode } from "./code.ts";
import { TENSOR } from "./layer-code.ts";
import { documentation, shapeText } from "./literals.ts";
import type { ModuleFunction } from "./module-functions.ts";
import { printStatements, withReturn } from "./statements.ts";

export function moduleCode(one: ModuleFunction, file: FileContext): FunctionCode {
  const locals = createLocals(file);
  const parameters = new Map(one.parameters.map((name) => [name, locals.claim(name)]));
  const { statements, output } = emitBody(file, {
    uses: one.uses,
    path: "${name}",
    input: "x",
    locals,
    sources: one.sources,
    parameterOf: (name) => parameters.get(name) ?? name,
  });
  const bindings = [
    ...[...parameters].map(([name, local]) => ({ name, local, type: "number" })),
    ...one.body.options
      .filter(file.isOption)
      .map((option) => same(file.identifierOf(option), "number")),
    ...(one.body.needsSeed ? [same(file.seed, "number")] : []),
    ...(one.body.hasAux ? [same(file.auxOutputs, `${TENSOR}[]`)] : []),
  ];
  return {
    kind: "function",
    name: file.modules.nameOf(one),
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

interface Binding {
  readonly name: string;
  readonly local: string;
  readonly type: string;
}

function same(name: string, type: string): Binding {
  return { name, local: name, type };
}

function destructured(bindings: readonly Binding[]): ParameterCode {
  const names = bindings.map(({ name, local }) => (name === local ? name : `${name}: ${local}`));
  const types = bindings.map(({ name, type }) => `${name}: ${type}`);
  return {
    name: `{ ${names.join(", ")} }`,
    type: `{ ${types.join("; ")} }`,
    members: { names, types },
  };
}

/** The author's words, and for each instance its arguments and what it takes and gives. */
function documentationOf({ module, instances, uses }: ModuleFunction): string {
  const calls = instances.map((instance) => {
    const given = instance.arguments.map(({ name, text }) => `${name}=${text}`).join(", ");
    const shapes = uses
      .filter(({ node }) => node === instance.body)
      .map(({ input, output }) => `${shapeText(input)} => ${shapeText(output)}`);
    return `\`${module.name}${given === "" ? "" : `(${given})`}\`: ${[...new Set(shapes)].join(", ")}`;
  });
  const listed = [...new Set(calls)];
  const most = 8;
  const shown = listed.length > most ? [...listed.slice(0, most - 1), "…"] : listed;
  return documentation(
    [...(module.doc === undefined ? [] : [module.doc, ""]), ...shown].join("\n"),
  );
}
