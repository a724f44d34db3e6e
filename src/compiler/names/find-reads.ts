/** Finds the declared names that a file's text reads: parameters, values, modules and networks. */
import { unreachable } from "../core/assert.ts";
import type {
  Block,
  Branch,
  DefaultsDeclaration,
  Edit,
  Expression,
  Identifier,
  LetDeclaration,
  Modifier,
  ModuleDeclaration,
  NetworkDeclaration,
  Parameter,
  ShapeSyntax,
  Statement,
  Step,
  SyntaxTree,
} from "../syntax/ast.ts";

/** What is declared and read somewhere in one file. */
export interface Reads {
  /** Every value that is declared, in blocks too. */
  readonly lets: readonly LetDeclaration[];
  /** Declarations of parameters and values, by their names' places. */
  readonly values: ReadonlySet<Identifier>;
  /** Modules and networks, by name. */
  readonly blocks: ReadonlySet<string>;
}

/** Names of values by text, with the declaration that each means. */
type Scope = ReadonlyMap<string, Identifier>;

interface OpenReads {
  readonly lets: LetDeclaration[];
  readonly values: Set<Identifier>;
  readonly blocks: Set<string>;
}

/** `namesOfBase` are the names that the edits of a variant of `base` see in the network below it. */
export function findReads(
  tree: SyntaxTree,
  namesOfBase: (base: Identifier) => readonly Identifier[],
): Reads {
  const reads: OpenReads = { lets: [...tree.lets], values: new Set(), blocks: new Set() };
  const file = withNames(new Map(), namesOf(tree.lets));
  for (const { value } of tree.lets) readExpression(value, file, reads);
  for (const defaults of tree.defaults) readDefaults(defaults, file, reads);
  for (const module of tree.modules) readModule(module, file, reads);
  for (const network of tree.networks) readNetwork(network, file, reads);
  for (const { base, edits } of tree.variants) {
    reads.blocks.add(base.text);
    const scope = withNames(file, namesOfBase(base));
    for (const edit of edits) readEdit(edit, scope, reads);
  }
  return reads;
}

function withNames(scope: Scope, names: readonly Identifier[]): Scope {
  if (names.length === 0) return scope;
  return new Map([...scope, ...names.map((name) => [name.text, name] as const)]);
}

function namesOf(declarations: readonly (LetDeclaration | Parameter)[]): readonly Identifier[] {
  return declarations.map(({ name }) => name);
}

function readModule(
  { parameters, signature, body }: ModuleDeclaration,
  file: Scope,
  reads: OpenReads,
): void {
  const scope = readParameters(parameters, file, reads);
  if (signature) {
    readShape(signature.input, scope, reads);
    readShape(signature.output, scope, reads);
  }
  readBlock(body, scope, reads);
}

function readNetwork(
  { parameters, inputs, preprocess, body }: NetworkDeclaration,
  file: Scope,
  reads: OpenReads,
): void {
  const scope = readParameters(parameters, file, reads);
  const inner = withNames(scope, namesOf(body.lets));
  for (const { size } of inputs) readExpression(size, inner, reads);
  for (const { attributes } of preprocess) {
    for (const { value } of attributes) readExpression(value, inner, reads);
  }
  readBlock(body, scope, reads);
}

/** The scope with the parameters, whose defaults are read. */
function readParameters(parameters: readonly Parameter[], file: Scope, reads: OpenReads): Scope {
  const scope = withNames(file, namesOf(parameters));
  for (const parameter of parameters) {
    if (parameter.default) readExpression(parameter.default, scope, reads);
  }
  return scope;
}

function readBlock({ lets, defaults, statements }: Block, around: Scope, reads: OpenReads): void {
  const scope = withNames(around, namesOf(lets));
  reads.lets.push(...lets);
  for (const { value } of lets) readExpression(value, scope, reads);
  for (const declaration of defaults) readDefaults(declaration, scope, reads);
  for (const statement of statements) readStatement(statement, scope, reads);
}

