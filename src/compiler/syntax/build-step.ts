/** Builds syntax trees from concrete trees for statements, steps and blocks. */
import type {
  AttributeListCstNode,
  BlockCstNode,
  BranchCstNode,
  ChainCstNode,
  DefaultsDeclarationCstNode,
  LabelCstNode,
  LetDeclarationCstNode,
  ModifierCstNode,
  ModifiersCstNode,
  OperandCstNode,
  PathCstNode,
  StatementCstNode,
  StepCstNode,
} from "../../../grammar/cst.generated.ts";
import { joinSpans, type Span } from "../core/span.ts";
import type {
  AttributeSyntax,
  Block,
  Branch,
  DefaultsDeclaration,
  Expression,
  Identifier,
  JoinWord,
  Label,
  LetDeclaration,
  Modifier,
  PathSyntax,
  Statement,
  Step,
} from "./ast.ts";
import {
  type BuildContext,
  buildExpression,
  buildOperand,
  buildShape,
} from "./build-expression.ts";
import { joinForgotten } from "./forgotten-arrows.ts";
import { IncompleteSyntax, nodeSpan, required, toIdentifier, tokenSpan } from "./span-of.ts";
import { reportTightSlashes } from "./tight-slashes.ts";

/** Builds every part that is whole; parts that recovery left incomplete were already reported. */
export function buildWhole<Part, Result>(
  parts: readonly Part[] | undefined,
  build: (part: Part) => Result,
): readonly Result[] {
  const whole: Result[] = [];
  for (const part of parts ?? []) {
    try {
      whole.push(build(part));
    } catch (problem) {
      if (!(problem instanceof IncompleteSyntax)) throw problem;
    }
  }
  return whole;
}

export function buildBlock(context: BuildContext, node: BlockCstNode): Block {
  const { letDeclaration, defaultsDeclaration, statement } = node.children;
  return {
    lets: buildWhole(letDeclaration, (part) => buildLet(context, part)),
    defaults: buildWhole(defaultsDeclaration, (part) => buildDefaults(context, part)),
    statements: buildStatements(context, statement),
    span: nodeSpan(context.file, node),
  };
}

export function buildStatements(
  context: BuildContext,
  nodes: readonly StatementCstNode[] | undefined,
): readonly Statement[] {
  return joinForgotten(
    context,
    buildWhole(nodes, (part) => buildStatement(context, part)),
  );
}

export function buildLet(context: BuildContext, node: LetDeclarationCstNode): LetDeclaration {
  return {
    name: toIdentifier(context.file, required(node.children.Identifier)),
    value: buildExpression(context, required(node.children.expression)),
    span: nodeSpan(context.file, node),
  };
}

export function buildDefaults(
  context: BuildContext,
  node: DefaultsDeclarationCstNode,
): DefaultsDeclaration {
  return {
    operator: toIdentifier(context.file, required(node.children.operator)),
    attributes: buildAttributeList(context, required(node.children.attributeList)),
    span: nodeSpan(context.file, node),
  };
}

export function buildAttributeList(
  context: BuildContext,
  node: AttributeListCstNode,
): readonly AttributeSyntax[] {
  const { attributeName, expression } = node.children;
  return buildWhole(
    (attributeName ?? []).map((name, index) => ({ name, value: expression?.[index] })),
    ({ name, value }) =>
      attribute(
        toIdentifier(context.file, required(name.children.Word)),
        buildExpression(context, required(value ? [value] : undefined)),
      ),
  );
}

function attribute(name: Identifier, value: Expression): AttributeSyntax {
  return { kind: "attribute", name, value, span: joinSpans(name.span, value.span) };
}

function buildStatement(context: BuildContext, node: StatementCstNode): Statement {
  const { label, chain, shape } = node.children;
  const assertion = shape?.[0];
  return {
    ...buildLabel(context, label),
    steps: buildChain(context, required(chain)),
    ...(assertion ? { assertion: buildShape(context, assertion) } : {}),
    span: nodeSpan(context.file, node),
  };
}

/** The label to spread into what it names; nothing where there is none. */
export function buildLabel(
  context: BuildContext,
  nodes: readonly LabelCstNode[] | undefined,
): { readonly label?: Label } {
  const { Identifier, path } = nodes?.[0]?.children ?? {};
  const [token] = Identifier ?? [];
  if (!token) return {};
  const was = path ? { was: buildPath(context, required(path)) } : {};
  return { label: { ...toIdentifier(context.file, token), ...was } };
}

export function buildPath({ file }: BuildContext, node: PathCstNode): PathSyntax {
  const segments = (node.children.segments ?? []).map((part) => toIdentifier(file, part));
  if (segments.length === 0) throw new IncompleteSyntax();
  return {
    segments,
    text: segments.map((segment) => segment.text).join("."),
    span: nodeSpan(file, node),
  };
}

export function buildChain(context: BuildContext, node: ChainCstNode): readonly Step[] {
  return (node.children.step ?? []).map((step) => buildStep(context, step));
}

