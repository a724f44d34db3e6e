/** Builds syntax trees from concrete trees for top-level declarations and the edits of variants. */
import type {
  BudgetDeclarationCstNode,
  EditCstNode,
  ImportDeclarationCstNode,
  InputDeclarationCstNode,
  InputEditCstNode,
  ModuleDeclarationCstNode,
  NetworkDeclarationCstNode,
  ParametersCstNode,
  PreprocessDeclarationCstNode,
  VariantDeclarationCstNode,
} from "../../../grammar/cst.generated.ts";
import type {
  BudgetDeclaration,
  Edit,
  ImportDeclaration,
  InputDeclaration,
  ModuleDeclaration,
  NetworkDeclaration,
  Parameter,
  PreprocessDeclaration,
  VariantDeclaration,
} from "./ast.ts";
import {
  type BuildContext,
  buildExpression,
  buildOperand,
  buildShape,
  parseNumber,
} from "./build-expression.ts";
import {
  buildAttributeList,
  buildBlock,
  buildChain,
  buildDefaults,
  buildLabel,
  buildLet,
  buildPath,
  buildStatements,
  buildWhole,
} from "./build-step.ts";
import { nodeSpan, required, toIdentifier, tokenSpan } from "./span-of.ts";

/** Information about a declaration from the text around it. */
export interface DeclarationContext extends BuildContext {
  /** Text of the doc comment that ends right before the offset. */
  readonly docBefore: (offset: number) => string | undefined;
}

export function buildImport(
  context: BuildContext,
  node: ImportDeclarationCstNode,
): ImportDeclaration {
  const literal = required(node.children.StringLiteral);
  const specifierSpan = tokenSpan(context.file, literal);
  const isClosed = literal.image.length > 1 && literal.image.endsWith('"');
  if (!isClosed) context.report("syntax/unterminated-string", specifierSpan, {});
  const inner = literal.image.slice(1, isClosed ? -1 : undefined);
  return {
    names: (node.children.names ?? []).map((name) => toIdentifier(context.file, name)),
    specifier: inner.replace(/\\(.)/g, "$1"),
    specifierSpan,
    isBroken: !isClosed,
    span: nodeSpan(context.file, node),
  };
}

function declarationHead(
  context: DeclarationContext,
  node: ModuleDeclarationCstNode | NetworkDeclarationCstNode | VariantDeclarationCstNode,
) {
  const span = nodeSpan(context.file, node);
  const doc = context.docBefore(span.start);
  return {
    span,
    ...(doc === undefined ? {} : { doc }),
    isBroken: false,
  };
}

export function buildModule(
  context: DeclarationContext,
  node: ModuleDeclarationCstNode,
): ModuleDeclaration {
  const { Identifier, parameters, inputShape, outputShape, block } = node.children;
  const input = inputShape?.[0];
  const output = outputShape?.[0];
  return {
    kind: "module",
    ...declarationHead(context, node),
    name: toIdentifier(context.file, required(Identifier)),
    parameters: buildParameters(context, parameters?.[0]),
    ...(input && output
      ? { signature: { input: buildShape(context, input), output: buildShape(context, output) } }
      : {}),
    body: buildBlock(context, required(block)),
  };
}

export function buildNetwork(
  context: DeclarationContext,
  node: NetworkDeclarationCstNode,
): NetworkDeclaration {
  const children = node.children;
  const head = declarationHead(context, node);
  return {
    kind: "network",
    ...head,
    name: toIdentifier(context.file, required(children.Identifier)),
    parameters: buildParameters(context, children.parameters?.[0]),
    inputs: buildWhole(children.inputDeclaration, (part) => buildInput(context, part)),
    preprocess: buildWhole(children.preprocessDeclaration, (part) =>
      buildPreprocess(context, part),
    ),
    budgets: buildWhole(children.budgetDeclaration, (part) => buildBudget(context, part)),
    body: {
      lets: buildWhole(children.letDeclaration, (part) => buildLet(context, part)),
      defaults: buildWhole(children.defaultsDeclaration, (part) => buildDefaults(context, part)),
      statements: buildStatements(context, children.statement),
      span: head.span,
    },
  };
}

export function buildVariant(
  context: DeclarationContext,
  node: VariantDeclarationCstNode,
): VariantDeclaration {
  return {
    kind: "variant",
    ...declarationHead(context, node),
    name: toIdentifier(context.file, required(node.children.name)),
    base: toIdentifier(context.file, required(node.children.base)),
    edits: buildWhole(node.children.edit, (edit) => buildEdit(context, edit)),
  };
}

