/** Works out how the parser tells alternatives apart, as the table that grammar/table-lookahead.ts reads. */
import {
  getLookaheadPaths,
  type ILookaheadStrategy,
  LLkLookaheadStrategy,
  type LookaheadProductionType,
} from "chevrotain";
import { InceptParser } from "../../grammar/parser.ts";
import { lookaheadKey } from "../../grammar/table-lookahead.ts";
import type { DerivedFile } from "../derived-file.ts";

const HEADER =
  "/** What may come next at each choice. Generated from grammar/parser.ts by `npm run generate:grammar`; do not edit. */\n";

type OnAlternation = Parameters<ILookaheadStrategy["buildLookaheadForAlternation"]>[0];
type OnOptional = Parameters<ILookaheadStrategy["buildLookaheadForOptional"]>[0];

/** Writes down what Chevrotain finds out, for every choice that it asks about. */
class RecordingLookahead extends LLkLookaheadStrategy {
  readonly table = new Map<string, readonly (readonly string[])[]>();

  override buildLookaheadForAlternation(choice: OnAlternation): () => undefined {
    this.#record(choice, "Alternation");
    return () => undefined;
  }

  override buildLookaheadForOptional(choice: OnOptional): () => boolean {
    this.#record(choice, choice.prodType);
    return () => false;
  }

  #record(
    { rule, prodOccurrence: occurrence, maxLookahead }: OnAlternation | OnOptional,
    prodType: LookaheadProductionType,
  ): void {
    const paths = getLookaheadPaths({ occurrence, rule, prodType, maxLookahead });
    // What may stand in place of something optional is found as well, and not asked for.
    const alternatives = prodType === "Alternation" ? paths : paths.slice(0, 1);
    this.table.set(
      lookaheadKey(rule.name, prodType, occurrence),
      alternatives.map((alternative) =>
        alternative.map((path) => path.map(({ name }) => name).join(" ")),
      ),
    );
  }
}

export function deriveLookahead(): DerivedFile {
  const lookahead = new RecordingLookahead();
  new InceptParser({ lookahead });
  const lines = [...lookahead.table].map(
    ([key, alternatives]) => `  ${JSON.stringify(key)}: ${JSON.stringify(alternatives)},\n`,
  );
  const type = "Readonly<Record<string, readonly (readonly string[])[]>>";
  return {
    path: "grammar/lookahead.generated.ts",
    text: `${HEADER}export const LOOKAHEAD: ${type} = {\n${lines.join("")}};\n`,
  };
}
