/** Prints the parser's rules as EBNF, all of them and no others. */
import {
  Alternation,
  Alternative,
  type IProduction,
  NonTerminal,
  Option,
  Repetition,
  RepetitionMandatory,
  RepetitionMandatoryWithSeparator,
  RepetitionWithSeparator,
  type Rule,
  Terminal,
  type TokenType,
} from "chevrotain";
import { FUNCTION_NAMES } from "../../grammar/expression-rules.ts";
import { OPERAND_COUNTS } from "../../grammar/operators.ts";
import { InceptParser, QUANTITY_UNITS } from "../../grammar/parser.ts";
import {
  CONTEXTUAL_KEYWORDS,
  FLOAT_PATTERN,
  fixedText,
  Identifier,
  Int,
  KEYWORDS,
  Size,
  StringLiteral,
} from "../../grammar/tokens.ts";

const MAX_WIDTH = 100;

const HEADER = `(*
  The grammar of .incept files. Generated from grammar/parser.ts by \`npm run generate:grammar\`; do not edit.

    "text"   stands for itself          [ … ]   once or not at all
    a | b    either of the two          { … }   any number of times
    ( … )    groups                     ? … ?   said in words or as a regular expression

  White space, line breaks and comments may stand between any two tokens and mean nothing. Six things are decided by
  more than the next token, and the rules below allow more than the parser takes:

  - an attribute or a named argument is a word followed by "=", a label a name followed by ":" or "was" path ":";
  - an operator takes exactly its own number of operands (see OperatorName); what follows them begins something new;
  - a number, a name or an expression in parentheses is a repeat count when "x" follows it, and never an operand then;
  - after "name =" of an operator, "/" begins the stride; inside parentheses it divides;
  - a name before "(" is a function call, but as an operand only if it is one of ${FUNCTION_NAMES.join(" ")};
  - the name at the end of a budget is a unit, one of ${QUANTITY_UNITS.join(" ")}, or touches the number.
*)
`;

/** A run of the parser's rules: from `first` up to, but without, `next`; absent at either end. */
interface Section {
  readonly title: string;
  readonly first?: string;
  readonly next?: string;
}

export const SECTIONS: readonly Section[] = [
  { title: "Files and declarations", first: "file" },
  { title: "Blocks and steps", first: "letDeclaration", next: "file" },
  { title: "Values", next: "letDeclaration" },
];

/** The whole file, ending in a line break. */
export function renderEbnf(): string {
  return [HEADER, ...SECTIONS.map(renderSection), "(* Tokens *)\n", ...renderTokens()].join("\n");
}

function renderSection(section: Section): string {
  return [`(* ${section.title} *)\n`, ...rulesOf(section).map(renderRule)].join("\n");
}

/** The parser's rules, in their own order but with those for files first and those for values last. */
export function rulesOf({ first, next }: Section): readonly Rule[] {
  const rules = Object.values(new InceptParser().getGAstProductions());
  const at = (name: string | undefined, otherwise: number): number =>
    name === undefined ? otherwise : rules.findIndex((rule) => rule.name === name);
  return rules.slice(at(first, 0), at(next, rules.length));
}

function renderRule(rule: Rule): string {
  const [only] = rule.definition;
  const alternatives =
    rule.definition.length === 1 && only instanceof Alternation
      ? only.definition.map(renderProduction)
      : [renderSequence(rule.definition)];
  return layOut(rule.name, alternatives);
}

/** On one line where it fits; else one alternative a line, and long sequences broken between their parts. */
function layOut(name: string, alternatives: readonly string[]): string {
  const line = `${name} = ${alternatives.join(" | ")} ;`;
  if (line.length <= MAX_WIDTH) return `${line}\n`;
  const lines = alternatives.map(
    (alternative, index) => `  ${index === 0 ? "=" : "|"} ${breakLine(alternative)}`,
  );
  return [name, ...lines, "  ;", ""].join("\n");
}

/** Words as alternatives, as many on a line as fit. */
function layOutWords(name: string, words: readonly string[]): string {
  const line = `${name} = ${words.map(quote).join(" | ")} ;`;
  if (line.length <= MAX_WIDTH) return `${line}\n`;
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    const longer = `${last} | ${quote(word)}`;
    if (last === undefined || longer.length > MAX_WIDTH) lines.push(`  | ${quote(word)}`);
    else lines[lines.length - 1] = longer;
  }
  return [
    name,
    ...lines.map((one, index) => (index === 0 ? one.replace("|", "=") : one)),
    "  ;",
    "",
  ].join("\n");
}

