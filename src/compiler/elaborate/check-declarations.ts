/** Owns the check of all declarations before anything is elaborated: names, operands, arguments, and what is broken. */
import { suggest } from "../core/suggest.ts";
import { createDiagnosticCollector, type Outcome, type Report } from "../diagnostics/outcome.ts";
import { renameFix } from "../names/bind.ts";
import type { BoundFile, BoundNetwork, BoundProgram } from "../names/bound-program.ts";
import { checkLetterCase } from "../names/letter-case.ts";
import type {
  ModuleDeclaration,
  NetworkDeclaration,
  Parameter,
  ShapeSyntax,
  VariantDeclaration,
} from "../syntax/ast.ts";
import { checkBlock, checkStatement, openBlock } from "./declarations/check-block.ts";
import { checkExpression } from "./declarations/check-expression.ts";
import { checkDefaults } from "./declarations/check-operator.ts";
import { checkVariant, checkVariantChains } from "./declarations/check-variant.ts";
import { type StaticPlace, withNames } from "./declarations/static-names.ts";
import { PARAMETER_TYPES } from "./instantiate.ts";
import { isReservedWord } from "./words.ts";

type Declaration = ModuleDeclaration | NetworkDeclaration | VariantDeclaration;

export interface CheckedDeclarations {
  /** Declarations that cannot be elaborated: what a syntax error left of them means nothing, or they hold themselves. */
  readonly broken: ReadonlySet<Declaration>;
}

/**
 * Reports every name that means nothing and everything that is written as the language does not allow, used or not.
 * Elaboration relies on it: what was reported here is a hole there, and silent.
 */
export function checkDeclarations({
  files,
  recursiveModules,
}: BoundProgram): Outcome<CheckedDeclarations> {
  const { report, diagnostics } = createDiagnosticCollector();
  const broken = new Set<Declaration>(recursiveModules);
  for (const file of files) {
    const { modules, networks, variants } = file.tree;
    checkTopOfFile(file, report);
    for (const declaration of [...modules, ...networks, ...variants]) {
      if (declaration.isBroken) broken.add(declaration);
      else checkDeclaration(declaration, file, report);
    }
  }
  for (const variant of checkVariantChains(files, report)) broken.add(variant);
  return { value: { broken }, diagnostics };
}

function checkTopOfFile(file: BoundFile, report: Report): void {
  const place = fileScope(file, report);
  for (const { value } of file.tree.lets) checkExpression(value, place);
  for (const { operator, attributes } of file.tree.defaults) {
    checkDefaults(operator, attributes, place);
  }
}

function fileScope(file: BoundFile, report: Report): StaticPlace {
  return { file, names: new Set(file.lets.keys()), hasTrunk: false, report };
}

function checkDeclaration(declaration: Declaration, file: BoundFile, report: Report): void {
  switch (declaration.kind) {
    case "module":
      checkModule(declaration, fileScope(file, report));
      break;
    case "network":
      checkNetwork(declaration, fileScope(file, report));
      break;
    case "variant": {
      const base = file.networks.get(declaration.base.text);
      checkVariant(declaration, base && bottomOf(base), file, report);
      break;
    }
  }
}

/** The network at the bottom of a chain of variants, if there is one. */
function bottomOf(network: BoundNetwork): BoundNetwork | undefined {
  const seen = new Set<BoundNetwork>();
  let current: BoundNetwork | undefined = network;
  while (current && !seen.has(current)) {
    seen.add(current);
    const { declaration, file }: BoundNetwork = current;
    if (declaration.kind === "network") return current;
    current = file.networks.get(declaration.base.text);
  }
  return undefined;
}

function checkModule(declaration: ModuleDeclaration, file: StaticPlace): void {
  const { parameters, signature, body } = declaration;
  const place = { ...checkParameters(parameters, file), hasTrunk: true };
  if (signature) checkSignature(signature.input, signature.output, place);
  checkBlock(body, place);
}

function checkNetwork(declaration: NetworkDeclaration, file: StaticPlace): void {
  const { parameters, inputs, preprocess, body } = declaration;
  const inner = openBlock(body.lets, checkParameters(parameters, file));
  for (const { size } of inputs) checkExpression(size, inner);
  for (const { attributes } of preprocess) {
    for (const { value } of attributes) checkExpression(value, inner);
  }
  for (const { operator, attributes } of body.defaults) checkDefaults(operator, attributes, inner);
  for (const statement of body.statements) checkStatement(statement, inner);
}

/** A default sees the parameters before its own. */
function checkParameters(parameters: readonly Parameter[], file: StaticPlace): StaticPlace {
  const { report } = file;
  let place = file;
  const firsts = new Map<string, Parameter>();
  for (const parameter of parameters) {
    const { name, type } = parameter;
    checkLetterCase(name, "lower", "parameters", report);
    const first = firsts.get(name.text);
    if (first) {
      const related = [{ span: first.name.span, message: "first declared here" }];
      report("name/duplicate", name.span, { name: name.text, what: "parameter" }, { related });
    } else firsts.set(name.text, parameter);
    if (isReservedWord(name.text)) {
      report("syntax/reserved-word", name.span, {
        word: name.text,
        role: "the name of a parameter",
      });
    }
    if (type && !PARAMETER_TYPES.includes(type.text)) {
      const near = suggest(type.text, PARAMETER_TYPES);
      report("type/unknown-type", type.span, { name: type.text, near }, renameFix(type, near));
    }
    if (parameter.default) checkExpression(parameter.default, place);
    place = withNames(place, [name.text]);
  }
  return place;
}

/** Names of the output must be bound by the input, or mean something where the module is declared. */
function checkSignature(input: ShapeSyntax, output: ShapeSyntax, place: StaticPlace): void {
  const bound = new Set([...place.names, ...namesIn(input)]);
  for (const { value, span } of output.dimensions) {
    if (typeof value === "number" || value === "_" || bound.has(value)) continue;
    const near = suggest(value, bound);
    const fix = renameFix({ text: value, span }, near);
    place.report("name/unbound-size", span, { name: value, near }, fix);
  }
}

function namesIn({ dimensions }: ShapeSyntax): readonly string[] {
  return dimensions.flatMap(({ value }) => (typeof value === "string" ? [value] : []));
}
