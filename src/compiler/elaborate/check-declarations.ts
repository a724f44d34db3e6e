/** Checks all declarations before elaboration, used or not: names, operands, arguments, cycles. */
import { nearestNames, renameFix } from "../diagnostics/nearest-name.ts";
import { createDiagnosticCollector, type Outcome } from "../diagnostics/outcome.ts";
import type { BoundNetwork, BoundProgram } from "../names/bound-program.ts";
import type {
  ModuleDeclaration,
  NetworkDeclaration,
  Parameter,
  VariantDeclaration,
} from "../syntax/ast.ts";
import { checkBlock } from "./declarations/check-block.ts";
import { checkExpression } from "./declarations/check-expression.ts";
import { checkNames, checkNotReserved } from "./declarations/check-names.ts";
import { checkDefaults } from "./declarations/check-operator.ts";
import { checkPreprocess } from "./declarations/check-preprocess.ts";
import { checkSignature } from "./declarations/check-shape.ts";
import { checkValueCycles } from "./declarations/check-value-cycles.ts";
import {
  type BottomNetwork,
  checkVariant,
  checkVariantChains,
} from "./declarations/check-variant.ts";
import type { StaticPlace } from "./declarations/static-place.ts";
import { PARAMETER_TYPES } from "./instantiate.ts";

type Declaration = ModuleDeclaration | NetworkDeclaration | VariantDeclaration;

export interface CheckedDeclarations {
  /** Declarations that cannot be elaborated: they contain a syntax error, or they contain themselves. */
  readonly broken: ReadonlySet<Declaration>;
}

/**
 * Reports every unknown name and every misuse of the language, whether the declaration is used or not. Elaboration
 * relies on it: where something was reported here, it adds a `hole` to the tree without a message of its own.
 */
export function checkDeclarations({
  files,
  recursiveModules,
  names,
}: BoundProgram): Outcome<CheckedDeclarations> {
  const { report, diagnostics } = createDiagnosticCollector();
  const broken = new Set<Declaration>(recursiveModules);
  for (const variant of checkVariantChains(files, report)) broken.add(variant);
  for (const file of files) {
    const { modules, networks, variants } = file.tree;
    const place: StaticPlace = { file, names, report };
    checkTopOfFile(place);
    for (const declaration of [...modules, ...networks, ...variants]) {
      if (declaration.isBroken) broken.add(declaration);
      else checkDeclaration(declaration, place, broken);
    }
  }
  return { value: { broken }, diagnostics };
}

function checkTopOfFile(place: StaticPlace): void {
  const { file, names, report } = place;
  for (const { name, value } of file.tree.lets) {
    checkNotReserved(name, "value", report);
    checkExpression(value, place);
  }
  checkValueCycles([...file.lets.values()], names, report);
  for (const { operator, attributes } of file.tree.defaults) {
    checkDefaults(operator, attributes, place);
  }
}

function checkDeclaration(
  declaration: Declaration,
  place: StaticPlace,
  broken: ReadonlySet<Declaration>,
): void {
  switch (declaration.kind) {
    case "module":
      checkModule(declaration, place);
      break;
    case "network":
      checkNetwork(declaration, place);
      break;
    case "variant": {
      const { networks } = place.file;
      const base = broken.has(declaration) ? undefined : networks.get(declaration.base.text);
      checkVariant(declaration, base && bottomOf(base), place);
      break;
    }
  }
}

/** The network at the bottom of a chain of variants that ends, if there is one and no syntax error took names away. */
function bottomOf(network: BoundNetwork): BottomNetwork | undefined {
  let current: BoundNetwork | undefined = network;
  while (current) {
    const { declaration, file }: BoundNetwork = current;
    if (declaration.kind === "network") {
      return declaration.isBroken ? undefined : { declaration, file };
    }
    current = file.networks.get(declaration.base.text);
  }
  return undefined;
}

function checkModule({ parameters, signature, body }: ModuleDeclaration, place: StaticPlace): void {
  checkParameters(parameters, place);
  if (signature) checkSignature(signature.input, signature.output, place);
  const sizes = (signature?.input.dimensions ?? []).flatMap(({ value, span }) =>
    signature?.input.name === undefined && typeof value === "string" && value !== "_"
      ? [{ text: value, span }]
      : [],
  );
  checkBlock(body, place, [...sizes, ...parameters.map(({ name }) => name)]);
}

function checkNetwork(
  { parameters, inputs, preprocess, body }: NetworkDeclaration,
  place: StaticPlace,
): void {
  checkParameters(parameters, place);
  for (const { size } of inputs) checkExpression(size, place);
  for (const declaration of preprocess) checkPreprocess(declaration, place);
  const names = parameters.map(({ name }) => name);
  checkBlock(body, place, names);
}

function checkParameters(parameters: readonly Parameter[], place: StaticPlace): void {
  const { report } = place;
  const names = parameters.map(({ name }) => name);
  checkNames(names, "parameter", report);
  for (const { type, default: value } of parameters) {
    if (type && !PARAMETER_TYPES.includes(type.text)) {
      const near = nearestNames(type.text, PARAMETER_TYPES);
      const parameters = { name: type.text, near: near.names };
      report("type/unknown-type", type.span, parameters, renameFix(type.span, near));
    }
    if (value) checkExpression(value, place);
  }
}
