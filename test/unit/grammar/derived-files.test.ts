import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { OPERAND_COUNTS } from "../../../grammar/operators.ts";
import { InceptParser } from "../../../grammar/parser.ts";
import { CONTEXTUAL_KEYWORDS, KEYWORDS, lexer } from "../../../grammar/tokens.ts";
import { readRepositoryFile } from "../../../scripts/derived-file.ts";
import { deriveGrammarFiles } from "../../../scripts/grammar/derived-files.ts";
import { operators } from "../../../src/compiler/ops/registry.ts";

describe("files derived from the grammar", () => {
  it.each(deriveGrammarFiles())("$path is what `npm run generate:grammar` writes", (file) => {
    expect(readRepositoryFile(file.path)).toBe(file.text);
  });
});

describe("the diagrams of the grammar", () => {
  const files = deriveGrammarFiles().filter(({ path }) => path.endsWith(".svg"));
  const names = files.map(({ path }) => basename(path));

  it("are one for each rule, and no other file lies beside them", () => {
    const rules = Object.keys(new InceptParser().getGAstProductions()).map((rule) => `${rule}.svg`);
    expect(names.toSorted()).toEqual(rules.toSorted());
    expect(readdirSync("docs/pictures/grammar").toSorted()).toEqual(names.toSorted());
  });

  it.each(files)("$path leads to diagrams that are there", ({ text }) => {
    const links = [...text.matchAll(/href="([^"]+)"/g)].map(([, href]) => href);
    expect(links.filter((href) => !names.includes(href ?? ""))).toEqual([]);
  });

  it.each(files)("$path draws within its frame", ({ text }) => {
    const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(text) ?? [];
    const boxes = [
      ...text.matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="(\d+)" height="(\d+)"/g),
    ].map((match) => match.slice(1).map(Number));
    for (const [x = 0, y = 0, across = 0, down = 0] of boxes) {
      expect(x + across).toBeLessThan(Number(width));
      expect(y + down).toBeLessThan(Number(height));
    }
    // No two boxes lie on each other.
    for (const [index, [x = 0, y = 0, across = 0, down = 0]] of boxes.entries()) {
      for (const [left = 0, top = 0, width = 0, height = 0] of boxes.slice(index + 1)) {
        const isApart =
          left >= x + across || x >= left + width || top >= y + down || y >= top + height;
        expect(isApart).toBe(true);
      }
    }
  });
});

describe("incept.ebnf", () => {
  const withoutComments = readRepositoryFile("grammar/incept.ebnf").replaceAll(/\(\*.*?\*\)/gs, "");
  const rules = withoutComments
    .split(/ ;\n|\n {2};\n/)
    .map((rule) => rule.trim())
    .filter((rule) => rule !== "");
  const defined = rules.map((rule) => /^\w+/.exec(rule)?.[0] ?? rule);

  it("defines every rule of the parser once", () => {
    expect(new Set(defined).size).toBe(defined.length);
    expect(defined).toEqual(
      expect.arrayContaining(Object.keys(new InceptParser().getGAstProductions())),
    );
  });

  it("mentions no rule that it does not define", () => {
    const mentioned = rules.flatMap((rule) =>
      rule.replaceAll(/"[^"]*"|\?\s.*\s\?/g, "").match(/[A-Za-z]\w*/g),
    );
    expect(mentioned.filter((name) => name !== null && !defined.includes(name))).toEqual([]);
  });
});

describe("incept.tmLanguage.json", () => {
  const { patterns } = JSON.parse(readRepositoryFile("grammar/incept.tmLanguage.json")) as {
    readonly patterns: readonly { readonly name: string; readonly match?: string }[];
  };
  const scopeOf = (text: string): string | undefined =>
    patterns.find(({ match }) => match !== undefined && new RegExp(`^(?:${match})$`).test(text))
      ?.name;

  it.each([...KEYWORDS, ...CONTEXTUAL_KEYWORDS])(
    "colours `%s` as a word of the language",
    (word) => {
      expect(scopeOf(word)).toMatch(/^(?:keyword|storage|constant)\./);
    },
  );

  it.each([
    ["conv", "support.function.operator.incept"],
    ["InceptionA", "entity.name.type.incept"],
    ["299x299x3", "constant.numeric.size.incept"],
    ["0.17", "constant.numeric.incept"],
    ["42.8M", "constant.numeric.incept"],
    ["/// Figure 4.", "comment.block.documentation.incept"],
    ["// a note", "comment.line.double-slash.incept"],
    ['"./modules/stems.incept"', "string.quoted.double.incept"],
  ])("colours `%s` as %s", (text, scope) => {
    expect(scopeOf(text)).toBe(scope);
  });
});

describe("the operator words", () => {
  it("are those of the registry, with as many operands", () => {
    const counts = Object.values(operators).map(({ name, operands }) => [name, operands.length]);
    expect(OPERAND_COUNTS).toEqual(Object.fromEntries(counts));
  });

  it.each(Object.keys(OPERAND_COUNTS))("`%s` is one token", (word) => {
    const { tokens } = lexer.tokenize(word);
    expect(tokens.map(({ tokenType }) => tokenType.name)).toEqual(["OperatorName"]);
  });
});
