/** The concrete tree's types. Generated from grammar/parser.ts by `npm run generate:grammar`; do not edit. */
import type { CstNode, IToken } from "chevrotain";

export interface AttributeNameCstNode extends CstNode {
  name: "attributeName";
  children: AttributeNameCstChildren;
}

export type AttributeNameCstChildren = {
  Word: IToken[];
};

export interface AttributeListCstNode extends CstNode {
  name: "attributeList";
  children: AttributeListCstChildren;
}

export type AttributeListCstChildren = {
  OpenParen: IToken[];
  attributeName?: AttributeNameCstNode[];
  Equals?: IToken[];
  expression?: ExpressionCstNode[];
  Comma?: IToken[];
  CloseParen: IToken[];
};

export interface OperandCstNode extends CstNode {
  name: "operand";
  children: OperandCstChildren;
}

export type OperandCstChildren = {
  Size?: IToken[];
  Int?: IToken[];
  Float?: IToken[];
  functionCall?: FunctionCallCstNode[];
  Identifier?: IToken[];
  OpenParen?: IToken[];
  expression?: ExpressionCstNode[];
  CloseParen?: IToken[];
};

export interface ShapeCstNode extends CstNode {
  name: "shape";
  children: ShapeCstChildren;
}

export type ShapeCstChildren = {
  Size?: IToken[];
  Int?: IToken[];
  Identifier?: IToken[];
  OpenBracket?: IToken[];
  dimension?: DimensionCstNode[];
  Comma?: IToken[];
  CloseBracket?: IToken[];
};

export interface DimensionCstNode extends CstNode {
  name: "dimension";
  children: DimensionCstChildren;
}

export type DimensionCstChildren = {
  Int?: IToken[];
  Identifier?: IToken[];
};

export interface ExpressionCstNode extends CstNode {
  name: "expression";
  children: ExpressionCstChildren;
}

export type ExpressionCstChildren = {
  parts: (ComparisonCstNode)[];
  Question?: IToken[];
  then?: ExpressionCstNode[];
  Colon?: IToken[];
};

export interface ComparisonCstNode extends CstNode {
  name: "comparison";
  children: ComparisonCstChildren;
}

export type ComparisonCstChildren = {
  left: AdditionCstNode[];
  operator?: (IToken)[];
  right?: AdditionCstNode[];
};

export interface AdditionCstNode extends CstNode {
  name: "addition";
  children: AdditionCstChildren;
}

export type AdditionCstChildren = {
  terms: (MultiplicationCstNode)[];
  operators?: (IToken)[];
};

export interface MultiplicationCstNode extends CstNode {
  name: "multiplication";
  children: MultiplicationCstChildren;
}

export type MultiplicationCstChildren = {
  factors: (UnaryCstNode)[];
  operators?: (IToken)[];
};

export interface UnaryCstNode extends CstNode {
  name: "unary";
  children: UnaryCstChildren;
}

export type UnaryCstChildren = {
  Minus?: IToken[];
  primary: PrimaryCstNode[];
};

export interface PrimaryCstNode extends CstNode {
  name: "primary";
  children: PrimaryCstChildren;
}

export type PrimaryCstChildren = {
  Size?: IToken[];
  Int?: IToken[];
  Float?: IToken[];
  functionCall?: FunctionCallCstNode[];
  nameReference?: NameReferenceCstNode[];
  OpenParen?: IToken[];
  expression?: ExpressionCstNode[];
  CloseParen?: IToken[];
  OpenBracket?: IToken[];
  elements?: ExpressionCstNode[];
  Comma?: IToken[];
  CloseBracket?: IToken[];
};

export interface FunctionCallCstNode extends CstNode {
  name: "functionCall";
  children: FunctionCallCstChildren;
}

export type FunctionCallCstChildren = {
  Identifier: IToken[];
  OpenParen: IToken[];
  expression?: ExpressionCstNode[];
  Comma?: IToken[];
  CloseParen: IToken[];
};

export interface NameReferenceCstNode extends CstNode {
  name: "nameReference";
  children: NameReferenceCstChildren;
}

export type NameReferenceCstChildren = {
  name?: (IToken)[];
};

export interface LetDeclarationCstNode extends CstNode {
  name: "letDeclaration";
  children: LetDeclarationCstChildren;
}

export type LetDeclarationCstChildren = {
  Let: IToken[];
  Identifier: IToken[];
  Equals: IToken[];
  expression: ExpressionCstNode[];
};

export interface DefaultsDeclarationCstNode extends CstNode {
  name: "defaultsDeclaration";
  children: DefaultsDeclarationCstChildren;
}