function buildParameters(
  context: BuildContext,
  node: ParametersCstNode | undefined,
): readonly Parameter[] {
  return buildWhole(node?.children.parameter, (part) => {
    const type = part.children.type?.[0];
    const value = part.children.expression?.[0];
    return {
      name: toIdentifier(context.file, required(part.children.name)),
      ...(type ? { type: toIdentifier(context.file, type) } : {}),
      ...(value ? { default: buildExpression(context, value) } : {}),
      span: nodeSpan(context.file, part),
    };
  });
}

function buildInput(
  context: BuildContext,
  node: InputDeclarationCstNode | InputEditCstNode,
): InputDeclaration {
  const names = "names" in node.children ? node.children.names : undefined;
  return {
    names: (names ?? []).map((name) => toIdentifier(context.file, name)),
    size: buildOperand(context, required(node.children.operand)),
    span: nodeSpan(context.file, node),
  };
}

function buildPreprocess(
  context: BuildContext,
  node: PreprocessDeclarationCstNode,
): PreprocessDeclaration {
  return {
    attributes: buildAttributeList(context, required(node.children.attributeList)),
    span: nodeSpan(context.file, node),
  };
}

function buildBudget(context: BuildContext, node: BudgetDeclarationCstNode): BudgetDeclaration {
  const unit = node.children.unit?.[0];
  return {
    path: buildPath(context, required(node.children.path)),
    relation: required(node.children.relation).image as BudgetDeclaration["relation"],
    amount: parseNumber(context, required(node.children.amount)),
    ...(unit ? { unit: toIdentifier(context.file, unit) } : {}),
    span: nodeSpan(context.file, node),
  };
}

function buildEdit(context: BuildContext, node: EditCstNode): Edit {
  const { file } = context;
  const span = nodeSpan(file, node);
  const children = node.children;
  if (children.widthEdit) {
    const { expression, Int } = required(children.widthEdit).children;
    const round = Int?.[0];
    return {
      kind: "width",
      factor: buildExpression(context, required(expression)),
      ...(round ? { round: parseNumber(context, round) } : {}),
      span,
    };
  }
  if (children.inputEdit) {
    return { kind: "input", input: buildInput(context, required(children.inputEdit)), span };
  }
  if (children.setEdit) {
    const { Identifier, expression } = required(children.setEdit).children;
    return {
      kind: "set",
      name: toIdentifier(file, required(Identifier)),
      value: buildExpression(context, required(expression)),
      span,
    };
  }
  if (children.defaultsDeclaration) {
    const defaults = buildDefaults(context, required(children.defaultsDeclaration));
    return { kind: "defaults", defaults, span };
  }
  if (children.preprocessDeclaration) {
    const preprocess = buildPreprocess(context, required(children.preprocessDeclaration));
    return { kind: "preprocess", preprocess, span };
  }
  if (children.replaceEdit) {
    const { path, chain, shape } = required(children.replaceEdit).children;
    const steps = required(chain);
    const assertion = shape?.[0];
    return {
      kind: "replace",
      path: buildPath(context, required(path)),
      statement: {
        steps: buildChain(context, steps),
        ...(assertion ? { assertion: buildShape(context, assertion) } : {}),
        span: nodeSpan(file, steps),
      },
      span,
    };
  }
  if (children.insertEdit) {
    const insert = required(children.insertEdit);
    const chain = required(insert.children.chain);
    return {
      kind: "insert",
      statement: {
        ...buildLabel(context, insert.children.label),
        steps: buildChain(context, chain),
        span: nodeSpan(file, chain),
      },
      side: required(insert.children.side).image === "before" ? "before" : "after",
      path: buildPath(context, required(insert.children.path)),
      span,
    };
  }
  if (children.removeEdit) {
    const path = buildPath(context, required(required(children.removeEdit).children.path));
    return { kind: "remove", path, span };
  }
  if (children.useEdit) {
    const { replacement, replaced } = required(children.useEdit).children;
    return {
      kind: "use",
      replacement: toIdentifier(file, required(replacement)),
      replaced: toIdentifier(file, required(replaced)),
      span,
    };
  }
  const budget = buildBudget(context, required(children.budgetDeclaration));
  return { kind: "budget", budget, span };
}
