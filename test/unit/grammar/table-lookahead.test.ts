/** Holds the parser that reads its choices from the generated table to the one for which Chevrotain works them out. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { LLkLookaheadStrategy } from "chevrotain";
import { expect, test } from "vitest";
import { InceptParser } from "../../../grammar/parser.ts";
import { lexer } from "../../../grammar/tokens.ts";

const plain = new InceptParser({ lookahead: new LLkLookaheadStrategy({ maxLookahead: 3 }) });
const shipped = new InceptParser();

const files = ["specs", "test/corpus"]
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
  )
  .filter((path) => path.endsWith(".incept") && statSync(path).isFile());

/** The concrete tree as text, and what the parser said; tokens by their place. */
function read(parser: InceptParser, text: string): string {
  const tree = parser.parseFile(lexer.tokenize(text).tokens);
  const errors = parser.errors.map(({ message, token }) => [message, token.startOffset]);
  return JSON.stringify([tree, errors], (key, value: unknown) =>
    key === "tokenType" ? undefined : value,
  );
}

test("there are files with mistakes and without", () => {
  expect(files.length).toBeGreaterThan(100);
});

test.each(files)("%s is read alike, whole and cut off", (path) => {
  const text = readFileSync(path, "utf8");
  for (const part of [text, text.slice(0, text.length * 0.6), text.slice(text.length * 0.4)]) {
    expect(read(shipped, part)).toBe(read(plain, part));
  }
});
