/** The syntax tree: what was written and where, without any meaning. */
import type { Span } from "../core/span.ts";

export interface Identifier {
  readonly text: string;
  readonly span: Span;
}

interface SyntaxNode {
  readonly span: Span;
}

// Expressions

export interface NumberLiteral extends SyntaxNode {
  readonly kind: "number";
  readonly value: number;
  /** Written without a fraction or an exponent. */
  readonly isInteger: boolean;
}

export interface SizeLiteral extends SyntaxNode {
  readonly kind: "size";
  readonly dimensions: readonly number[];
}

/** A name, or a word of the language used as a value (`relu`, `valid`, `true`). */
export interface NameReference extends SyntaxNode {
  readonly kind: "name";
  readonly text: string;
}

export interface NegateExpression extends SyntaxNode {
  readonly kind: "negate";
  readonly operand: Expression;
}

export type BinaryOperator = "+" | "-" | "*" | "/" | "%" | "<" | "<=" | ">" | ">=" | "==" | "!=";

export interface BinaryExpression extends SyntaxNode {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface ConditionalExpression extends SyntaxNode {
  readonly kind: "conditional";
  readonly condition: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
}

export interface FunctionCall extends SyntaxNode {
  readonly kind: "function";
  readonly function: Identifier;
  readonly arguments: readonly Expression[];
}

export interface ListLiteral extends SyntaxNode {
  readonly kind: "list";
  readonly elements: readonly Expression[];
}

export type Expression =
  | NumberLiteral
  | SizeLiteral
  | NameReference
  | NegateExpression
  | BinaryExpression
  | ConditionalExpression
  | FunctionCall
  | ListLiteral;

// Steps

export interface AttributeSyntax extends SyntaxNode {
  readonly kind: "attribute";
  readonly name: Identifier;
  readonly value: Expression;
}

export interface FlagSyntax extends SyntaxNode {
  readonly kind: "flag";
  readonly name: Identifier;
}

export interface StrideSyntax extends SyntaxNode {
  readonly kind: "stride";
  readonly value: Expression;
}

export type Modifier = AttributeSyntax | FlagSyntax | StrideSyntax;

export interface OperatorStep extends SyntaxNode {
  readonly kind: "operator";
  readonly operator: Identifier;
  readonly operands: readonly Expression[];
  readonly modifiers: readonly Modifier[];
}

export interface Argument extends SyntaxNode {
  readonly name?: Identifier;
  readonly value: Expression;
}

/** A module call. Operands and modifiers belong to a misspelt operator and are always an error here. */
export interface CallStep extends SyntaxNode {
  readonly kind: "call";
  readonly module: Identifier;
  readonly arguments: readonly Argument[];
  readonly operands: readonly Expression[];
  readonly modifiers: readonly Modifier[];
}

export interface FactorPart extends SyntaxNode {
  readonly operands: readonly Expression[];
  readonly modifiers: readonly Modifier[];
}

export interface FactorStep extends SyntaxNode {
  readonly kind: "factor";
  readonly kernel: Expression;
  readonly parts: readonly FactorPart[];
}

/** A name that the author gives to what follows. */
export interface Label extends Identifier {
  /** Its former name; only used by comparisons. */
  readonly was?: PathSyntax;
}

/** A branch: the label of its first chain names it. */
export interface Branch extends SyntaxNode {
  readonly label?: Label;
  readonly statements: readonly Statement[];
}

export type JoinWord = "concat" | "sum" | "split";

export interface JoinStep extends SyntaxNode {
  readonly kind: "join";
  readonly join: JoinWord;
  readonly branches: readonly Branch[];
}

export interface ResidualStep extends SyntaxNode {
  readonly kind: "residual";
  readonly attributes: readonly AttributeSyntax[];
  readonly body: Block;
  readonly shortcut?: Block;
}

export interface GateStep extends SyntaxNode {
  readonly kind: "scale_by";
  readonly body: Block;
}

export interface AuxStep extends SyntaxNode {
  readonly kind: "aux";
  readonly name: Identifier;
  readonly body: Block;
}

export interface BlockStep extends SyntaxNode {
  readonly kind: "block";
  readonly block: Block;
}

/** A condition and what there is if it is the first that holds. */
export interface ConditionalBlock {
  readonly condition: Expression;
  readonly block: Block;
}

export interface IfStep extends SyntaxNode {
  readonly kind: "if";
  readonly choices: readonly ConditionalBlock[];
  /** What there is if no condition holds. */
  readonly otherwise?: Block;
}

export interface RepeatStep extends SyntaxNode {
  readonly kind: "repeat";
  readonly count: Expression;
  /** The name of the instance's number, from 0. */
  readonly index?: Identifier;
  readonly step: Step;
}

export type Step =
  | OperatorStep
  | CallStep
  | FactorStep
  | JoinStep
  | ResidualStep
  | GateStep
  | AuxStep
  | BlockStep
  | IfStep
  | RepeatStep;

export interface DimensionSyntax extends SyntaxNode {
  readonly value: number | string;
}

export interface ShapeSyntax extends SyntaxNode {
  readonly dimensions: readonly DimensionSyntax[];
  /** A single name in place of a shape: a parameter of type `size`. */
  readonly name?: string;
}

export interface Statement extends SyntaxNode {
  readonly label?: Label;
  readonly steps: readonly Step[];
  readonly assertion?: ShapeSyntax;
}

export interface Block extends SyntaxNode {
  readonly lets: readonly LetDeclaration[];
  readonly defaults: readonly DefaultsDeclaration[];
  readonly statements: readonly Statement[];
}

// Declarations

export interface LetDeclaration extends SyntaxNode {
  readonly name: Identifier;
  readonly value: Expression;
}

export interface DefaultsDeclaration extends SyntaxNode {
  readonly operator: Identifier;
  readonly attributes: readonly AttributeSyntax[];
}

export interface ImportDeclaration extends SyntaxNode {
  readonly names: readonly Identifier[];
  readonly specifier: string;
  readonly specifierSpan: Span;
  /** The path has no closing quote: it cannot be followed. */
  readonly isBroken: boolean;
}

export interface Parameter extends SyntaxNode {
  readonly name: Identifier;
  readonly type?: Identifier;
  readonly default?: Expression;
}

interface NamedDeclaration extends SyntaxNode {
  readonly name: Identifier;
  readonly doc?: string;
  /** Contains a syntax error: later phases skip it, since the missing parts would cause follow-up errors. */
  readonly isBroken: boolean;
}

export interface ModuleDeclaration extends NamedDeclaration {
  readonly kind: "module";
  readonly parameters: readonly Parameter[];
  readonly signature?: { readonly input: ShapeSyntax; readonly output: ShapeSyntax };
  readonly body: Block;
}

export interface InputDeclaration extends SyntaxNode {
  /** Of height, width and channels, where they are named; `_` names nothing. */
  readonly names: readonly Identifier[];
  readonly size: Expression;
}

export interface PreprocessDeclaration extends SyntaxNode {
  readonly attributes: readonly AttributeSyntax[];
}

/** A dotted path; `text` is its written form. */
export interface PathSyntax extends SyntaxNode {
  readonly text: string;
  readonly segments: readonly Identifier[];
}

export interface BudgetDeclaration extends SyntaxNode {
  /** Path of the block and metric, as written: `stem.params`. */
  readonly path: PathSyntax;
  readonly relation: "<=" | "<" | ">=" | ">" | "==";
  readonly amount: number;
  readonly unit?: Identifier;
}

export interface NetworkDeclaration extends NamedDeclaration {
  readonly kind: "network";
  readonly parameters: readonly Parameter[];
  readonly inputs: readonly InputDeclaration[];
  readonly preprocess: readonly PreprocessDeclaration[];
  readonly budgets: readonly BudgetDeclaration[];
  readonly body: Block;
}

export type Edit =
  | (SyntaxNode & { readonly kind: "width"; readonly factor: Expression; readonly round?: number })
  | (SyntaxNode & { readonly kind: "input"; readonly input: InputDeclaration })
  | (SyntaxNode & { readonly kind: "set"; readonly name: Identifier; readonly value: Expression })
  | (SyntaxNode & { readonly kind: "defaults"; readonly defaults: DefaultsDeclaration })
  | (SyntaxNode & { readonly kind: "preprocess"; readonly preprocess: PreprocessDeclaration })
  | (SyntaxNode & {
      readonly kind: "replace";
      readonly path: PathSyntax;
      /** Without a label: what is replaced keeps its own. */
      readonly statement: Statement;
    })
  | (SyntaxNode & {
      readonly kind: "insert";
      readonly statement: Statement;
      readonly side: "after" | "before";
      readonly path: PathSyntax;
    })
  | (SyntaxNode & { readonly kind: "remove"; readonly path: PathSyntax })
  | (SyntaxNode & {
      readonly kind: "use";
      readonly replacement: Identifier;
      readonly replaced: Identifier;
    })
  | (SyntaxNode & { readonly kind: "budget"; readonly budget: BudgetDeclaration });

export interface VariantDeclaration extends NamedDeclaration {
  readonly kind: "variant";
  readonly base: Identifier;
  readonly edits: readonly Edit[];
}

/** `// incept-ignore CODE: REASON`; code and reason are empty where they are missing. */
export interface IgnoreComment extends SyntaxNode {
  readonly code: string;
  readonly reason: string;
  /** The line (from 1) whose findings are meant. */
  readonly line: number;
}

/** One file. */
export interface SyntaxTree extends SyntaxNode {
  readonly languageVersion?: { readonly value: number; readonly span: Span };
  readonly imports: readonly ImportDeclaration[];
  readonly lets: readonly LetDeclaration[];
  readonly defaults: readonly DefaultsDeclaration[];
  readonly modules: readonly ModuleDeclaration[];
  readonly networks: readonly NetworkDeclaration[];
  readonly variants: readonly VariantDeclaration[];
  readonly ignores: readonly IgnoreComment[];
  /** Names that an unreadable declaration would have declared; their uses are not reported. */
  readonly lostNames?: readonly string[];
}
