/** Checks all declarations before elaboration, used or not: names, operands, arguments, cycles. */
import { joinSpans } from "../core/span.ts";
import { nearestNames, renameFix } from "../diagnostics/nearest-name.ts";
import { createDiagnosticCollector, type Outcome } from "../diagnostics/outcome.ts";
import type { BoundNetwork, BoundProgram } from "../names/bound-program.ts";
import type {
  InputDeclaration,
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
  for (const input of inputs) checkInputNames(input, parameters, place);
  for (const { size } of inputs) checkExpression(size, place);
  for (const declaration of preprocess) checkPreprocess(declaration, place);
  const sizes = inputs.flatMap(({ names }) => names).filter(({ text }) => text !== ANY_SIZE);
  checkBlock(body, place, [...parameters.map(({ name }) => name), ...sizes]);
}

/** A place in the names of an input that needs none. */
const ANY_SIZE = "_";

/** Sizes have names of either case, one for each side, and each its own. */
function checkInputNames(
  { names }: InputDeclaration,
  parameters: readonly Parameter[],
  { report }: StaticPlace,
): void {
  const [first] = names;
  const last = names.at(-1);
  if (!first || !last) return;
  if (names.length !== 3) {
    const mistake = {
      what: "the names of the input",
      expected: "height, width and channels",
      found: `\`[${names.map(({ text }) => text).join(", ")}]\``,
    };
    const help = "write `[H, W, C]`, with `_` for what needs no name";
    report("type/mismatch", joinSpans(first.span, last.span), mistake, { help });
  }
  const firsts = new Map(parameters.map(({ name }) => [name.text, name]));
  for (const name of names) {
    if (name.text === ANY_SIZE) continue;
    checkNotReserved(name, "size", report);
    const before = firsts.get(name.text);
    if (before) {
      const related = [{ span: before.span, message: "first declared here" }];
      report("name/duplicate", name.span, { name: name.text, what: "size" }, { related });
    } else firsts.set(name.text, name);
  }
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
