/** Writes what is derived from the grammar: the types of the concrete tree. */
import { writeFileSync } from "node:fs";
import { generateCstDts } from "chevrotain";
import { parser } from "../grammar/parser.ts";

const header =
  "/** The concrete tree's types. Generated from grammar/parser.ts by `npm run generate:grammar`; do not edit. */\n";
const types = generateCstDts(parser.getGAstProductions(), { includeVisitorInterface: false });
writeFileSync(
  new URL("../grammar/cst.generated.ts", import.meta.url),
  `${header}${types.replace("ICstVisitor, ", "")}`,
);
