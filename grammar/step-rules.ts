/**
 * Grammar rules for the contents of a network: blocks, statements, chains, steps, and the lets and defaults in them.
 */
import { tokenMatcher } from "chevrotain";
import { ExpressionRules, type Rule } from "./expression-rules.ts";
import { OPERAND_COUNTS } from "./operators.ts";
import * as t from "./tokens.ts";

export class StepRules extends ExpressionRules {
  protected readonly letDeclaration: Rule = this.RULE("letDeclaration", () => {
    this.CONSUME(t.Let);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
  });

  protected readonly defaultsDeclaration: Rule = this.RULE("defaultsDeclaration", () => {
    this.CONSUME(t.Defaults);
    this.OR([
      { ALT: () => this.CONSUME(t.OperatorName, { LABEL: "operator" }) },
      { ALT: () => this.CONSUME(t.Identifier, { LABEL: "operator" }) },
    ]);
    this.SUBRULE(this.attributeList);
  });

  protected readonly block: Rule = this.RULE("block", () => {
    this.CONSUME(t.OpenBrace);
    this.MANY({
      GATE: () => this.isStatementAhead(),
      DEF: () =>
        this.OR([
          { ALT: () => this.SUBRULE(this.letDeclaration) },
          { ALT: () => this.SUBRULE(this.defaultsDeclaration) },
          { ALT: () => this.SUBRULE(this.statement) },
        ]),
    });
    this.CONSUME(t.CloseBrace);
  });

  protected readonly label: Rule = this.RULE("label", () => {
    this.CONSUME(t.Identifier);
    this.OPTION(() => {
      this.CONSUME(t.Was);
      this.SUBRULE(this.path);
    });
    this.CONSUME(t.Colon);
  });

  protected readonly path: Rule = this.RULE("path", () => {
    this.CONSUME(t.Word, { LABEL: "segments" });
    this.MANY(() => {
      this.CONSUME(t.Dot);
      this.OR([
        { ALT: () => this.CONSUME1(t.Word, { LABEL: "segments" }) },
        { ALT: () => this.CONSUME(t.Int, { LABEL: "segments" }) },
      ]);
    });
  });

  protected readonly statement: Rule = this.RULE("statement", () => {
    this.OPTION({
      GATE: () => this.isLabelAhead(),
      DEF: () => this.SUBRULE(this.label),
    });
    this.SUBRULE(this.chain);
    this.OPTION1(() => {
      this.CONSUME(t.Yields);
      this.SUBRULE(this.shape);
    });
  });

