/** Checks all declarations before elaboration, used or not: names, operands, arguments, cycles. */
import { nearestNames, renameFix } from "../diagnostics/nearest-name.ts";
import { createDiagnosticCollector, type Outcome, type Report } from "../diagnostics/outcome.ts";
import type { BoundFile, BoundNetwork, BoundProgram } from "../names/bound-program.ts";
import type {
  ModuleDeclaration,
  NetworkDeclaration,
  Parameter,
  VariantDeclaration,
} from "../syntax/ast.ts";
import { checkBlock, checkStatement, openBlock } from "./declarations/check-block.ts";
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
import { type StaticPlace, withNames } from "./declarations/static-names.ts";
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
}: BoundProgram): Outcome<CheckedDeclarations> {
  const { report, diagnostics } = createDiagnosticCollector();
  const broken = new Set<Declaration>(recursiveModules);
  for (const variant of checkVariantChains(files, report)) broken.add(variant);
  for (const file of files) {
    const { modules, networks, variants } = file.tree;
    checkTopOfFile(file, report);
    for (const declaration of [...modules, ...networks, ...variants]) {
      if (declaration.isBroken) broken.add(declaration);
      else checkDeclaration(declaration, file, broken, report);
    }
  }
  return { value: { broken }, diagnostics };
}

function checkTopOfFile(file: BoundFile, report: Report): void {
  const place = fileScope(file, report);
  for (const { name, value } of file.tree.lets) {
    checkNotReserved(name, "value", report);
    checkExpression(value, place);
  }
  checkValueCycles([...file.lets.values()], report);
  for (const { operator, attributes } of file.tree.defaults) {
    checkDefaults(operator, attributes, place);
  }
}

function fileScope(file: BoundFile, report: Report): StaticPlace {
  return { file, names: new Set(file.lets.keys()), hasTrunk: false, report };
}

function checkDeclaration(
  declaration: Declaration,
  file: BoundFile,
  broken: ReadonlySet<Declaration>,
  report: Report,
): void {
  switch (declaration.kind) {
    case "module":
      checkModule(declaration, fileScope(file, report));
      break;
    case "network":
      checkNetwork(declaration, fileScope(file, report));
      break;
    case "variant": {
      const base = broken.has(declaration) ? undefined : file.networks.get(declaration.base.text);
      checkVariant(declaration, base && bottomOf(base), file, report);
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

function checkModule(declaration: ModuleDeclaration, file: StaticPlace): void {
  const { parameters, signature, body } = declaration;
  const place = { ...checkParameters(parameters, file), hasTrunk: true };
  if (signature) checkSignature(signature.input, signature.output, place);
  const sizes = (signature?.input.dimensions ?? []).flatMap(({ value, span }) =>
    signature?.input.name === undefined && typeof value === "string" && value !== "_"
      ? [{ text: value, span }]
      : [],
  );
  const inside = withNames(
    place,
    sizes.map(({ text }) => text),
  );
  checkBlock(body, inside, [...sizes, ...parameters.map(({ name }) => name)]);
}

function checkNetwork(declaration: NetworkDeclaration, file: StaticPlace): void {
  const { parameters, inputs, preprocess, body } = declaration;
  const names = parameters.map(({ name }) => name);
  const inner = openBlock(body.lets, checkParameters(parameters, file), names);
  for (const { size } of inputs) checkExpression(size, inner);
  for (const declaration of preprocess) checkPreprocess(declaration, inner);
  for (const { operator, attributes } of body.defaults) checkDefaults(operator, attributes, inner);
  for (const statement of body.statements) checkStatement(statement, inner);
}

/** A default sees the parameters before its own. */
function checkParameters(parameters: readonly Parameter[], file: StaticPlace): StaticPlace {
  const { report } = file;
  const names = parameters.map(({ name }) => name);
  checkNames(names, "parameter", report);
  // One set that grows: what each default sees is read before the next name joins.
  const known = new Set(file.names);
  const place = { ...file, names: known };
  for (const { name, type, default: value } of parameters) {
    if (type && !PARAMETER_TYPES.includes(type.text)) {
      const near = nearestNames(type.text, PARAMETER_TYPES);
      const parameters = { name: type.text, near: near.names };
      report("type/unknown-type", type.span, parameters, renameFix(type.span, near));
    }
    if (value) checkExpression(value, place);
    known.add(name.text);
  }
  return place;
}