function breakLine(text: string): string {
  const lines: string[] = [];
  let line = "";
  for (const part of topLevelParts(text)) {
    if (line !== "" && line.length + part.length + 5 > MAX_WIDTH) {
      lines.push(line);
      line = part;
    } else line = line === "" ? part : `${line} ${part}`;
  }
  return [...lines, line].join("\n    ");
}

/** The parts of a sequence that are not inside brackets. */
function topLevelParts(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  for (const word of text.split(" ")) {
    if (depth > 0) parts.push(`${parts.pop()} ${word}`);
    else parts.push(word);
    if (/^[([{]$/.test(word)) depth++;
    else if (/^[)\]}]$/.test(word)) depth--;
  }
  return parts;
}

function renderSequence(parts: readonly IProduction[]): string {
  return parts.map(renderProduction).join(" ");
}

function renderProduction(production: IProduction): string {
  if (production instanceof NonTerminal) return production.nonTerminalName;
  if (production instanceof Terminal) return renderTerminal(production.terminalType);
  if (production instanceof Alternation) {
    return `( ${production.definition.map(renderProduction).join(" | ")} )`;
  }
  if (production instanceof Alternative) return renderSequence(production.definition);
  if (production instanceof Option) return `[ ${inner(production.definition)} ]`;
  if (production instanceof Repetition) return `{ ${inner(production.definition)} }`;
  if (production instanceof RepetitionMandatory) {
    const body = renderSequence(production.definition);
    return `${body} { ${body} }`;
  }
  if (production instanceof RepetitionWithSeparator) return `[ ${renderList(production)} ]`;
  if (production instanceof RepetitionMandatoryWithSeparator) return renderList(production);
  throw new Error(`no EBNF for ${production.constructor.name}`);
}

/** What stands inside brackets; alternatives need no brackets of their own there. */
function inner(parts: readonly IProduction[]): string {
  const text = renderSequence(parts);
  const [only] = parts;
  return parts.length === 1 && only instanceof Alternation ? text.slice(2, -2) : text;
}

function renderList({
  definition,
  separator,
}: RepetitionWithSeparator | RepetitionMandatoryWithSeparator): string {
  const body = renderSequence(definition);
  return `${body} { ${renderTerminal(separator)} ${body} }`;
}

function renderTerminal(token: TokenType): string {
  const text = fixedText(token);
  return text === undefined ? token.name : quote(text);
}

function quote(text: string): string {
  return `"${text}"`;
}

function renderTokens(): readonly string[] {
  const pattern = (token: TokenType): string =>
    token.PATTERN instanceof RegExp ? token.PATTERN.source : String(token.PATTERN);
  const withOperands = (count: number): readonly string[] =>
    Object.keys(OPERAND_COUNTS).filter((name) => OPERAND_COUNTS[name] === count);
  return [
    layOut("Word", ["Identifier", "OperatorName", "keyword"]),
    layOut("Identifier", [`? /${pattern(Identifier)}/, but no keyword and no operator ?`]),
    layOut("OperatorName", ["withoutOperand", "withOneOperand", "withTwoOperands"]),
    layOutWords("withoutOperand", withOperands(0)),
    layOutWords("withOneOperand", withOperands(1)),
    layOutWords("withTwoOperands", withOperands(2)),
    layOutWords("keyword", KEYWORDS),
    "(* Keywords in their own place, and Identifiers everywhere else. *)",
    layOutWords("contextualKeyword", CONTEXTUAL_KEYWORDS),
    layOut("Size", [`? /${pattern(Size)}/ ?`]),
    layOut("Int", [`? /${pattern(Int)}/ ?`]),
    layOut("Float", [`? /${FLOAT_PATTERN.source}/, but not after "." ?`]),
    layOut("StringLiteral", [`? /${pattern(StringLiteral).replace(/\?$/, "")}/ ?`]),
    layOut("docComment", [
      '? "///" to the end of the line: documents the declaration that follows ?',
    ]),
    layOut("comment", ['? "//" to the end of the line, or "/*" to the next "*/" ?']),
  ];
}