function buildStep(context: BuildContext, node: StepCstNode): Step {
  const span = nodeSpan(context.file, node);
  const step = buildSingleStep(context, node, span);
  const count = node.children.count?.[0];
  if (!count) return step;
  const { Int, Identifier, expression, index } = count.children;
  const token = (Int ?? Identifier)?.[0];
  const value: Expression = token
    ? buildOperand(context, {
        name: "operand",
        children: Int ? { Int: [token] } : { Identifier: [token] },
        ...(count.location ? { location: count.location } : {}),
      })
    : buildExpression(context, required(expression));
  const name = index ? { index: toIdentifier(context.file, required(index)) } : {};
  return { kind: "repeat", count: value, ...name, step, span };
}

function buildSingleStep(context: BuildContext, node: StepCstNode, span: Span): Step {
  const { file } = context;
  const children = node.children;
  const operator = children.operatorStep?.[0]?.children;
  if (operator) {
    return {
      kind: "operator",
      operator: toIdentifier(file, required(operator.OperatorName)),
      operands: (operator.operand ?? []).map((part) => buildOperand(context, part)),
      modifiers: buildModifiers(context, required(operator.modifiers), operator.operand),
      span: nodeSpan(file, required(children.operatorStep)),
    };
  }
  const call = children.callStep?.[0]?.children;
  if (call) {
    return {
      kind: "call",
      module: toIdentifier(file, required(call.Identifier)),
      arguments: (call.argumentList?.[0]?.children.argument ?? []).map((part) => {
        const name = part.children.attributeName?.[0]?.children.Word?.[0];
        return {
          ...(name ? { name: toIdentifier(file, name) } : {}),
          value: buildExpression(context, required(part.children.expression)),
          span: nodeSpan(file, part),
        };
      }),
      operands: (call.operand ?? []).map((part) => buildOperand(context, part)),
      modifiers: buildModifiers(context, required(call.modifiers), call.operand),
      span: nodeSpan(file, required(children.callStep)),
    };
  }
  const factor = children.factorStep?.[0]?.children;
  if (factor) {
    return {
      kind: "factor",
      kernel: buildOperand(context, required(factor.kernel)),
      parts: (factor.factorPart ?? []).map((part) => ({
        operands: (part.children.operand ?? []).map((operand) => buildOperand(context, operand)),
        modifiers: buildModifiers(
          context,
          required(part.children.modifiers),
          part.children.operand,
        ),
        span: nodeSpan(file, part),
      })),
      span,
    };
  }
  const join = children.joinStep?.[0]?.children;
  if (join) {
    return {
      kind: "join",
      // The grammar takes no other word there.
      join: required(join.join).image as JoinWord,
      branches: (join.branch ?? []).map((branch) => buildBranch(context, branch)),
      span,
    };
  }
  const residual = children.residualStep?.[0]?.children;
  if (residual) {
    const attributes = residual.attributeList?.[0];
    const shortcut = residual.shortcut?.[0];
    return {
      kind: "residual",
      attributes: attributes ? buildAttributeList(context, attributes) : [],
      body: buildBlock(context, required(residual.body)),
      ...(shortcut ? { shortcut: buildBlock(context, shortcut) } : {}),
      span,
    };
  }
  const gate = children.gateStep?.[0]?.children;
  if (gate) return { kind: "scale_by", body: buildBlock(context, required(gate.block)), span };
  const aux = children.auxStep?.[0]?.children;
  if (aux) {
    return {
      kind: "aux",
      name: toIdentifier(file, required(aux.Identifier)),
      body: buildBlock(context, required(aux.block)),
      span,
    };
  }
  const choice = children.ifStep?.[0]?.children;
  if (choice) {
    const { expression, block, otherwise } = choice;
    return {
      kind: "if",
      choices: expression.map((condition, index) => ({
        condition: buildExpression(context, condition),
        block: buildBlock(context, required(block?.slice(index))),
      })),
      ...(otherwise ? { otherwise: buildBlock(context, required(otherwise)) } : {}),
      span,
    };
  }
  return { kind: "block", block: buildBlock(context, required(children.block)), span };
}

function buildBranch(context: BuildContext, node: BranchCstNode): Branch {
  const statements = (node.children.statement ?? []).map((part) => buildStatement(context, part));
  const first = statements[0];
  if (first === undefined) throw new IncompleteSyntax();
  const { label, ...unlabelled } = first;
  return {
    ...(label ? { label } : {}),
    statements: joinForgotten(context, [unlabelled, ...statements.slice(1)]),
    span: nodeSpan(context.file, node),
  };
}

function buildModifiers(
  context: BuildContext,
  node: ModifiersCstNode,
  operands: readonly OperandCstNode[] | undefined,
): readonly Modifier[] {
  reportTightSlashes(context, operands, node);
  return (node.children.modifier ?? []).map((part) => buildModifier(context, part));
}

function buildModifier(context: BuildContext, node: ModifierCstNode): Modifier {
  const { stride, flag, attributeName, expression } = node.children;
  if (stride) {
    const value = buildOperand(context, required(stride));
    return { kind: "stride", value, span: nodeSpan(context.file, node) };
  }
  if (flag) {
    const word = required(required(flag).children.word);
    return {
      kind: "flag",
      name: toIdentifier(context.file, word),
      span: tokenSpan(context.file, word),
    };
  }
  return attribute(
    toIdentifier(context.file, required(required(attributeName).children.Word)),
    buildExpression(context, required(expression)),
  );
}
