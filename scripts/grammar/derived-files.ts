/** Lists the files that are derived from the grammar, with their contents. */
import { generateCstDts } from "chevrotain";
import { InceptParser } from "../../grammar/parser.ts";
import type { DerivedFile } from "../derived-file.ts";
import { deriveGrammarPage } from "./derive-grammar-page.ts";
import { deriveLookahead } from "./derive-lookahead.ts";
import { renderEbnf } from "./render-ebnf.ts";
import { renderTextMate } from "./render-text-mate.ts";

const CST_HEADER =
  "/** The concrete tree's types. Generated from grammar/parser.ts by `npm run generate:grammar`; do not edit. */\n";

export function deriveGrammarFiles(): readonly DerivedFile[] {
  const cst = generateCstDts(new InceptParser().getGAstProductions(), {
    includeVisitorInterface: false,
  });
  return [
    { path: "grammar/cst.generated.ts", text: `${CST_HEADER}${cst.replace("ICstVisitor, ", "")}` },
    deriveLookahead(),
    { path: "grammar/incept.ebnf", text: renderEbnf() },
    { path: "grammar/incept.tmLanguage.json", text: renderTextMate() },
    ...deriveGrammarPage(),
  ];
}
