/**
 * Grammar rules for files and declarations, and the parser itself. It builds a concrete syntax tree without semantics.
 */
import type { CstNode, IToken } from "chevrotain";
import { errorMessages, TooManyMistakes } from "./error-messages.ts";
import type { ParserSettings, Rule } from "./expression-rules.ts";
import { StepRules } from "./step-rules.ts";
import * as t from "./tokens.ts";

export const QUANTITY_UNITS: readonly string[] = ["K", "M", "G", "KiB", "MiB", "GiB"];

export class InceptParser extends StepRules {
  constructor(settings: ParserSettings = {}) {
    super(settings);
    this.performSelfAnalysis();
  }

  /** The concrete tree of a file; nothing if it has too many mistakes. */
  parseFile(tokens: IToken[]): CstNode | undefined {
    this.input = tokens;
    try {
      return this.file();
    } catch (problem) {
      if (problem instanceof TooManyMistakes) return undefined;
      throw problem;
    }
  }

  /** Called whenever `input` is set. */
  override reset(): void {
    super.reset();
    errorMessages.restart();
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

  private readonly preprocessDeclaration: Rule = this.RULE("preprocessDeclaration", () => {
    this.CONSUME(t.Preprocess);
    this.SUBRULE(this.attributeList);
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
    this.MANY({
      GATE: () => this.isStatementAhead(),
      DEF: () =>
        this.OR([
          { ALT: () => this.SUBRULE(this.inputDeclaration) },
          { ALT: () => this.SUBRULE(this.letDeclaration) },
          { ALT: () => this.SUBRULE(this.defaultsDeclaration) },
          { ALT: () => this.SUBRULE(this.preprocessDeclaration) },
          { ALT: () => this.SUBRULE(this.budgetDeclaration) },
          { ALT: () => this.SUBRULE(this.statement) },
        ]),
    });
    this.CONSUME(t.CloseBrace);
  });

  private readonly inputDeclaration: Rule = this.RULE("inputDeclaration", () => {
    this.CONSUME(t.Input);
    this.OPTION(() => {
      this.CONSUME(t.OpenBracket);
      this.AT_LEAST_ONE_SEP({
        SEP: t.Comma,
        DEF: () => this.CONSUME(t.Identifier, { LABEL: "names" }),
      });
      this.CONSUME(t.CloseBracket);
      this.CONSUME(t.Equals);
    });
    this.SUBRULE(this.operand);
  });

  /** A variant keeps the names of its base. */
  private readonly inputEdit: Rule = this.RULE("inputEdit", () => {
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
      // A word that touches the number is a unit, known or not: the binder checks which exist.
      GATE: () => QUANTITY_UNITS.includes(this.LA(1).image) || this.touchesNext(this.LA(0)),
      DEF: () => this.CONSUME(t.Identifier, { LABEL: "unit" }),
    });
  });

  private touchesNext({ endOffset }: IToken): boolean {
    const next = this.LA(1);
    return next.tokenType === t.Identifier && next.startOffset === (endOffset ?? 0) + 1;
  }

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
      { ALT: () => this.SUBRULE(this.inputEdit) },
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
    this.OPTION(() => {
      this.CONSUME(t.Yields);
      this.SUBRULE(this.shape);
    });
  });

  private readonly insertEdit: Rule = this.RULE("insertEdit", () => {
    this.CONSUME(t.Insert);
    this.OPTION({
      GATE: () => this.isLabelAhead(),
      DEF: () => this.SUBRULE(this.label),
    });
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
}
