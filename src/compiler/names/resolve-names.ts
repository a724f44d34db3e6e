/**
 * Resolves every name of a program to its declaration, by the scopes of the language. Checks, evaluation, renaming, hovers and
 * unused names read the result. A name that means nothing is not an error here; `checkDeclarations` reports it.
 */
import type { Span } from "../core/span.ts";
import type {
  Block,
  DefaultsDeclaration,
  Edit,
  Expression,
  Identifier,
  InputDeclaration,
  Parameter,
  ShapeSyntax,
  Statement,
  Step,
  SyntaxTree,
} from "../syntax/ast.ts";
import { namesReadIn, partsOfEdit, partsOfStep, type SyntaxParts } from "../syntax/children-of.ts";
import type { BoundFile, BoundNetwork } from "./bound-program.ts";
import {
  createResolution,
  type Declaration,
  type Declared,
  type NamePlace,
  type Names,
  type OpenResolution,
  type Resolution,
} from "./resolution.ts";

/** Stands in a shape for any size. */
const ANY = "_";

/** Names of values by text. */
type Scope = ReadonlyMap<string, Declaration>;

/** Where something is written. */
interface Place {
  readonly file: BoundFile;
  readonly scope: Scope;
  /** Whether a residual is around it, or may be around the module or edit that it is in. */
  readonly hasTrunk: boolean;
}

export function resolveNames(files: readonly BoundFile[]): Resolution {
  const table = createResolution();
  for (const { tree } of files) declareNames(tree, table);
  const findBottom = createFindBottom();
  for (const file of files) resolveFile(file, findBottom, table);
  return table;
}

/** What the names in an expression from outside mean, which sees the values of `file`, beside those that are known. */
export function resolveSetting(expression: Expression, file: BoundFile, names: Names): Names {
  const table = createResolution();
  const scope = new Map<string, Declaration>();
  for (const [text, { name }] of file.lets) {
    const declaration = names.declarationAt(name.span);
    if (declaration) scope.set(text, declaration);
  }
  resolveExpression(expression, { file, scope, hasTrunk: false }, table);
  const setting = expression.span.file;
  const tableOf = (place: NamePlace): Names => (place.file === setting ? table : names);
  return {
    declarationAt: (place) => tableOf(place).declarationAt(place),
    visibleAt: (place) => tableOf(place).visibleAt(place),
  };
}

/** Everything that other files may name; the values of inner blocks are declared when these are entered. */
function declareNames(
  { lets, modules, networks, variants }: SyntaxTree,
  table: OpenResolution,
): void {
  for (const one of lets) table.declare("value", one);
  for (const one of modules) table.declare("module", one);
  for (const one of [...networks, ...variants]) table.declare("network", one);
  for (const { parameters, name, body } of [...modules, ...networks]) {
    for (const one of parameters) table.declare("parameter", one, { owner: name.text });
    for (const one of body.lets) table.declare("value", one);
  }
  for (const { inputs, name } of networks) {
    for (const one of sizesOf(inputs)) table.declare("input-size", one, { owner: name.text });
  }
}

/** What the input of a network names of its sizes. */
function sizesOf(inputs: readonly InputDeclaration[]): readonly Declared[] {
  return inputs
    .flatMap(({ names }) => names)
    .filter(({ text }) => text !== ANY)
    .map((name) => ({ name, span: name.span }));
}

function resolveFile(file: BoundFile, findBottom: FindBottom, table: OpenResolution): void {
  const { tree } = file;
  const top = topOf(file, table);
  for (const { names } of tree.imports) {
    for (const name of names) table.refer(name.span, blockNamed(name, file, table), "import");
  }
  for (const { value } of tree.lets) resolveExpression(value, top, table);
  for (const defaults of tree.defaults) resolveDefaults(defaults, top, table);
  for (const { name, parameters, signature, body } of tree.modules) {
    const inner = resolveParameters(parameters, top, table);
    const within = { ...inner, hasTrunk: true };
    const inside = signature ? resolveInput(signature.input, within, name.text, table) : within;
    if (signature) resolveShape(signature.output, inside, table);
    resolveBlock(body, inside, table);
  }
  for (const { parameters, inputs, preprocess, body } of tree.networks) {
    const own = resolveParameters(parameters, top, table);
    const inner = { ...own, scope: withNames(own.scope, sizesOf(inputs), table) };
    const inside = { ...inner, scope: withNames(inner.scope, body.lets, table) };
    for (const { size } of inputs) resolveExpression(size, inside, table);
    for (const { value } of preprocess.flatMap(({ attributes }) => attributes)) {
      resolveExpression(value, inside, table);
    }
    resolveBlock(body, inner, table);
  }
  for (const { base, edits } of tree.variants) {
    table.refer(base.span, blockNamed(base, file, table));
    const bottom = findBottom(file.networks.get(base.text));
    for (const edit of edits) resolveEdit(edit, top, bottom, table);
  }
}

