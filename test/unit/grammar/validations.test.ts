/** Runs Chevrotain's own checks of the grammar, which the shipped parser and lexer skip for a faster start. */
import { Lexer } from "chevrotain";
import { expect, test } from "vitest";
import { InceptParser } from "../../../grammar/parser.ts";
import { allTokens, lexer } from "../../../grammar/tokens.ts";

test("the rules are neither ambiguous nor left-recursive, and every one leads somewhere", () => {
  expect(() => new InceptParser({ isChecked: true })).not.toThrow();
});

test("the tokens can all be reached", () => {
  const checked = new Lexer([...allTokens], {
    positionTracking: "full",
    ensureOptimizations: true,
  });
  expect(checked.lexerDefinitionErrors).toEqual([]);
  expect(lexer.lexerDefinitionErrors).toEqual([]);
});
