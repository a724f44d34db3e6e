/** A parser for texts without mistakes: it starts several times sooner than the one that recovers, and gives up at the first. */
import type { CstNode, IParserErrorMessageProvider, IToken } from "chevrotain";
import { LOOKAHEAD } from "./lookahead.generated.ts";
import { InceptParser } from "./parser.ts";
import { choiceFunction, parseLookaheadKey } from "./table-lookahead.ts";

/** Ends a parse. */
class Mistake extends Error {}

function giveUp(): never {
  throw new Mistake();
}

const NO_MESSAGES: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: giveUp,
  buildNotAllInputParsedMessage: giveUp,
  buildNoViableAltMessage: giveUp,
  buildEarlyExitMessage: giveUp,
};

/** How Chevrotain 11 numbers choices by the kind of rule element, in the key under which it keeps their functions. */
const KIND_NUMBERS: Readonly<Record<string, number>> = {
  Alternation: 1,
  Option: 2,
  Repetition: 3,
  RepetitionMandatory: 4,
  RepetitionWithSeparator: 5,
  RepetitionMandatoryWithSeparator: 6,
};

/** The first of the bits that hold the kind. */
const KIND_BIT = 8;

/**
 * Only recovery and its messages need a record of the grammar, which Chevrotain makes by running every rule once. Here the
 * functions that choose come from the generated table alone, so nothing is recorded.
 */
export class StrictParser extends InceptParser {
  // What `performSelfAnalysis` of Chevrotain 11 fills in beside the grammar itself. Its types leave it out.
  declare protected selfAnalysisDone: boolean;
  declare protected readonly fullRuleNameToShort: Readonly<Record<string, number>>;
  declare protected setLaFuncCache: (key: number, choose: unknown) => void;

  constructor() {
    super({ recovers: false, messages: NO_MESSAGES });
  }

  /** The concrete tree, or nothing where there is any mistake. */
  override parseFile(tokens: IToken[]): CstNode | undefined {
    try {
      return super.parseFile(tokens);
    } catch (problem) {
      if (problem instanceof Mistake) return undefined;
      throw problem;
    }
  }

  protected override performSelfAnalysis(): void {
    this.selfAnalysisDone = true;
    for (const key of Object.keys(LOOKAHEAD)) {
      const { rule, kind, occurrence } = parseLookaheadKey(key);
      const ruleNumber = this.fullRuleNameToShort[rule];
      const kindNumber = KIND_NUMBERS[kind];
      if (ruleNumber === undefined || kindNumber === undefined) {
        throw new Error(`no place for the lookahead of "${key}"`);
      }
      const place = ruleNumber | (kindNumber << KIND_BIT) | occurrence;
      this.setLaFuncCache(place, choiceFunction(key));
    }
  }

  /** Called by Chevrotain where no alternative fits; it would look into its record for what does. */
  protected raiseNoAltException(): never {
    giveUp();
  }

  /** Called by Chevrotain where something is missing that must stand at least once. */
  protected raiseEarlyExitException(): never {
    giveUp();
  }
}
