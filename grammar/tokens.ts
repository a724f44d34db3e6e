/** The tokens of the language and the lexer. */
import { createToken, type IToken, Lexer, type TokenType } from "chevrotain";
import { OPERAND_COUNTS } from "./operators.ts";

/** Any word at all: what a path segment may be. */
export const Word = createToken({ name: "Word", pattern: Lexer.NA, label: "a name" });

/** A name that the author chooses. Words that are keywords only in one place (`width`, `of`) are names elsewhere. */
export const Identifier = createToken({
  name: "Identifier",
  pattern: /[A-Za-z_]\w*/,
  label: "a name",
  categories: [Word],
});

/**
 * A word of the language, by its text and the kinds of word that it is. Its first letter and its staying on one line are
 * given, which Chevrotain would otherwise find out by parsing the pattern at every start.
 */
function fixedWord(name: string, text: string, categories: readonly TokenType[]): TokenType {
  return createToken({
    name,
    pattern: new RegExp(`${text}\\b`),
    label: `\`${text}\``,
    categories: [...categories],
    line_breaks: false,
    start_chars_hint: [text.charAt(0)],
  });
}

function keyword(name: string, text: string): TokenType {
  return fixedWord(name, text, [Word]);
}

/** A word that is a keyword only in one place; elsewhere it is an ordinary name. */
function contextualKeyword(name: string, text: string): TokenType {
  return fixedWord(name, text, [Identifier, Word]);
}

function sign(name: string, text: string): TokenType {
  return createToken({ name, pattern: text, label: `\`${text}\`` });
}

export const Import = keyword("Import", "import");
export const Let = keyword("Let", "let");
export const Defaults = keyword("Defaults", "defaults");
export const Module = keyword("Module", "module");
export const Network = keyword("Network", "network");
export const Variant = keyword("Variant", "variant");
export const Input = keyword("Input", "input");
export const Preprocess = keyword("Preprocess", "preprocess");
export const Budget = keyword("Budget", "budget");
export const Concat = keyword("Concat", "concat");
export const Sum = keyword("Sum", "sum");
export const Split = keyword("Split", "split");
export const Residual = keyword("Residual", "residual");
export const Shortcut = keyword("Shortcut", "shortcut");
export const ScaleBy = keyword("ScaleBy", "scale_by");
export const Aux = keyword("Aux", "aux");
export const Factor = keyword("Factor", "factor");
export const If = keyword("If", "if");
export const Else = keyword("Else", "else");
export const Times = keyword("Times", "x");
export const Valid = keyword("Valid", "valid");
export const Same = keyword("Same", "same");
export const Linear = keyword("Linear", "linear");
export const Bias = keyword("Bias", "bias");
export const Global = keyword("Global", "global");
export const True = keyword("True", "true");
export const False = keyword("False", "false");
export const Replace = keyword("Replace", "replace");
export const Insert = keyword("Insert", "insert");
export const Remove = keyword("Remove", "remove");
export const After = keyword("After", "after");
export const Before = keyword("Before", "before");

export const Incept = contextualKeyword("Incept", "incept");
export const From = contextualKeyword("From", "from");
export const Of = contextualKeyword("Of", "of");
export const Width = contextualKeyword("Width", "width");
export const Round = contextualKeyword("Round", "round");
export const SetValue = contextualKeyword("SetValue", "set");
export const With = contextualKeyword("With", "with");
export const Use = contextualKeyword("Use", "use");
export const For = contextualKeyword("For", "for");
export const Was = contextualKeyword("Was", "was");

/** All operators are one kind of word; which one it is matters to the operator registry alone. */
export const OperatorName = createToken({
  name: "OperatorName",
  pattern: new RegExp(`(?:${Object.keys(OPERAND_COUNTS).join("|")})\\b`),
  label: "an operator",
  categories: [Word],
});

/** `3x3`, `299x299x3`: one token, so that `x` between numbers needs no spaces around it. */
export const Size = createToken({
  name: "Size",
  pattern: /\d+(?:x\d+)+/,
  label: "a size such as `3x3`",
});

/** What a decimal number looks like, wherever one may stand. */
export const FLOAT_PATTERN: RegExp =
  /(?:\d[\d_]*)?\.\d[\d_]*(?:[eE][+-]?\d+)?|\d[\d_]*[eE][+-]?\d+/y;

/** A decimal number; but `0.1` after a dot is two steps of a path, and `.5` after a name is one. */
export const Float = createToken({
  name: "Float",
  label: "a number",
  line_breaks: false,
  start_chars_hint: [".", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
  pattern: (text: string, offset: number) => {
    const before = offset === 0 ? "" : text[offset - 1];
    if (before === "." || (text[offset] === "." && /\w/.test(before ?? ""))) return null;
    FLOAT_PATTERN.lastIndex = offset;
    return FLOAT_PATTERN.exec(text);
  },
});

export const Int = createToken({ name: "Int", pattern: /\d[\d_]*/, label: "a whole number" });

/** Ends at the line's end when the closing quote is missing; the syntax room reports that. */
export const StringLiteral = createToken({
  name: "StringLiteral",
  pattern: /"(?:[^"\\\r\n]|\\.)*"?/,
  label: "a text in quotes",
});

