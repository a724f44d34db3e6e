/** Writes the page of railroad diagrams: one for each grammar rule, with links to the rules that use it. */
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
import { InceptParser } from "../../grammar/parser.ts";
import { fixedText } from "../../grammar/tokens.ts";
import type { DerivedFile } from "../derived-file.ts";
import {
  choice,
  drawDiagram,
  optional,
  repeated,
  rule,
  sequence,
  type Track,
  terminal,
  token,
} from "./railroad.ts";
import { rulesOf, SECTIONS } from "./render-ebnf.ts";

const FOLDER = "docs/pictures/grammar";

const HEAD = `<!-- Generated from grammar/parser.ts by \`npm run generate:grammar\`; do not edit. -->

# Grammar

Each rule of the parser as a track that is followed from left to right. A round box is a word or a sign as it is written, or
in italics a kind of word; a square one is another rule. White space, line breaks and comments may stand anywhere between
two boxes. The same as text is [\`grammar/incept.ebnf\`](../../grammar/incept.ebnf), which also says where more than the next
word decides.
`;

/** The page and its pictures. */
export function deriveGrammarPage(): readonly DerivedFile[] {
  const rules = Object.values(new InceptParser().getGAstProductions());
  const sections = SECTIONS.map((section) => {
    const parts = rulesOf(section).map((one) => renderRule(one, rules));
    return [`## ${section.title}\n`, ...parts].join("\n");
  });
  return [
    { path: "docs/language/grammar.md", text: [HEAD, ...sections].join("\n") },
    ...rules.map((one) => ({
      path: `${FOLDER}/${one.name}.svg`,
      text: drawDiagram(one.name, sequence(one.definition.map(draw))),
    })),
  ];
}

function renderRule({ name }: Rule, rules: readonly Rule[]): string {
  const users = rules.filter(({ definition }) => definition.some((part) => mentions(part, name)));
  const links = users.map((user) => `[${user.name}](#${user.name.toLowerCase()})`);
  const used = links.length === 0 ? "Where the parser begins." : `Used in ${links.join(", ")}.`;
  return [`### ${name}`, "", `![${name}](../pictures/grammar/${name}.svg)`, "", used, ""].join(
    "\n",
  );
}

function mentions(production: IProduction, name: string): boolean {
  if (production instanceof NonTerminal) return production.nonTerminalName === name;
  return partsOf(production).some((part) => mentions(part, name));
}

function partsOf(production: IProduction): readonly IProduction[] {
  return "definition" in production ? (production.definition as readonly IProduction[]) : [];
}

function draw(production: IProduction): Track {
  if (production instanceof NonTerminal) return rule(production.nonTerminalName);
  if (production instanceof Terminal) return drawToken(production.terminalType);
  if (production instanceof Alternation) return choice(production.definition.map(draw));
  const track = sequence(partsOf(production).map(draw));
  if (production instanceof Alternative) return track;
  if (production instanceof Option) return optional(track);
  if (production instanceof Repetition) return optional(repeated(track));
  if (production instanceof RepetitionMandatory) return repeated(track);
  if (production instanceof RepetitionMandatoryWithSeparator) {
    return repeated(track, drawToken(production.separator));
  }
  if (production instanceof RepetitionWithSeparator) {
    return optional(repeated(track, drawToken(production.separator)));
  }
  throw new Error(`no track for ${production.constructor.name}`);
}

function drawToken(type: TokenType): Track {
  const text = fixedText(type);
  return text === undefined ? token(type.name) : terminal(text);
}
