/** Owns the grammar: how tokens may follow one another. It builds a concrete tree and knows no meaning. */
import {
  type CstNode,
  CstParser,
  type IToken,
  type ParserMethod,
  type TokenType,
  tokenMatcher,
} from "chevrotain";
import { errorMessages } from "./error-messages.ts";
import { OPERAND_COUNTS } from "./operators.ts";
import * as t from "./tokens.ts";

/** Functions of the expression language; any other name before `(` is not a call. */
export const FUNCTION_NAMES: readonly string[] = ["min", "max", "floor", "ceil", "round"];

export const QUANTITY_UNITS: readonly string[] = ["K", "M", "G", "KiB", "MiB", "GiB"];

/** How far a parenthesis is followed to see whether it is a repeat count. */
const COUNT_LOOKAHEAD = 1000;

type Rule = ParserMethod<[], CstNode>;
type ExpressionRule = ParserMethod<[stopAtSlash?: boolean | undefined], CstNode>;

export class InceptParser extends CstParser {
  constructor() {
    super([...t.allTokens], {
      recoveryEnabled: true,
      maxLookahead: 3,
      nodeLocationTracking: "onlyOffset",
      errorMessageProvider: errorMessages,
    });
    this.performSelfAnalysis();
  }

  readonly file: Rule = this.RULE("file", () => {
    this.OPTION(() => this.SUBRULE(this.languageVersion));
    this.MANY(() => this.SUBRULE(this.declaration));
  });

  private readonly languageVersion: Rule = this.RULE("languageVersion", () => {
    this.CONSUME(t.Incept);
    this.CONSUME(t.Int);
  });

