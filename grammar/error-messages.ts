/** Owns what the parser expected, in the author's words; what it found and where is added by the syntax room. */
import type { IParserErrorMessageProvider, TokenType } from "chevrotain";

const STEP =
  "a step: an operator such as `conv 3x3 32`, a module, `concat`, `sum`, `residual` or a block";

/** What each rule begins with, for the places where several things may stand. */
const EXPECTED_BY_RULE: Readonly<Record<string, string>> = {
  declaration: "`module`, `network`, `variant`, `import`, `let` or `defaults`",
  edit: "an edit: `width`, `input`, `set`, `defaults`, `replace`, `insert`, `remove`, `use` or `budget`",
  networkDeclaration: "`input`, `budget`, `defaults`, `let` or a statement",
  step: STEP,
  chain: STEP,
  branch: `${STEP} (an empty branch is written \`identity\`)`,
  statement: STEP,
  count: "a repeat count",
  operand: "a number, a size, a name or an expression in parentheses",
  primary: "a value",
  nameReference: "a value",
  modifier: "an attribute, a flag or a stride",
  shape: "a shape such as `35x35x384` or `[H, W, 384]`",
  dimension: "a number, a name or `_`",
  budgetDeclaration: "a bound such as `<= 43M`",
  joinStep: "`|` before each branch",
  insertEdit: "`after` or `before` and a path",
};

function label(token: TokenType): string {
  return token.LABEL ?? token.name;
}

export const errorMessages: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => label(expected),
  buildNotAllInputParsedMessage: () => EXPECTED_BY_RULE.declaration ?? "a declaration",
  buildNoViableAltMessage: ({ ruleName }) => EXPECTED_BY_RULE[ruleName] ?? "something else",
  buildEarlyExitMessage: ({ ruleName }) => EXPECTED_BY_RULE[ruleName] ?? "something else",
};