export type DefaultsDeclarationCstChildren = {
  Defaults: IToken[];
  operator?: (IToken)[];
  attributeList: AttributeListCstNode[];
};

export interface BlockCstNode extends CstNode {
  name: "block";
  children: BlockCstChildren;
}

export type BlockCstChildren = {
  OpenBrace: IToken[];
  letDeclaration?: LetDeclarationCstNode[];
  defaultsDeclaration?: DefaultsDeclarationCstNode[];
  statement?: StatementCstNode[];
  CloseBrace: IToken[];
};

export interface LabelCstNode extends CstNode {
  name: "label";
  children: LabelCstChildren;
}

export type LabelCstChildren = {
  Identifier: IToken[];
  Was?: IToken[];
  path?: PathCstNode[];
  Colon: IToken[];
};

export interface PathCstNode extends CstNode {
  name: "path";
  children: PathCstChildren;
}

export type PathCstChildren = {
  segments: (IToken)[];
  Dot?: IToken[];
};

export interface StatementCstNode extends CstNode {
  name: "statement";
  children: StatementCstChildren;
}

export type StatementCstChildren = {
  label?: LabelCstNode[];
  chain: ChainCstNode[];
  Yields?: IToken[];
  shape?: ShapeCstNode[];
};

export interface ChainCstNode extends CstNode {
  name: "chain";
  children: ChainCstChildren;
}

export type ChainCstChildren = {
  step: StepCstNode[];
  Flow?: IToken[];
};

export interface StepCstNode extends CstNode {
  name: "step";
  children: StepCstChildren;
}

export type StepCstChildren = {
  count?: CountCstNode[];
  operatorStep?: OperatorStepCstNode[];
  factorStep?: FactorStepCstNode[];
  joinStep?: JoinStepCstNode[];
  residualStep?: ResidualStepCstNode[];
  gateStep?: GateStepCstNode[];
  auxStep?: AuxStepCstNode[];
  ifStep?: IfStepCstNode[];
  block?: BlockCstNode[];
  callStep?: CallStepCstNode[];
};

export interface CountCstNode extends CstNode {
  name: "count";
  children: CountCstChildren;
}

export type CountCstChildren = {
  Int?: IToken[];
  Identifier?: IToken[];
  OpenParen?: (IToken)[];
  expression?: ExpressionCstNode[];
  CloseParen?: (IToken)[];
  Times: IToken[];
  index?: IToken[];
};

export interface OperatorStepCstNode extends CstNode {
  name: "operatorStep";
  children: OperatorStepCstChildren;
}

export type OperatorStepCstChildren = {
  OperatorName: IToken[];
  operand?: OperandCstNode[];
  modifiers: ModifiersCstNode[];
};

export interface CallStepCstNode extends CstNode {
  name: "callStep";
  children: CallStepCstChildren;
}

export type CallStepCstChildren = {
  Identifier: IToken[];
  argumentList?: ArgumentListCstNode[];
  operand?: OperandCstNode[];
  modifiers: ModifiersCstNode[];
};

export interface ArgumentListCstNode extends CstNode {
  name: "argumentList";
  children: ArgumentListCstChildren;
}

export type ArgumentListCstChildren = {
  OpenParen: IToken[];
  argument?: ArgumentCstNode[];
  Comma?: IToken[];
  CloseParen: IToken[];
};

export interface ArgumentCstNode extends CstNode {
  name: "argument";
  children: ArgumentCstChildren;
}

export type ArgumentCstChildren = {
  attributeName?: AttributeNameCstNode[];
  Equals?: IToken[];
  expression: ExpressionCstNode[];
};

export interface FactorStepCstNode extends CstNode {
  name: "factorStep";
  children: FactorStepCstChildren;
}

export type FactorStepCstChildren = {
  Factor: IToken[];
  kernel: OperandCstNode[];
  OpenParen: IToken[];
  factorPart: FactorPartCstNode[];
  Comma?: IToken[];
  CloseParen: IToken[];
};

export interface FactorPartCstNode extends CstNode {
  name: "factorPart";
  children: FactorPartCstChildren;
}

export type FactorPartCstChildren = {
  operand?: OperandCstNode[];
  modifiers: ModifiersCstNode[];
};

export interface JoinStepCstNode extends CstNode {
  name: "joinStep";
  children: JoinStepCstChildren;
}

export type JoinStepCstChildren = {
  join?: (IToken)[];
  OpenBrace: IToken[];
  Bar: (IToken)[];
  branch: (BranchCstNode)[];
  CloseBrace: IToken[];
};

export interface BranchCstNode extends CstNode {
  name: "branch";
  children: BranchCstChildren;
}

