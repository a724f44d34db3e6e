/** Says what the parser expected, in the words of an author; src/compiler/syntax adds what it found and where. */
import { EOF, type IParserErrorMessageProvider, type TokenType } from "chevrotain";
import { Bar, CloseBrace, Import, Module, Network, Variant } from "./tokens.ts";

const STEP =
  "a step: an operator such as `conv 3x3 32`, a module, `concat`, `sum`, `residual` or a block";

const DECLARATION = "`module`, `network`, `variant`, `import`, `let` or `defaults`";

/** What is allowed in place of a rule's closing brace. */
const EXPECTED_BEFORE_BRACE: Readonly<Record<string, string>> = {
  networkDeclaration: "a statement, `input`, `budget`, `defaults`, `let` or `}`",
  block: "a statement, `let`, `defaults` or `}`",
  variantDeclaration:
    "an edit (`width`, `input`, `set`, `defaults`, `preprocess`, `replace`, `insert`, `remove`, `use` or `budget`) or `}`",
  joinStep: "`|` before the next branch or `}`",
};

/** If one of these begins, or the file ends, a brace is missing. */
const AFTER_BLOCKS: readonly TokenType[] = [EOF, Import, Module, Network, Variant];

/** What each rule begins with, for the places where several things may stand. */
const EXPECTED_BY_RULE: Readonly<Record<string, string>> = {
  declaration: DECLARATION,
  edit: "an edit: `width`, `input`, `set`, `defaults`, `preprocess`, `replace`, `insert`, `remove`, `use` or `budget`",
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
  path: "a name or a number",
  shape: "a shape such as `35x35x384` or `[H, W, 384]`",
  dimension: "a number, a name or `_`",
  budgetDeclaration: "a bound such as `<= 43M`",
  insertEdit: "`after` or `before` and a path",
};

function label(token: TokenType): string {
  return token.LABEL ?? token.name;
}

/** Mistakes in one file after which the parser gives up: recovery nests and looks far ahead each time. */
export const MAX_MISTAKES = 50;

/** Ends a parse with more than {@link MAX_MISTAKES}. */
export class TooManyMistakes extends Error {}

/** Words what was expected, and counts how often it was asked since the last `restart`. */
class ErrorMessages implements IParserErrorMessageProvider {
  private asked = 0;

  restart(): void {
    this.asked = 0;
  }

  buildMismatchTokenMessage(
    options: Parameters<IParserErrorMessageProvider["buildMismatchTokenMessage"]>[0],
  ): string {
    const { expected, actual, ruleName } = options;
    this.count();
    if (expected === EOF) return DECLARATION;
    if (expected === Bar) return "`|` before each branch";
    const isForgotten = AFTER_BLOCKS.includes(actual.tokenType);
    const inside = expected === CloseBrace && !isForgotten && EXPECTED_BEFORE_BRACE[ruleName];
    return inside || label(expected);
  }

  buildNotAllInputParsedMessage(): string {
    this.count();
    return DECLARATION;
  }

  buildNoViableAltMessage({ ruleName }: { readonly ruleName: string }): string {
    return this.whatBegins(ruleName);
  }

  buildEarlyExitMessage({ ruleName }: { readonly ruleName: string }): string {
    return this.whatBegins(ruleName);
  }

  private whatBegins(ruleName: string): string {
    this.count();
    return EXPECTED_BY_RULE[ruleName] ?? "something else";
  }

  private count(): void {
    this.asked++;
    if (this.asked > MAX_MISTAKES) throw new TooManyMistakes();
  }
}

export const errorMessages: ErrorMessages = new ErrorMessages();