/** The top of a file, where its values are seen. */
function topOf(file: BoundFile, table: OpenResolution): Place {
  return { file, scope: withNames(new Map(), [...file.lets.values()], table), hasTrunk: false };
}

type FindBottom = (network: BoundNetwork | undefined) => BottomNetwork | undefined;

/**
 * Finds the network at the bottom of a chain of variants, and nothing where the chain leads back to itself. What is below a
 * variant is remembered, so that long chains are walked once.
 */
function createFindBottom(): FindBottom {
  const known = new Map<BoundNetwork, BottomNetwork | undefined>();
  return (network) => {
    const chain = new Set<BoundNetwork>();
    let bottom: BottomNetwork | undefined;
    let current = network;
    while (current && !chain.has(current)) {
      if (known.has(current)) {
        bottom = known.get(current);
        break;
      }
      chain.add(current);
      const { declaration, file }: BoundNetwork = current;
      if (declaration.kind === "network") {
        const { parameters, inputs, body } = declaration;
        bottom = { file, parameters, names: [...parameters, ...sizesOf(inputs), ...body.lets] };
        break;
      }
      current = file.networks.get(declaration.base.text);
    }
    for (const one of chain) known.set(one, bottom);
    return bottom;
  };
}

interface BottomNetwork {
  readonly file: BoundFile;
  readonly parameters: readonly Parameter[];
  /** Its parameters, the sizes of its input and its values. */
  readonly names: readonly { readonly name: Identifier }[];
}

/** The module or network that a name means in a file. */
function blockNamed(
  { text }: Identifier,
  file: BoundFile,
  table: OpenResolution,
): Declaration | undefined {
  const bound = file.modules.get(text) ?? file.networks.get(text);
  return bound && table.declared(bound.declaration.name);
}

function withNames(
  scope: Scope,
  names: readonly { readonly name: Identifier }[],
  table: OpenResolution,
): Scope {
  if (names.length === 0) return scope;
  const inner = new Map(scope);
  for (const { name } of names) {
    const declaration = table.declared(name);
    if (declaration) inner.set(name.text, declaration);
  }
  return inner;
}

/** The place with the parameters; the default of each sees those before it. */
function resolveParameters(
  parameters: readonly Parameter[],
  top: Place,
  table: OpenResolution,
): Place {
  const inner = new Map(top.scope);
  for (const { name, default: value } of parameters) {
    if (value) resolveExpression(value, { ...top, scope: inner }, table);
    const declaration = table.declared(name);
    if (declaration) inner.set(name.text, declaration);
  }
  return { ...top, scope: inner };
}

/** The place with the sizes that the input of a signature binds: its names that mean no value, each where it comes first. */
function resolveInput(
  input: ShapeSyntax,
  around: Place,
  owner: string,
  table: OpenResolution,
): Place {
  const names: { readonly name: Identifier }[] = [];
  // A name without brackets is one value.
  const dimensions = input.name === undefined ? input.dimensions : [];
  for (const { value, span } of dimensions) {
    const isBound = typeof value !== "string" || value === ANY || around.scope.has(value);
    if (isBound || names.some(({ name }) => name.text === value)) continue;
    const name = { text: value, span };
    table.declare("size", { name, span }, { owner });
    names.push({ name });
  }
  const inside = { ...around, scope: withNames(around.scope, names, table) };
  resolveShape(input, inside, table);
  return inside;
}

/** Values of a block see each other, whatever their order. */
function resolveBlock(
  { lets, defaults, statements }: Block,
  around: Place,
  table: OpenResolution,
): void {
  for (const one of lets) table.declare("value", one);
  const place = { ...around, scope: withNames(around.scope, lets, table) };
  for (const { value } of lets) resolveExpression(value, place, table);
  for (const declaration of defaults) resolveDefaults(declaration, place, table);
  for (const statement of statements) resolveStatement(statement, place, table);
}