  protected readonly chain: Rule = this.RULE("chain", () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.Flow, DEF: () => this.SUBRULE(this.step) });
  });

  protected readonly step: Rule = this.RULE("step", () => {
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
      { ALT: () => this.SUBRULE(this.ifStep) },
      { ALT: () => this.SUBRULE(this.block) },
      { ALT: () => this.SUBRULE(this.callStep) },
    ]);
  });

  protected readonly count: Rule = this.RULE("count", () => {
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
    this.OPTION(() => {
      this.CONSUME1(t.OpenParen);
      this.CONSUME1(t.Identifier, { LABEL: "index" });
      this.CONSUME1(t.CloseParen);
    });
  });

  protected readonly operatorStep: Rule = this.RULE("operatorStep", () => {
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
  protected readonly callStep: Rule = this.RULE("callStep", () => {
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

  protected readonly argumentList: Rule = this.RULE("argumentList", () => {
    this.CONSUME(t.OpenParen);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.argument) });
    this.CONSUME(t.CloseParen);
  });

  protected readonly argument: Rule = this.RULE("argument", () => {
    this.OPTION({
      GATE: () => this.LA(2).tokenType === t.Equals,
      DEF: () => {
        this.SUBRULE(this.attributeName);
        this.CONSUME(t.Equals);
      },
    });
    this.SUBRULE(this.expression);
  });

  protected readonly factorStep: Rule = this.RULE("factorStep", () => {
    this.CONSUME(t.Factor);
    this.SUBRULE(this.operand, { LABEL: "kernel" });
    this.CONSUME(t.OpenParen);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.factorPart) });
    this.CONSUME(t.CloseParen);
  });

  protected readonly factorPart: Rule = this.RULE("factorPart", () => {
    this.MANY({
      GATE: () => this.isOperandAhead(true),
      DEF: () => this.SUBRULE(this.operand),
    });
    this.SUBRULE(this.modifiers);
  });

  protected readonly joinStep: Rule = this.RULE("joinStep", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Concat, { LABEL: "join" }) },
      { ALT: () => this.CONSUME(t.Sum, { LABEL: "join" }) },
      { ALT: () => this.CONSUME(t.Split, { LABEL: "join" }) },
    ]);
    this.CONSUME(t.OpenBrace);
    this.CONSUME(t.Bar);
    this.SUBRULE(this.branch);
    this.MANY(() => {
      this.CONSUME1(t.Bar);
      this.SUBRULE1(this.branch);
    });
    this.CONSUME(t.CloseBrace);
  });

  protected readonly branch: Rule = this.RULE("branch", () => {
    this.AT_LEAST_ONE({
      GATE: () => this.isStatementAhead(),
      DEF: () => this.SUBRULE(this.statement),
    });
  });

  protected readonly residualStep: Rule = this.RULE("residualStep", () => {
    this.CONSUME(t.Residual);
    this.OPTION(() => this.SUBRULE(this.attributeList));
    this.SUBRULE(this.block, { LABEL: "body" });
    this.OPTION1(() => {
      this.CONSUME(t.Shortcut);
      this.SUBRULE1(this.block, { LABEL: "shortcut" });
    });
  });

  protected readonly gateStep: Rule = this.RULE("gateStep", () => {
    this.CONSUME(t.ScaleBy);
    this.SUBRULE(this.block);
  });

  protected readonly auxStep: Rule = this.RULE("auxStep", () => {
    this.CONSUME(t.Aux);
    this.CONSUME(t.Identifier);
    this.SUBRULE(this.block);
  });

  /** A chain of `else if` is a loop here, so that its length is not the depth of the stack. */
  protected readonly ifStep: Rule = this.RULE("ifStep", () => {
    this.CONSUME(t.If);
    this.SUBRULE(this.expression);
    this.SUBRULE(this.block);
    this.MANY(() => {
      this.CONSUME(t.Else);
      this.CONSUME1(t.If);
      this.SUBRULE1(this.expression);
      this.SUBRULE1(this.block);
    });
    this.OPTION(() => {
      this.CONSUME1(t.Else);
      this.SUBRULE2(this.block, { LABEL: "otherwise" });
    });
  });

  protected readonly modifiers: Rule = this.RULE("modifiers", () => {
    this.MANY({
      GATE: () => this.isModifierAhead(),
      DEF: () => this.SUBRULE(this.modifier),
    });
  });

  protected readonly modifier: Rule = this.RULE("modifier", () => {
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

  protected readonly flag: Rule = this.RULE("flag", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Valid, { LABEL: "word" }) },
      { ALT: () => this.CONSUME(t.Same, { LABEL: "word" }) },
      { ALT: () => this.CONSUME(t.Linear, { LABEL: "word" }) },
      { ALT: () => this.CONSUME(t.Bias, { LABEL: "word" }) },
      { ALT: () => this.CONSUME(t.Global, { LABEL: "word" }) },
    ]);
  });

  /** A number or a parenthesis begins a statement only as a repeat count; any other is skipped when recovering. */
  protected isStatementAhead(): boolean {
    const isCountLike = this.isWord(this.LA(1), [t.Int, t.OpenParen]);
    return !isCountLike || this.isCountAhead();
  }

  /** `4 x`, `n x`, `(2 * n) x`: the count of a repeat, not an operand or an argument list. */
  private isCountAhead(): boolean {
    const next = this.LA(1);
    if (next.tokenType === t.OpenParen) return this.tokenAfterParentheses(1).tokenType === t.Times;
    return this.isWord(next, [t.Int, t.Identifier]) && this.LA(2).tokenType === t.Times;
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
    const isName = tokenMatcher(next, t.Identifier) && this.LA(2).tokenType !== t.Equals;
    return takesMore && isName && !this.isLabelAhead();
  }

  /** `stem:`, `head was stem.conv:`; a name before `was:` is none, since what follows it is a label. */
  protected isLabelAhead(): boolean {
    const [second, third, fourth] = [this.LA(2), this.LA(3), this.LA(4)];
    if (second.tokenType !== t.Was) return second.tokenType === t.Colon;
    return tokenMatcher(third, t.Word) && this.isWord(fourth, [t.Colon, t.Dot]);
  }

  private isModifierAhead(): boolean {
    const next = this.LA(1);
    if (this.LA(2).tokenType === t.Equals) return tokenMatcher(next, t.Word);
    return this.isWord(next, [t.Slash, t.Valid, t.Same, t.Linear, t.Bias, t.Global]);
  }
}