function readDefaults({ attributes }: DefaultsDeclaration, scope: Scope, reads: OpenReads): void {
  for (const { value } of attributes) readExpression(value, scope, reads);
}

function readStatement({ steps, assertion }: Statement, scope: Scope, reads: OpenReads): void {
  for (const step of steps) readStep(step, scope, reads);
  if (assertion) readShape(assertion, scope, reads);
}

function readStep(step: Step, scope: Scope, reads: OpenReads): void {
  switch (step.kind) {
    case "operator":
      readParts(step, scope, reads);
      break;
    case "call":
      reads.blocks.add(step.module.text);
      for (const { value } of step.arguments) readExpression(value, scope, reads);
      break;
    case "factor":
      readExpression(step.kernel, scope, reads);
      for (const part of step.parts) readParts(part, scope, reads);
      break;
    case "join":
      for (const branch of step.branches) readBranch(branch, scope, reads);
      break;
    case "residual":
      for (const { value } of step.attributes) readExpression(value, scope, reads);
      readBlock(step.body, scope, reads);
      if (step.shortcut) readBlock(step.shortcut, scope, reads);
      break;
    case "scale_by":
    case "aux":
      readBlock(step.body, scope, reads);
      break;
    case "block":
      readBlock(step.block, scope, reads);
      break;
    case "repeat":
      readExpression(step.count, scope, reads);
      readStep(step.step, scope, reads);
      break;
    default:
      unreachable(step);
  }
}

function readBranch({ statements }: Branch, scope: Scope, reads: OpenReads): void {
  for (const statement of statements) readStatement(statement, scope, reads);
}

function readParts(
  parts: { readonly operands: readonly Expression[]; readonly modifiers: readonly Modifier[] },
  scope: Scope,
  reads: OpenReads,
): void {
  for (const operand of parts.operands) readExpression(operand, scope, reads);
  for (const modifier of parts.modifiers) {
    if (modifier.kind !== "flag") readExpression(modifier.value, scope, reads);
  }
}

/** A name in a shape may mean a value; one that does not binds the size that it meets. */
function readShape({ name, dimensions }: ShapeSyntax, scope: Scope, reads: OpenReads): void {
  if (name !== undefined) readName(name, scope, reads);
  for (const { value } of dimensions) {
    if (typeof value === "string") readName(value, scope, reads);
  }
}

function readEdit(edit: Edit, scope: Scope, reads: OpenReads): void {
  switch (edit.kind) {
    case "width":
      readExpression(edit.factor, scope, reads);
      break;
    case "input":
      readExpression(edit.input.size, scope, reads);
      break;
    case "set":
      readExpression(edit.value, scope, reads);
      break;
    case "defaults":
      readDefaults(edit.defaults, scope, reads);
      break;
    case "preprocess":
      for (const { value } of edit.preprocess.attributes) readExpression(value, scope, reads);
      break;
    case "replace":
      for (const step of edit.steps) readStep(step, scope, reads);
      break;
    case "insert":
      readStatement(edit.statement, scope, reads);
      break;
    case "use":
      reads.blocks.add(edit.replacement.text).add(edit.replaced.text);
      break;
    case "remove":
    case "budget":
      break;
    default:
      unreachable(edit);
  }
}

function readExpression(expression: Expression, scope: Scope, reads: OpenReads): void {
  const read = (inner: Expression): void => readExpression(inner, scope, reads);
  switch (expression.kind) {
    case "number":
    case "size":
      break;
    case "name":
      readName(expression.text, scope, reads);
      break;
    case "negate":
      read(expression.operand);
      break;
    case "binary":
      read(expression.left);
      read(expression.right);
      break;
    case "conditional":
      read(expression.condition);
      read(expression.whenTrue);
      read(expression.whenFalse);
      break;
    case "function":
      expression.arguments.forEach(read);
      break;
    case "list":
      expression.elements.forEach(read);
      break;
    default:
      unreachable(expression);
  }
}

function readName(text: string, scope: Scope, reads: OpenReads): void {
  const declared = scope.get(text);
  if (declared) reads.values.add(declared);
}
