/** Holds the parsers that read their choices from the generated table to the one for which Chevrotain works them out. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { LLkLookaheadStrategy, type TokenType } from "chevrotain";
import { expect, test } from "vitest";
import { InceptParser } from "../../../grammar/parser.ts";
import { type Reading, readTokens } from "../../../grammar/read-tokens.ts";
import { StrictParser } from "../../../grammar/strict-parser.ts";
import { lexer } from "../../../grammar/tokens.ts";

const plain = new InceptParser({ lookahead: new LLkLookaheadStrategy({ maxLookahead: 3 }) });
const shipped = new InceptParser();
const strict = new StrictParser();

const files = ["specs", "test/corpus"]
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
  )
  .filter((path) => path.endsWith(".incept") && statSync(path).isFile());

/** The concrete tree as text, and what the parser said; tokens by their place. */
function print({ tree, errors }: Reading): string {
  const said = errors.map(({ message, token }) => [message, token.startOffset]);
  return JSON.stringify([tree, said], (key, value: unknown) =>
    key === "tokenType" ? value && (value as TokenType).name : value,
  );
}

function read(parser: InceptParser, text: string): Reading {
  const tree = parser.parseFile(lexer.tokenize(text).tokens);
  return { tree, errors: parser.errors };
}

test("there are files with mistakes and without", () => {
  expect(files.length).toBeGreaterThan(100);
});

test.each(files)("%s is read alike, whole and cut off", (path) => {
  const text = readFileSync(path, "utf8");
  for (const part of [text, text.slice(0, text.length * 0.6), text.slice(text.length * 0.4)]) {
    const expected = read(plain, part);
    expect(print(read(shipped, part))).toBe(print(expected));
    expect(strict.parseFile(lexer.tokenize(part).tokens) !== undefined).toBe(
      expected.errors.length === 0 && expected.tree !== undefined,
    );
    expect(print(readTokens(lexer.tokenize(part).tokens))).toBe(print(expected));
  }
});