function resolveDefaults(
  { attributes }: DefaultsDeclaration,
  place: Place,
  table: OpenResolution,
): void {
  for (const { value } of attributes) resolveExpression(value, place, table);
}

function resolveStatement(
  { steps, assertion }: Statement,
  place: Place,
  table: OpenResolution,
): void {
  for (const step of steps) resolveStep(step, place, table);
  if (assertion) resolveShape(assertion, place, table);
}

function resolveStep(step: Step, place: Place, table: OpenResolution): void {
  if (step.kind === "call") {
    table.refer(step.module.span, blockNamed(step.module, place.file, table));
    const { parameters = [] } = place.file.modules.get(step.module.text)?.declaration ?? {};
    for (const { name } of step.arguments) {
      if (name) table.refer(name.span, table.parameterNamed(name.text, parameters), "argument");
    }
  }
  if (step.kind === "repeat" && step.index) {
    const { index, count } = step;
    resolveExpression(count, place, table);
    const hidden = place.scope.get(index.text);
    table.declare("index", { name: index, span: index.span }, { hidden });
    const scope = withNames(place.scope, [{ name: index }], table);
    resolveStep(step.step, { ...place, scope }, table);
    return;
  }
  const inside = step.kind === "residual" ? { ...place, hasTrunk: true } : place;
  resolveParts(partsOfStep(step), place, table, inside);
}

function resolveParts(
  parts: SyntaxParts,
  place: Place,
  table: OpenResolution,
  inside: Place = place,
): void {
  for (const expression of parts.expressions) resolveExpression(expression, place, table);
  for (const step of parts.steps) resolveStep(step, inside, table);
  for (const statement of parts.statements) resolveStatement(statement, inside, table);
  for (const block of parts.blocks) resolveBlock(block, inside, table);
}

/** What is written in an edit sees its own file, and the names of the network below. */
function resolveEdit(
  edit: Edit,
  top: Place,
  bottom: BottomNetwork | undefined,
  table: OpenResolution,
): void {
  const { parameters = [], names = [] } = bottom ?? {};
  const parts = partsOfEdit(edit);
  if (edit.kind === "set") {
    const { text, span } = edit.name;
    table.refer(span, table.parameterNamed(text, parameters), "argument");
    // Most values are plain numbers, which need no scope.
    if (namesReadIn(edit.value).next().done) return;
    // Like the default that it replaces, it sees the parameters before its own.
    const own = parameters.findIndex(({ name }) => name.text === text);
    const before = parameters.slice(0, own < 0 ? parameters.length : own);
    resolveParts(parts, { ...top, scope: withNames(top.scope, before, table) }, table);
    return;
  }
  if (edit.kind === "use") {
    const { file } = top;
    table.refer(edit.replacement.span, blockNamed(edit.replacement, file, table));
    const replaced = blockNamed(edit.replaced, file, table);
    const below = bottom && blockNamed(edit.replaced, bottom.file, table);
    table.refer(edit.replaced.span, replaced ?? below);
    return;
  }
  // A residual of the base may be around what an edit brings.
  const hasTrunk = edit.kind === "replace" || edit.kind === "insert";
  const scope = withNames(top.scope, names, table);
  resolveParts(parts, { ...top, scope, hasTrunk }, table);
}

/** A name in a shape may mean a value; one that does not binds the size that it meets. */
function resolveShape(
  { name, span, dimensions }: ShapeSyntax,
  place: Place,
  table: OpenResolution,
): void {
  if (name !== undefined) {
    resolveName(name, span, place, table);
    return;
  }
  for (const { value, span: at } of dimensions) {
    if (typeof value !== "string") continue;
    const { file, start } = place.scope.get(value)?.name.span ?? {};
    const isDeclaredHere = start === at.start && file === at.file;
    if (!isDeclaredHere) resolveName(value, at, place, table);
  }
}

function resolveExpression(expression: Expression, place: Place, table: OpenResolution): void {
  for (const { text, span } of namesReadIn(expression)) resolveName(text, span, place, table);
}

function resolveName(
  name: string,
  span: Span,
  { scope, hasTrunk }: Place,
  table: OpenResolution,
): void {
  const declaration = scope.get(name);
  if (declaration) table.refer(span, declaration);
  else table.noteUnknown(span, scope, hasTrunk);
}
