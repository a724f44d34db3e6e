/**
 * Generates the exported function that creates the model: it reads the options, makes the input and runs the network's
 * steps.
 */
import type { Architecture } from "../../ir/architecture.ts";
import { INPUT_PATH } from "../../ir/layer-graph.ts";
import type { ShapedNode } from "../../ir/shaped.ts";
import { emitBody, type FileContext } from "./body.ts";
import type { FunctionCode } from "./code.ts";
import type { IdentifierNamer } from "./identifiers.ts";
import { TENSOR } from "./layer-code.ts";
import { BODY_WIDTH, layOutCall } from "./layout.ts";
import { documentation, stringLiteral } from "./literals.ts";
import { type FactoryOptions, readOptions } from "./options.ts";
import { printStatements } from "./statements.ts";

export interface FactorySurroundings {
  /** Identifiers of other parts of the file, and of the factory itself. */
  readonly names: {
    readonly factory: string;
    readonly optionsType: string;
    readonly inputShape: string;
  };
  readonly options: FactoryOptions;
  readonly hasAux: boolean;
  /** Whether the model gets the repair of batch normalization without gamma or beta. */
  readonly isMadeTrainable: boolean;
  readonly locals: IdentifierNamer;
}

export function factoryCode(
  architecture: Architecture,
  root: ShapedNode,
  file: FileContext,
  { names, options, hasAux, isMadeTrainable, locals }: FactorySurroundings,
): FunctionCode {
  const { layers, auxOutputs } = file;
  const requireNumber = layers.supportFor("requireNumber");
  const { statements, output } = emitBody(file, {
    uses: [root],
    path: root.node.name,
    input: "input",
    locals,
    sources: new Map(),
    parameterOf: (name) => name,
  });
  const outputs = hasAux ? `[${output.identifier}, ...${auxOutputs}]` : output.identifier;
  return {
    kind: "function",
    name: names.factory,
    doc: documentationOf(architecture),
    isExported: true,
    parameters: [{ name: "options", type: names.optionsType, initializer: "{}" }],
    returnType: "tf.LayersModel",
    body: [
      ...readOptions(options, root, requireNumber),
      `const input = tf.input({ shape: [...${names.inputShape}], name: ${stringLiteral(INPUT_PATH)} });`,
      ...(hasAux ? [`const ${auxOutputs}: ${TENSOR}[] = [];`] : []),
      ...printStatements(statements),
      ...returnModel(architecture.name, outputs, isMadeTrainable, file),
    ],
  };
}

function returnModel(
  name: string,
  outputs: string,
  isMadeTrainable: boolean,
  { layers }: FileContext,
): readonly string[] {
  const properties = [
    { name: "inputs", value: "input" },
    { name: "outputs", value: outputs },
    { name: "name", value: stringLiteral(name) },
  ];
  const make = (head: string): readonly string[] =>
    layOutCall(`${head} tf.model`, [{ properties }], ";", BODY_WIDTH);
  if (!isMadeTrainable) return make("return");
  const makeTrainable = layers.supportFor("makeBatchNormTrainable");
  return [...make("const model ="), `return ${makeTrainable}(model);`];
}

function documentationOf({ name, doc, parameters }: Architecture): string {
  const isChangeable = parameters.some(({ isOption }) => isOption);
  return [
    documentation(doc ?? `The network ${name}.`),
    "",
    `Shapes in comments are height x width x channels${isChangeable ? " for the default options" : ""}.`,
    "",
    "@throws RangeError if the network cannot be built with the value of an option",
  ].join("\n");
}