export type BranchCstChildren = {
  statement: StatementCstNode[];
};

export interface ResidualStepCstNode extends CstNode {
  name: "residualStep";
  children: ResidualStepCstChildren;
}

export type ResidualStepCstChildren = {
  Residual: IToken[];
  attributeList?: AttributeListCstNode[];
  body: BlockCstNode[];
  Shortcut?: IToken[];
  shortcut?: BlockCstNode[];
};

export interface GateStepCstNode extends CstNode {
  name: "gateStep";
  children: GateStepCstChildren;
}

export type GateStepCstChildren = {
  ScaleBy: IToken[];
  block: BlockCstNode[];
};

export interface AuxStepCstNode extends CstNode {
  name: "auxStep";
  children: AuxStepCstChildren;
}

export type AuxStepCstChildren = {
  Aux: IToken[];
  Identifier: IToken[];
  block: BlockCstNode[];
};

export interface IfStepCstNode extends CstNode {
  name: "ifStep";
  children: IfStepCstChildren;
}

export type IfStepCstChildren = {
  If: (IToken)[];
  expression: (ExpressionCstNode)[];
  block: (BlockCstNode)[];
  Else?: (IToken)[];
  otherwise?: BlockCstNode[];
};

export interface ModifiersCstNode extends CstNode {
  name: "modifiers";
  children: ModifiersCstChildren;
}

export type ModifiersCstChildren = {
  modifier?: ModifierCstNode[];
};

export interface ModifierCstNode extends CstNode {
  name: "modifier";
  children: ModifierCstChildren;
}

export type ModifierCstChildren = {
  Slash?: IToken[];
  stride?: OperandCstNode[];
  attributeName?: AttributeNameCstNode[];
  Equals?: IToken[];
  expression?: ExpressionCstNode[];
  flag?: FlagCstNode[];
};

export interface FlagCstNode extends CstNode {
  name: "flag";
  children: FlagCstChildren;
}

export type FlagCstChildren = {
  word?: (IToken)[];
};

export interface FileCstNode extends CstNode {
  name: "file";
  children: FileCstChildren;
}

export type FileCstChildren = {
  languageVersion?: LanguageVersionCstNode[];
  declaration?: DeclarationCstNode[];
};

export interface LanguageVersionCstNode extends CstNode {
  name: "languageVersion";
  children: LanguageVersionCstChildren;
}

export type LanguageVersionCstChildren = {
  Incept: IToken[];
  Int: IToken[];
};

export interface DeclarationCstNode extends CstNode {
  name: "declaration";
  children: DeclarationCstChildren;
}

export type DeclarationCstChildren = {
  importDeclaration?: ImportDeclarationCstNode[];
  letDeclaration?: LetDeclarationCstNode[];
  defaultsDeclaration?: DefaultsDeclarationCstNode[];
  moduleDeclaration?: ModuleDeclarationCstNode[];
  networkDeclaration?: NetworkDeclarationCstNode[];
  variantDeclaration?: VariantDeclarationCstNode[];
};

export interface ImportDeclarationCstNode extends CstNode {
  name: "importDeclaration";
  children: ImportDeclarationCstChildren;
}

export type ImportDeclarationCstChildren = {
  Import: IToken[];
  OpenBrace: IToken[];
  names: IToken[];
  Comma?: IToken[];
  CloseBrace: IToken[];
  From: IToken[];
  StringLiteral: IToken[];
};

export interface PreprocessDeclarationCstNode extends CstNode {
  name: "preprocessDeclaration";
  children: PreprocessDeclarationCstChildren;
}

export type PreprocessDeclarationCstChildren = {
  Preprocess: IToken[];
  attributeList: AttributeListCstNode[];
};

export interface ModuleDeclarationCstNode extends CstNode {
  name: "moduleDeclaration";
  children: ModuleDeclarationCstChildren;
}

export type ModuleDeclarationCstChildren = {
  Module: IToken[];
  Identifier: IToken[];
  parameters?: ParametersCstNode[];
  Colon?: IToken[];
  inputShape?: ShapeCstNode[];
  Yields?: IToken[];
  outputShape?: ShapeCstNode[];
  block: BlockCstNode[];
};

export interface NetworkDeclarationCstNode extends CstNode {
  name: "networkDeclaration";
  children: NetworkDeclarationCstChildren;
}

export type NetworkDeclarationCstChildren = {
  Network: IToken[];
  Identifier: IToken[];
  parameters?: ParametersCstNode[];
  OpenBrace: IToken[];
  inputDeclaration?: InputDeclarationCstNode[];
  letDeclaration?: LetDeclarationCstNode[];
  defaultsDeclaration?: DefaultsDeclarationCstNode[];
  preprocessDeclaration?: PreprocessDeclarationCstNode[];
  budgetDeclaration?: BudgetDeclarationCstNode[];
  statement?: StatementCstNode[];
  CloseBrace: IToken[];
};

