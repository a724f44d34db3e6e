/** Parses the tokens of a file: by the strict parser, which most files need alone, and after a mistake by the one that recovers. */
import type { CstNode, IRecognitionException, IToken } from "chevrotain";
import { InceptParser } from "./parser.ts";
import { StrictParser } from "./strict-parser.ts";

export interface Reading {
  /** Absent if there are too many mistakes. */
  readonly tree: CstNode | undefined;
  readonly errors: readonly IRecognitionException[];
}

// Parsers serve all files: they hold nothing between two parses but their input.
const strict = new StrictParser();
let recovering: InceptParser | undefined;

export function readTokens(tokens: IToken[]): Reading {
  const whole = strict.parseFile(tokens);
  if (whole) return { tree: whole, errors: [] };
  recovering ??= new InceptParser();
  const tree = recovering.parseFile(tokens);
  return { tree, errors: recovering.errors };
}
