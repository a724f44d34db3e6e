/** Grammar rules for values: expressions, operands, attributes in parentheses, shapes. */
import {
  type CstNode,
  CstParser,
  type ILookaheadStrategy,
  type IParserErrorMessageProvider,
  type IToken,
  type ParserMethod,
  type TokenType,
  tokenMatcher,
} from "chevrotain";
import { errorMessages } from "./error-messages.ts";
import { TableLookahead } from "./table-lookahead.ts";
import * as t from "./tokens.ts";

/** Functions of the expression language. */
export const FUNCTION_NAMES: readonly string[] = ["min", "max", "floor", "ceil", "round"];

/** Tokens that a choice may look at. */
const MAX_LOOKAHEAD = 3;

/** How many tokens of a parenthesis are scanned to see whether it is a repeat count. */
const PARENTHESIS_LOOKAHEAD = 1000;

export type Rule = ParserMethod<[], CstNode>;
type ExpressionRule = ParserMethod<[stopAtSlash?: boolean | undefined], CstNode>;

export interface ParserSettings {
  /** Whether Chevrotain checks the grammar for errors; that is slow, and a test does it. */
  readonly isChecked?: boolean;
  /** How to tell alternatives apart; by the generated table unless given. */
  readonly lookahead?: ILookaheadStrategy;
  /** Whether it goes on after a mistake; it does unless this is false. */
  readonly recovers?: boolean;
  readonly messages?: IParserErrorMessageProvider;
}

export class ExpressionRules extends CstParser {
  constructor({
    isChecked = false,
    lookahead = new TableLookahead({ maxLookahead: MAX_LOOKAHEAD }),
    recovers = true,
    messages = errorMessages,
  }: ParserSettings) {
    super([...t.allTokens], {
      skipValidations: !isChecked,
      recoveryEnabled: recovers,
      lookaheadStrategy: lookahead,
      maxLookahead: MAX_LOOKAHEAD,
      nodeLocationTracking: "onlyOffset",
      errorMessageProvider: messages,
    });
  }

  protected readonly attributeName: Rule = this.RULE("attributeName", () => {
    this.CONSUME(t.Word);
  });

  protected readonly attributeList: Rule = this.RULE("attributeList", () => {
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

  protected readonly operand: Rule = this.RULE("operand", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Size) },
      { ALT: () => this.CONSUME(t.Int) },
      { ALT: () => this.CONSUME(t.Float) },
      {
        // Any other name and the parenthesis after it are two operands.
        GATE: () => FUNCTION_NAMES.includes(this.LA(1).image) && this.isFunctionCallAhead(),
        ALT: () => this.SUBRULE(this.functionCall),
      },
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

  protected readonly shape: Rule = this.RULE("shape", () => {
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

  protected readonly dimension: Rule = this.RULE("dimension", () => {
    this.OR([{ ALT: () => this.CONSUME(t.Int) }, { ALT: () => this.CONSUME(t.Identifier) }]);
  });

  // Expressions, loosest binding first. `stopAtSlash`: a slash here is the stride of the operator around it.

  protected readonly expression: ExpressionRule = this.RULE(
    "expression",
    (stopAtSlash?: boolean) => {
      this.SUBRULE(this.comparison, { LABEL: "parts", ARGS: [stopAtSlash] });
      // A chain of conditionals is a loop here, so that its length is not the depth of the stack.
      this.MANY(() => {
        this.CONSUME(t.Question);
        this.SUBRULE(this.expression, { LABEL: "then" });
        this.CONSUME(t.Colon);
        this.SUBRULE1(this.comparison, { LABEL: "parts", ARGS: [stopAtSlash] });
      });
    },
  );

  protected readonly comparison: ExpressionRule = this.RULE(
    "comparison",
    (stopAtSlash?: boolean) => {
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
    },
  );

  protected readonly addition: ExpressionRule = this.RULE("addition", (stopAtSlash?: boolean) => {
    this.SUBRULE(this.multiplication, { LABEL: "terms", ARGS: [stopAtSlash] });
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Plus, { LABEL: "operators" }) },
        { ALT: () => this.CONSUME(t.Minus, { LABEL: "operators" }) },
      ]);
      this.SUBRULE1(this.multiplication, { LABEL: "terms", ARGS: [stopAtSlash] });
    });
  });

  protected readonly multiplication: ExpressionRule = this.RULE(
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

  protected readonly unary: Rule = this.RULE("unary", () => {
    this.MANY(() => this.CONSUME(t.Minus));
    this.SUBRULE(this.primary);
  });

  protected readonly primary: Rule = this.RULE("primary", () => {
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

  protected readonly functionCall: Rule = this.RULE("functionCall", () => {
    this.CONSUME(t.Identifier);
    this.CONSUME(t.OpenParen);
    // The number of arguments is checked later, by the function's name; no arguments are too few for any.
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression) });
    this.CONSUME(t.CloseParen);
  });

  /** A name, or a word of the language that is also a value: `relu`, `valid`, `true`. */
  protected readonly nameReference: Rule = this.RULE("nameReference", () => {
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

  /** A name before a parenthesis is a call, known or not, unless the parenthesis is the count of a repeat. */
  private isFunctionCallAhead(): boolean {
    if (this.LA(2).tokenType !== t.OpenParen || !tokenMatcher(this.LA(1), t.Identifier))
      return false;
    return this.tokenAfterParentheses(2).tokenType !== t.Times;
  }

  /** The token that follows a parenthesis, which opens `start` tokens ahead. */
  protected tokenAfterParentheses(start: number): IToken {
    let depth = 0;
    for (let ahead = start; ahead <= start + PARENTHESIS_LOOKAHEAD; ahead++) {
      const token = this.LA(ahead);
      if (token.tokenType === t.OpenParen) depth++;
      else if (token.tokenType === t.CloseParen && --depth === 0) return this.LA(ahead + 1);
      else if (token.tokenType === t.OpenBrace || token.tokenType === t.CloseBrace) break;
    }
    return this.LA(start);
  }

  protected isWord(token: IToken, types: readonly TokenType[]): boolean {
    return types.some((type) => tokenMatcher(token, type));
  }
}