export interface InputDeclarationCstNode extends CstNode {
  name: "inputDeclaration";
  children: InputDeclarationCstChildren;
}

export type InputDeclarationCstChildren = {
  Input: IToken[];
  OpenBracket?: IToken[];
  names?: IToken[];
  Comma?: IToken[];
  CloseBracket?: IToken[];
  Equals?: IToken[];
  operand: OperandCstNode[];
};

export interface InputEditCstNode extends CstNode {
  name: "inputEdit";
  children: InputEditCstChildren;
}

export type InputEditCstChildren = {
  Input: IToken[];
  operand: OperandCstNode[];
};

export interface BudgetDeclarationCstNode extends CstNode {
  name: "budgetDeclaration";
  children: BudgetDeclarationCstChildren;
}

export type BudgetDeclarationCstChildren = {
  Budget: IToken[];
  path: PathCstNode[];
  relation?: (IToken)[];
  amount?: (IToken)[];
  unit?: IToken[];
};

export interface VariantDeclarationCstNode extends CstNode {
  name: "variantDeclaration";
  children: VariantDeclarationCstChildren;
}

export type VariantDeclarationCstChildren = {
  Variant: IToken[];
  name: IToken[];
  Of: IToken[];
  base: IToken[];
  OpenBrace: IToken[];
  edit?: EditCstNode[];
  CloseBrace: IToken[];
};

export interface EditCstNode extends CstNode {
  name: "edit";
  children: EditCstChildren;
}

export type EditCstChildren = {
  widthEdit?: WidthEditCstNode[];
  inputEdit?: InputEditCstNode[];
  setEdit?: SetEditCstNode[];
  defaultsDeclaration?: DefaultsDeclarationCstNode[];
  preprocessDeclaration?: PreprocessDeclarationCstNode[];
  replaceEdit?: ReplaceEditCstNode[];
  insertEdit?: InsertEditCstNode[];
  removeEdit?: RemoveEditCstNode[];
  useEdit?: UseEditCstNode[];
  budgetDeclaration?: BudgetDeclarationCstNode[];
};

export interface WidthEditCstNode extends CstNode {
  name: "widthEdit";
  children: WidthEditCstChildren;
}

export type WidthEditCstChildren = {
  Width: IToken[];
  expression: ExpressionCstNode[];
  Round?: IToken[];
  Int?: IToken[];
};

export interface SetEditCstNode extends CstNode {
  name: "setEdit";
  children: SetEditCstChildren;
}

export type SetEditCstChildren = {
  SetValue: IToken[];
  Identifier: IToken[];
  Equals: IToken[];
  expression: ExpressionCstNode[];
};

export interface ReplaceEditCstNode extends CstNode {
  name: "replaceEdit";
  children: ReplaceEditCstChildren;
}

export type ReplaceEditCstChildren = {
  Replace: IToken[];
  path: PathCstNode[];
  With: IToken[];
  chain: ChainCstNode[];
  Yields?: IToken[];
  shape?: ShapeCstNode[];
};

export interface InsertEditCstNode extends CstNode {
  name: "insertEdit";
  children: InsertEditCstChildren;
}

export type InsertEditCstChildren = {
  Insert: IToken[];
  label?: LabelCstNode[];
  chain: ChainCstNode[];
  side?: (IToken)[];
  path: PathCstNode[];
};

export interface RemoveEditCstNode extends CstNode {
  name: "removeEdit";
  children: RemoveEditCstChildren;
}

export type RemoveEditCstChildren = {
  Remove: IToken[];
  path: PathCstNode[];
};

export interface UseEditCstNode extends CstNode {
  name: "useEdit";
  children: UseEditCstChildren;
}

export type UseEditCstChildren = {
  Use: IToken[];
  replacement: IToken[];
  For: IToken[];
  replaced: IToken[];
};

export interface ParametersCstNode extends CstNode {
  name: "parameters";
  children: ParametersCstChildren;
}

export type ParametersCstChildren = {
  OpenParen: IToken[];
  parameter?: ParameterCstNode[];
  Comma?: IToken[];
  CloseParen: IToken[];
};

export interface ParameterCstNode extends CstNode {
  name: "parameter";
  children: ParameterCstChildren;
}

export type ParameterCstChildren = {
  name?: (IToken)[];
  Colon?: IToken[];
  type?: IToken[];
  Equals?: IToken[];
  expression?: ExpressionCstNode[];
};