  private readonly declaration: Rule = this.RULE("declaration", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.importDeclaration) },
      { ALT: () => this.SUBRULE(this.letDeclaration) },
      { ALT: () => this.SUBRULE(this.defaultsDeclaration) },
      { ALT: () => this.SUBRULE(this.moduleDeclaration) },
      { ALT: () => this.SUBRULE(this.networkDeclaration) },
      { ALT: () => this.SUBRULE(this.variantDeclaration) },
    ]);
  });

  private readonly importDeclaration: Rule = this.RULE("importDeclaration", () => {
    this.CONSUME(t.Import);
    this.CONSUME(t.OpenBrace);
    this.AT_LEAST_ONE_SEP({
      SEP: t.Comma,
      DEF: () => this.CONSUME(t.Identifier, { LABEL: "names" }),
    });
    this.CONSUME(t.CloseBrace);
    this.CONSUME(t.From);
    this.CONSUME(t.StringLiteral);
  });

  private readonly letDeclaration: Rule = this.RULE("letDeclaration", () => {
    this.CONSUME(t.Let);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
  });

  private readonly defaultsDeclaration: Rule = this.RULE("defaultsDeclaration", () => {
    this.CONSUME(t.Defaults);
    this.OR([
      { ALT: () => this.CONSUME(t.OperatorName, { LABEL: "operator" }) },
      { ALT: () => this.CONSUME(t.Identifier, { LABEL: "operator" }) },
    ]);
    this.SUBRULE(this.attributeList);
  });

  private readonly preprocessDeclaration: Rule = this.RULE("preprocessDeclaration", () => {
    this.CONSUME(t.Preprocess);
    this.SUBRULE(this.attributeList);
  });

  private readonly attributeList: Rule = this.RULE("attributeList", () => {
    this.CONSUME(t.OpenParen);
    this.MANY_SEP({
      SEP: t.Comma,
      DEF: () => {
        this.SUBRULE(this.attributeName);
        this.CONSUME(t.Equals);
        this.SUBRULE(this.expression);
      },
    });
    this.CONSUME(t.CloseParen);
  });

  private readonly moduleDeclaration: Rule = this.RULE("moduleDeclaration", () => {
    this.CONSUME(t.Module);
    this.CONSUME(t.Identifier);
    this.OPTION(() => this.SUBRULE(this.parameters));
    this.OPTION1(() => {
      this.CONSUME(t.Colon);
      this.SUBRULE(this.shape, { LABEL: "inputShape" });
      this.CONSUME(t.Yields);
      this.SUBRULE1(this.shape, { LABEL: "outputShape" });
    });
    this.SUBRULE(this.block);
  });

  private readonly networkDeclaration: Rule = this.RULE("networkDeclaration", () => {
    this.CONSUME(t.Network);
    this.CONSUME(t.Identifier);
    this.OPTION(() => this.SUBRULE(this.parameters));
    this.CONSUME(t.OpenBrace);
    this.MANY(() =>
      this.OR([
        { ALT: () => this.SUBRULE(this.inputDeclaration) },
        { ALT: () => this.SUBRULE(this.letDeclaration) },
        { ALT: () => this.SUBRULE(this.defaultsDeclaration) },
        { ALT: () => this.SUBRULE(this.preprocessDeclaration) },
        { ALT: () => this.SUBRULE(this.budgetDeclaration) },
        { ALT: () => this.SUBRULE(this.statement) },
      ]),
    );
    this.CONSUME(t.CloseBrace);
  });

  private readonly inputDeclaration: Rule = this.RULE("inputDeclaration", () => {
    this.CONSUME(t.Input);
    this.SUBRULE(this.operand);
  });

  private readonly budgetDeclaration: Rule = this.RULE("budgetDeclaration", () => {
    this.CONSUME(t.Budget);
    this.SUBRULE(this.path);
    this.OR([
      { ALT: () => this.CONSUME(t.LessOrEqual, { LABEL: "relation" }) },
      { ALT: () => this.CONSUME(t.Less, { LABEL: "relation" }) },
      { ALT: () => this.CONSUME(t.GreaterOrEqual, { LABEL: "relation" }) },
      { ALT: () => this.CONSUME(t.Greater, { LABEL: "relation" }) },
      { ALT: () => this.CONSUME(t.EqualEqual, { LABEL: "relation" }) },
    ]);
    this.OR1([
      { ALT: () => this.CONSUME(t.Int, { LABEL: "amount" }) },
      { ALT: () => this.CONSUME(t.Float, { LABEL: "amount" }) },
    ]);
    this.OPTION({
      GATE: () => QUANTITY_UNITS.includes(this.LA(1).image),
      DEF: () => this.CONSUME(t.Identifier, { LABEL: "unit" }),
    });
  });

  private readonly variantDeclaration: Rule = this.RULE("variantDeclaration", () => {
    this.CONSUME(t.Variant);
    this.CONSUME(t.Identifier, { LABEL: "name" });
    this.CONSUME(t.Of);
    this.CONSUME1(t.Identifier, { LABEL: "base" });
    this.CONSUME(t.OpenBrace);
    this.MANY(() => this.SUBRULE(this.edit));
    this.CONSUME(t.CloseBrace);
  });

  private readonly edit: Rule = this.RULE("edit", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.widthEdit) },
      { ALT: () => this.SUBRULE(this.inputDeclaration) },
      { ALT: () => this.SUBRULE(this.setEdit) },
      { ALT: () => this.SUBRULE(this.defaultsDeclaration) },
      { ALT: () => this.SUBRULE(this.preprocessDeclaration) },
      { ALT: () => this.SUBRULE(this.replaceEdit) },
      { ALT: () => this.SUBRULE(this.insertEdit) },
      { ALT: () => this.SUBRULE(this.removeEdit) },
      { ALT: () => this.SUBRULE(this.useEdit) },
      { ALT: () => this.SUBRULE(this.budgetDeclaration) },
    ]);
  });

  private readonly widthEdit: Rule = this.RULE("widthEdit", () => {
    this.CONSUME(t.Width);
    this.SUBRULE(this.expression);
    this.OPTION(() => {
      this.CONSUME(t.Round);
      this.CONSUME(t.Int);
    });
  });

  private readonly setEdit: Rule = this.RULE("setEdit", () => {
    this.CONSUME(t.SetValue);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
  });

  private readonly replaceEdit: Rule = this.RULE("replaceEdit", () => {
    this.CONSUME(t.Replace);
    this.SUBRULE(this.path);
    this.CONSUME(t.With);
    this.SUBRULE(this.chain);
  });

  private readonly insertEdit: Rule = this.RULE("insertEdit", () => {
    this.CONSUME(t.Insert);
    this.OPTION(() => this.SUBRULE(this.label));
    this.SUBRULE(this.chain);
    this.OR([
      { ALT: () => this.CONSUME(t.After, { LABEL: "side" }) },
      { ALT: () => this.CONSUME(t.Before, { LABEL: "side" }) },
    ]);
    this.SUBRULE(this.path);
  });

  private readonly removeEdit: Rule = this.RULE("removeEdit", () => {
    this.CONSUME(t.Remove);
    this.SUBRULE(this.path);
  });

  private readonly useEdit: Rule = this.RULE("useEdit", () => {
    this.CONSUME(t.Use);
    this.CONSUME(t.Identifier, { LABEL: "replacement" });
    this.CONSUME(t.For);
    this.CONSUME1(t.Identifier, { LABEL: "replaced" });
  });

  private readonly path: Rule = this.RULE("path", () => {
    this.CONSUME(t.Word, { LABEL: "segments" });
    this.MANY(() => {
      this.CONSUME(t.Dot);
      this.OR([
        { ALT: () => this.CONSUME1(t.Word, { LABEL: "segments" }) },
        { ALT: () => this.CONSUME(t.Int, { LABEL: "segments" }) },
      ]);
    });
  });

  private readonly parameters: Rule = this.RULE("parameters", () => {
    this.CONSUME(t.OpenParen);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.parameter) });
    this.CONSUME(t.CloseParen);
  });

  private readonly parameter: Rule = this.RULE("parameter", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Identifier, { LABEL: "name" }) },
      { ALT: () => this.CONSUME(t.OperatorName, { LABEL: "name" }) },
    ]);
    this.OPTION(() => {
      this.CONSUME(t.Colon);
      this.CONSUME(t.Word, { LABEL: "type" });
    });
    this.OPTION1(() => {
      this.CONSUME(t.Equals);
      this.SUBRULE(this.expression);
    });
  });

  private readonly block: Rule = this.RULE("block", () => {
    this.CONSUME(t.OpenBrace);
    this.MANY(() =>
      this.OR([
        { ALT: () => this.SUBRULE(this.letDeclaration) },
        { ALT: () => this.SUBRULE(this.defaultsDeclaration) },
        { ALT: () => this.SUBRULE(this.statement) },
      ]),
    );
    this.CONSUME(t.CloseBrace);
  });

  private readonly label: Rule = this.RULE("label", () => {
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Colon);
  });

  private readonly statement: Rule = this.RULE("statement", () => {
    this.OPTION({
      GATE: () => this.LA(2).tokenType === t.Colon,
      DEF: () => this.SUBRULE(this.label),
    });
    this.SUBRULE(this.chain);
    this.OPTION1(() => {
      this.CONSUME(t.Yields);
      this.SUBRULE(this.shape);
    });
  });

  private readonly chain: Rule = this.RULE("chain", () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.Flow, DEF: () => this.SUBRULE(this.step) });
  });

  private readonly step: Rule = this.RULE("step", () => {
    this.OPTION({
      GATE: () => this.isCountAhead(),
      DEF: () => this.SUBRULE(this.count),
    });
    this.OR([
      { ALT: () => this.SUBRULE(this.operatorStep) },
      { ALT: () => this.SUBRULE(this.factorStep) },
      { ALT: () => this.SUBRULE(this.joinStep) },
      { ALT: () => this.SUBRULE(this.residualStep) },
      { ALT: () => this.SUBRULE(this.gateStep) },
      { ALT: () => this.SUBRULE(this.auxStep) },
      { ALT: () => this.SUBRULE(this.block) },
      { ALT: () => this.SUBRULE(this.callStep) },
    ]);
  });

  private readonly count: Rule = this.RULE("count", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Int) },
      { ALT: () => this.CONSUME(t.Identifier) },
      {
        ALT: () => {
          this.CONSUME(t.OpenParen);
          this.SUBRULE(this.expression);
          this.CONSUME(t.CloseParen);
        },
      },
    ]);
    this.CONSUME(t.Times);
  });

  private readonly operatorStep: Rule = this.RULE("operatorStep", () => {
    const operator = this.CONSUME(t.OperatorName);
    let operandCount = 0;
    this.MANY({
      GATE: () => this.isOperandAhead(operandCount < (OPERAND_COUNTS[operator.image] ?? 0)),
      DEF: () => {
        this.SUBRULE(this.operand);
        operandCount++;
      },
    });
    this.SUBRULE(this.modifiers);
  });

  /** A module call; also a misspelt operator with its operands, which the binder reports by name. */
  private readonly callStep: Rule = this.RULE("callStep", () => {
    const name = this.CONSUME(t.Identifier);
    const isOperatorLike = /^[a-z]/.test(name.image);
    this.OPTION({
      GATE: () => !this.isCountAhead(),
      DEF: () => this.SUBRULE(this.argumentList),
    });
    this.MANY({
      GATE: () => this.isOperandAhead(isOperatorLike),
      DEF: () => this.SUBRULE(this.operand),
    });
    this.SUBRULE(this.modifiers);
  });

  private readonly argumentList: Rule = this.RULE("argumentList", () => {
    this.CONSUME(t.OpenParen);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.argument) });
    this.CONSUME(t.CloseParen);
  });

  private readonly argument: Rule = this.RULE("argument", () => {
    this.OPTION({
      GATE: () => this.LA(2).tokenType === t.Equals,
      DEF: () => {
        this.SUBRULE(this.attributeName);
        this.CONSUME(t.Equals);
      },
    });
    this.SUBRULE(this.expression);
  });

  private readonly factorStep: Rule = this.RULE("factorStep", () => {
    this.CONSUME(t.Factor);
    this.SUBRULE(this.operand, { LABEL: "kernel" });
    this.CONSUME(t.OpenParen);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.factorPart) });
    this.CONSUME(t.CloseParen);
  });

  private readonly factorPart: Rule = this.RULE("factorPart", () => {
    this.MANY({
      GATE: () => this.isOperandAhead(true),
      DEF: () => this.SUBRULE(this.operand),
    });
    this.SUBRULE(this.modifiers);
  });

  private readonly joinStep: Rule = this.RULE("joinStep", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Concat, { LABEL: "join" }) },
      { ALT: () => this.CONSUME(t.Sum, { LABEL: "join" }) },
    ]);
    this.CONSUME(t.OpenBrace);
    this.AT_LEAST_ONE(() => {
      this.CONSUME(t.Bar);
      this.SUBRULE(this.branch);
    });
    this.CONSUME(t.CloseBrace);
  });

  private readonly branch: Rule = this.RULE("branch", () => {
    this.AT_LEAST_ONE(() => this.SUBRULE(this.statement));
  });

  private readonly residualStep: Rule = this.RULE("residualStep", () => {
    this.CONSUME(t.Residual);
    this.OPTION(() => this.SUBRULE(this.attributeList));
    this.SUBRULE(this.block, { LABEL: "body" });
    this.OPTION1(() => {
      this.CONSUME(t.Shortcut);
      this.SUBRULE1(this.block, { LABEL: "shortcut" });
    });
  });

  private readonly gateStep: Rule = this.RULE("gateStep", () => {
    this.CONSUME(t.ScaleBy);
    this.SUBRULE(this.block);
  });

  private readonly auxStep: Rule = this.RULE("auxStep", () => {
    this.CONSUME(t.Aux);
    this.CONSUME(t.Identifier);
    this.SUBRULE(this.block);
  });

  private readonly operand: Rule = this.RULE("operand", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Size) },
      { ALT: () => this.CONSUME(t.Int) },
      { ALT: () => this.CONSUME(t.Float) },
      { ALT: () => this.CONSUME(t.Identifier) },
      {
        ALT: () => {
          this.CONSUME(t.OpenParen);
          this.SUBRULE(this.expression);
          this.CONSUME(t.CloseParen);
        },
      },
    ]);
  });

  private readonly modifiers: Rule = this.RULE("modifiers", () => {
    this.MANY({
      GATE: () => this.isModifierAhead(),
      DEF: () => this.SUBRULE(this.modifier),
    });
  });

  private readonly modifier: Rule = this.RULE("modifier", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Slash);
          this.SUBRULE(this.operand, { LABEL: "stride" });
        },
      },
      {
        GATE: () => this.LA(2).tokenType === t.Equals,
        ALT: () => {
          this.SUBRULE(this.attributeName);
          this.CONSUME(t.Equals);
          this.SUBRULE(this.expression, { ARGS: [true] });
        },
      },
      { ALT: () => this.SUBRULE(this.flag) },
    ]);
  });

  private readonly flag: Rule = this.RULE("flag", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Valid, { LABEL: "word" }) },
      { ALT: () => this.CONSUME(t.Same, { LABEL: "word" }) },
      { ALT: () => this.CONSUME(t.Linear, { LABEL: "word" }) },
      { ALT: () => this.CONSUME(t.Bias, { LABEL: "word" }) },
      { ALT: () => this.CONSUME(t.Global, { LABEL: "word" }) },
    ]);
  });

  private readonly attributeName: Rule = this.RULE("attributeName", () => {
    this.CONSUME(t.Word);
  });

  private readonly shape: Rule = this.RULE("shape", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Size) },
      { ALT: () => this.CONSUME(t.Int) },
      { ALT: () => this.CONSUME(t.Identifier) },
      {
        ALT: () => {
          this.CONSUME(t.OpenBracket);
          this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.dimension) });
          this.CONSUME(t.CloseBracket);
        },
      },
    ]);
  });

  private readonly dimension: Rule = this.RULE("dimension", () => {
    this.OR([{ ALT: () => this.CONSUME(t.Int) }, { ALT: () => this.CONSUME(t.Identifier) }]);
  });

  // Expressions, loosest binding first. `stopAtSlash`: a slash here is the stride of the operator around it.

  private readonly expression: ExpressionRule = this.RULE("expression", (stopAtSlash?: boolean) => {
    this.SUBRULE(this.comparison, { ARGS: [stopAtSlash] });
    this.OPTION(() => {
      this.CONSUME(t.Question);
      this.SUBRULE(this.expression, { LABEL: "then" });
      this.CONSUME(t.Colon);
      this.SUBRULE1(this.expression, { LABEL: "otherwise", ARGS: [stopAtSlash] });
    });
  });

  private readonly comparison: ExpressionRule = this.RULE("comparison", (stopAtSlash?: boolean) => {
    this.SUBRULE(this.addition, { LABEL: "left", ARGS: [stopAtSlash] });
    this.OPTION(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.LessOrEqual, { LABEL: "operator" }) },
        { ALT: () => this.CONSUME(t.Less, { LABEL: "operator" }) },
        { ALT: () => this.CONSUME(t.GreaterOrEqual, { LABEL: "operator" }) },
        { ALT: () => this.CONSUME(t.Greater, { LABEL: "operator" }) },
        { ALT: () => this.CONSUME(t.EqualEqual, { LABEL: "operator" }) },
        { ALT: () => this.CONSUME(t.NotEqual, { LABEL: "operator" }) },
      ]);
      this.SUBRULE1(this.addition, { LABEL: "right", ARGS: [stopAtSlash] });
    });
  });

  private readonly addition: ExpressionRule = this.RULE("addition", (stopAtSlash?: boolean) => {
    this.SUBRULE(this.multiplication, { LABEL: "terms", ARGS: [stopAtSlash] });
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Plus, { LABEL: "operators" }) },
        { ALT: () => this.CONSUME(t.Minus, { LABEL: "operators" }) },
      ]);
      this.SUBRULE1(this.multiplication, { LABEL: "terms", ARGS: [stopAtSlash] });
    });
  });

  private readonly multiplication: ExpressionRule = this.RULE(
    "multiplication",
    (stopAtSlash?: boolean) => {
      this.SUBRULE(this.unary, { LABEL: "factors" });
      this.MANY({
        GATE: () => !(stopAtSlash && this.LA(1).tokenType === t.Slash),
        DEF: () => {
          this.OR([
            { ALT: () => this.CONSUME(t.Star, { LABEL: "operators" }) },
            { ALT: () => this.CONSUME(t.Slash, { LABEL: "operators" }) },
            { ALT: () => this.CONSUME(t.Percent, { LABEL: "operators" }) },
          ]);
          this.SUBRULE1(this.unary, { LABEL: "factors" });
        },
      });
    },
  );

  private readonly unary: Rule = this.RULE("unary", () => {
    this.MANY(() => this.CONSUME(t.Minus));
    this.SUBRULE(this.primary);
  });

  private readonly primary: Rule = this.RULE("primary", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Size) },
      { ALT: () => this.CONSUME(t.Int) },
      { ALT: () => this.CONSUME(t.Float) },
      { GATE: () => this.isFunctionCallAhead(), ALT: () => this.SUBRULE(this.functionCall) },
      { ALT: () => this.SUBRULE(this.nameReference) },
      {
        ALT: () => {
          this.CONSUME(t.OpenParen);
          this.SUBRULE(this.expression);
          this.CONSUME(t.CloseParen);
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.OpenBracket);
          this.AT_LEAST_ONE_SEP({
            SEP: t.Comma,
            DEF: () => this.SUBRULE1(this.expression, { LABEL: "elements" }),
          });
          this.CONSUME(t.CloseBracket);
        },
      },
    ]);
  });

  private readonly functionCall: Rule = this.RULE("functionCall", () => {
    this.CONSUME(t.Identifier);
    this.CONSUME(t.OpenParen);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression) });
    this.CONSUME(t.CloseParen);
  });

  /** A name, or a word of the language that is also a value: `relu`, `valid`, `true`. */
  private readonly nameReference: Rule = this.RULE("nameReference", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Identifier, { LABEL: "name" }) },
      { ALT: () => this.CONSUME(t.OperatorName, { LABEL: "name" }) },
      { ALT: () => this.CONSUME(t.Valid, { LABEL: "name" }) },
      { ALT: () => this.CONSUME(t.Same, { LABEL: "name" }) },
      { ALT: () => this.CONSUME(t.Linear, { LABEL: "name" }) },
      { ALT: () => this.CONSUME(t.True, { LABEL: "name" }) },
      { ALT: () => this.CONSUME(t.False, { LABEL: "name" }) },
    ]);
  });

  private isFunctionCallAhead(): boolean {
    return FUNCTION_NAMES.includes(this.LA(1).image) && this.LA(2).tokenType === t.OpenParen;
  }

  /** `4 x`, `n x`, `(2 * n) x`: the count of a repeat, not an operand or an argument list. */
  private isCountAhead(): boolean {
    const next = this.LA(1);
    if (next.tokenType === t.OpenParen) return this.tokenAfterParentheses().tokenType === t.Times;
    return this.isWord(next, [t.Int, t.Identifier]) && this.LA(2).tokenType === t.Times;
  }

  private tokenAfterParentheses(): IToken {
    let depth = 0;
    for (let ahead = 1; ahead <= COUNT_LOOKAHEAD; ahead++) {
      const token = this.LA(ahead);
      if (token.tokenType === t.OpenParen) depth++;
      else if (token.tokenType === t.CloseParen && --depth === 0) return this.LA(ahead + 1);
      else if (token.tokenType === t.OpenBrace || token.tokenType === t.CloseBrace) break;
    }
    return this.LA(1);
  }

  /**
   * Whether the next token is one more operand. Past the operator's own number only literals are taken, which can
   * begin nothing else: the binder says that they are too many.
   */
  private isOperandAhead(takesMore: boolean): boolean {
    const next = this.LA(1);
    if (next.tokenType === t.OpenParen) return takesMore && !this.isCountAhead();
    if (this.isCountAhead()) return false;
    if (this.isWord(next, [t.Size, t.Int, t.Float])) return true;
    const after = this.LA(2).tokenType;
    return takesMore && tokenMatcher(next, t.Identifier) && after !== t.Colon && after !== t.Equals;
  }

  private isModifierAhead(): boolean {
    const next = this.LA(1);
    if (this.LA(2).tokenType === t.Equals) return tokenMatcher(next, t.Word);
    return this.isWord(next, [t.Slash, t.Valid, t.Same, t.Linear, t.Bias, t.Global]);
  }

  private isWord(token: IToken, types: readonly TokenType[]): boolean {
    return types.some((type) => tokenMatcher(token, type));
  }
}

/** One parser serves all files: it holds nothing between two parses but its input. */
export const parser = new InceptParser();
