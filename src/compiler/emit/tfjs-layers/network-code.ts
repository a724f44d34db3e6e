/** Assembles the parts of a generated file in order: exports first, then modules, then layer functions. */
import type { Architecture } from "../../ir/architecture.ts";
import type { CheckedArchitecture } from "../../ir/shaped.ts";
import type { FileContext } from "./body.ts";
import type { Code } from "./code.ts";
import { createLayerFunctions } from "./create-layer-functions.ts";
import { factoryCode } from "./factory-code.ts";
import { capitalized, createIdentifierNamer } from "./identifiers.ts";
import { TENSOR } from "./layer-code.ts";
import type { OutputNames } from "./layer-names.ts";
import { LINE_WIDTH, layOutList } from "./layout.ts";
import { numberLiteral, stringLiteral } from "./literals.ts";
import { moduleCode } from "./module-code.ts";
import { planModuleFunctions } from "./module-functions.ts";
import { nameOptions, optionsInterface } from "./options.ts";
import { preprocessCode } from "./preprocess-code.ts";

export function networkCode(
  { architecture, root }: CheckedArchitecture,
  outputs: OutputNames,
  hasPartialNorm: boolean,
): readonly Code[] {
  // The order of the claims decides which of two conflicting identifiers is kept.
  const namer = createIdentifierNamer();
  const inputShape = namer.claim("INPUT_SHAPE");
  const outputNames = namer.claim("OUTPUT_NAMES");
  const factory = namer.claim(`create${capitalized(architecture.name)}`);
  const optionsType = namer.claim(`${capitalized(architecture.name)}Options`);
  for (const taken of ["x", "name", "input", "options", "model", TENSOR]) namer.claim(taken);
  const auxOutputs = namer.claim("auxOutputs");
  const options = nameOptions(architecture, namer);
  const { preprocess, input } = architecture;
  const preprocessing = preprocess
    ? preprocessCode(preprocess, Number(input[2]), inputShape, namer)
    : [];
  const layers = createLayerFunctions(namer);
  const modules = planModuleFunctions(root, namer);
  const file: FileContext = { layers, modules, auxOutputs, ...options };

  const names = { factory, optionsType, inputShape };
  const factoryFunction = factoryCode(architecture, root, file, {
    names,
    options,
    hasAux: outputs.aux.length > 0,
    isMadeTrainable: hasPartialNorm,
    locals: namer.enter(),
  });
  const functions = modules.functions.map((one) => moduleCode(one, file));
  // Only now is it known which layer functions there are.
  const inner = [...functions, ...layers.code.filter((part) => !isExported(part))];
  return [
    inputShapeCode(inputShape, architecture),
    outputNamesCode(outputNames, outputs),
    optionsInterface(optionsType, factory, options),
    factoryFunction,
    ...preprocessing,
    ...layers.code.filter(isExported),
    ...(inner.some(givesTensor) ? [TENSOR_ALIAS] : []),
    ...inner,
  ];
}

const TENSOR_ALIAS: Code = {
  kind: "alias",
  name: TENSOR,
  doc: "A symbolic tensor: the output of a layer while the model is being built.",
  type: "tf.SymbolicTensor",
};

function inputShapeCode(name: string, { input }: Architecture): Code {
  return {
    kind: "constant",
    name,
    doc: "Height, width and channels of the input.",
    value: `[${input.map((side) => numberLiteral(Number(side))).join(", ")}] as const`,
  };
}

function outputNamesCode(name: string, { main, aux }: OutputNames): Code {
  const head = `export const ${name} = `;
  const lines = layOutList(head, [main, ...aux].map(stringLiteral), " as const;", LINE_WIDTH);
  return {
    kind: "constant",
    name,
    doc:
      aux.length > 0
        ? "Names of the model's outputs, in order: the network's own, then the auxiliary ones."
        : "The name of the model's output.",
    value: lines.join("\n").slice(head.length, -1),
  };
}

function givesTensor(part: Code): boolean {
  return part.kind === "function" && part.returnType === TENSOR;
}

function isExported(part: Code): boolean {
  return part.kind === "function" && part.isExported;
}