/** Text in the quotes of other languages: allowed nowhere, and one token so that it is one mistake. */
const OtherQuotes = createToken({
  name: "OtherQuotes",
  pattern: /'[^'\r\n]*'|“[^”\r\n]*”/,
  line_breaks: false,
  start_chars_hint: ["'", "“"],
});

export const Flow = sign("Flow", "->");
export const Yields = sign("Yields", "=>");
export const LessOrEqual = sign("LessOrEqual", "<=");
export const GreaterOrEqual = sign("GreaterOrEqual", ">=");
export const EqualEqual = sign("EqualEqual", "==");
export const NotEqual = sign("NotEqual", "!=");
export const Less = sign("Less", "<");
export const Greater = sign("Greater", ">");
export const Equals = sign("Equals", "=");
export const Bar = sign("Bar", "|");
export const OpenBrace = sign("OpenBrace", "{");
export const CloseBrace = sign("CloseBrace", "}");
export const OpenParen = sign("OpenParen", "(");
export const CloseParen = sign("CloseParen", ")");
export const OpenBracket = sign("OpenBracket", "[");
export const CloseBracket = sign("CloseBracket", "]");
export const Comma = sign("Comma", ",");
export const Colon = sign("Colon", ":");
export const Dot = sign("Dot", ".");
export const Slash = sign("Slash", "/");
export const Star = sign("Star", "*");
export const Plus = sign("Plus", "+");
export const Minus = sign("Minus", "-");
export const Percent = sign("Percent", "%");
export const Question = sign("Question", "?");

const WhiteSpace = createToken({
  name: "WhiteSpace",
  pattern: /[ \t\r\n\uFEFF]+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
});

/** `/// …`: documents the declaration that follows. */
const DocComment = createToken({
  name: "DocComment",
  pattern: /\/\/\/(?!\/)[^\r\n]*/,
  group: "comments",
});
const LineComment = createToken({
  name: "LineComment",
  pattern: /\/\/[^\r\n]*/,
  group: "comments",
});
/** A comment as in Python; the syntax room reports it, but nothing inside it. */
export const HashComment: TokenType = createToken({
  name: "HashComment",
  pattern: /#[^\r\n]*/,
  group: "comments",
});
/** Runs to the end of the file when it is never closed; the syntax room reports that. */
const BlockComment = createToken({
  name: "BlockComment",
  group: "comments",
  line_breaks: true,
  start_chars_hint: ["/"],
  pattern: (text: string, offset: number) => {
    if (!text.startsWith("/*", offset)) return null;
    const close = text.indexOf("*/", offset + 2);
    const matched: [string] = [text.slice(offset, close < 0 ? text.length : close + 2)];
    return matched;
  },
});

const keywords = [
  Import,
  Let,
  Defaults,
  Module,
  Network,
  Variant,
  Input,
  Preprocess,
  Budget,
  Concat,
  Sum,
  Split,
  Residual,
  Shortcut,
  ScaleBy,
  Aux,
  Factor,
  If,
  Else,
  Times,
  Valid,
  Same,
  Linear,
  Bias,
  Global,
  True,
  False,
  Replace,
  Insert,
  Remove,
  After,
  Before,
];
const contextualKeywords = [Incept, From, Of, Width, Round, SetValue, With, Use, For, Was];
const signs = [
  Flow,
  Yields,
  LessOrEqual,
  GreaterOrEqual,
  EqualEqual,
  NotEqual,
  Less,
  Greater,
  Equals,
  Bar,
  OpenBrace,
  CloseBrace,
  OpenParen,
  CloseParen,
  OpenBracket,
  CloseBracket,
  Comma,
  Colon,
  Dot,
  Slash,
  Star,
  Plus,
  Minus,
  Percent,
  Question,
];

/** The text that a token of fixed text stands for; nothing for names, numbers and the like. */
export function fixedText(token: TokenType): string | undefined {
  return /^`(.+)`$/.exec(token.LABEL ?? "")?.[1];
}

/** Words with a fixed meaning everywhere; operators apart, they can never be names. */
export const KEYWORDS: readonly string[] = keywords.flatMap((token) => fixedText(token) ?? []);

/** Words that are keywords only in one place and names elsewhere. */
export const CONTEXTUAL_KEYWORDS: readonly string[] = contextualKeywords.flatMap(
  (token) => fixedText(token) ?? [],
);

/** Words that can never be names, for messages and editors. */
export const RESERVED_WORDS: readonly string[] = [...KEYWORDS, ...Object.keys(OPERAND_COUNTS)];

/** In the order in which the lexer tries them. */
export const allTokens: readonly TokenType[] = [
  WhiteSpace,
  DocComment,
  LineComment,
  HashComment,
  BlockComment,
  StringLiteral,
  OtherQuotes,
  Size,
  Float,
  Int,
  OperatorName,
  ...keywords,
  ...contextualKeywords,
  Identifier,
  ...signs,
  Word,
];

export const lexer = new Lexer([...allTokens], {
  // Chevrotain's check of the tokens is slow, and a test does it.
  skipValidations: true,
  // Only full tracking gives tokens an end, from which nodes of the tree get theirs.
  positionTracking: "full",
  ensureOptimizations: true,
});

/** Whether a token stands in the text; recovery inserts tokens that do not, and Chevrotain 11 gives those no place. */
export function hasPosition(token: IToken): boolean {
  return Number.isFinite(token.startOffset) && !token.isInsertedInRecovery;
}
