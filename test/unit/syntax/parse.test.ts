import { describe, expect, it } from "vitest";
import { describeFindings, parseText, placesOf } from "../../support/parse-text.ts";

/** Codes with places of a text, in the order of the text. */
function findings(text: string, limits = {}): readonly string[] {
  return placesOf(parseText(text, limits).diagnostics);
}

describe("several mistakes in one file", () => {
  const text = `module A {
  conv 3x3 32 ->
}
module B {
  concat { relu }
}
network N {
  input 3x3x3;
  stem = conv 3x3 32
}
variant V of N {
  drop stem
}
network Good { input 8x8x3 relu }
`;

  it("give one message each, at their places", () => {
    expect(findings(text).toSorted()).toEqual([
      "12:3 syntax/unexpected-token",
      "3:1 syntax/unexpected-token",
      "5:12 syntax/unexpected-token",
      "8:14 syntax/unexpected-character",
      "9:8 syntax/unexpected-token",
    ]);
  });

  it("mark the declarations that hold them, and no other", () => {
    const { modules, networks, variants } = parseText(text).value;
    const broken = [...modules, ...networks, ...variants].map(({ name, isBroken }) => [
      name.text,
      isBroken,
    ]);
    expect(Object.fromEntries(broken)).toEqual({
      A: true,
      B: true,
      N: true,
      Good: false,
      V: true,
    });
  });

  it("inside one network give one message each, too", () => {
    const network = `network N {
  input 8x8x3
  a: conv 3x3 ->
  b: dropout -1
  c: concat { relu }
  d: residual(scale) { relu }
  e: conv 3x3 32 => [1, ]
}`;
    expect(findings(network)).toHaveLength(5);
  });
});

describe("what was expected and what was found", () => {
  it.each([
    ["module { relu }", "1:8 syntax/unexpected-token expected a name, found `{`"],
    [
      "network N { conv: relu }",
      "1:13 syntax/reserved-word `conv` is a reserved word and cannot be a label",
    ],
    ["let conv = 1", "1:5 syntax/reserved-word `conv` is a reserved word and cannot be a name"],
    [
      "network N {\n  relu\n",
      "2:6 syntax/unexpected-token expected `}`, found the end of the file",
    ],
    [
      "network N {\n  relu\nnetwork M { relu }",
      "2:6 syntax/unexpected-token expected `}`, found `network`",
    ],
    [
      "network N { budget params 3 }",
      "1:27 syntax/unexpected-token expected a bound such as `<= 43M`, found `3`",
    ],
    ["module M : 3x3 { relu }", "1:16 syntax/unexpected-token expected `=>`, found `{`"],
    ["module A(k: int { relu }", "1:17 syntax/unexpected-token expected `)`, found `{`"],
    [
      "network N { sum { relu } }",
      "1:19 syntax/unexpected-token expected `|` before each branch, found `relu`",
    ],
    [
      "}",
      "1:1 syntax/unexpected-token expected `module`, `network`, `variant`, `import`, `let` or `defaults`, found `}`",
    ],
  ])("%j", (text, message) => {
    expect(describeFindings(parseText(text).diagnostics)).toEqual([message]);
  });

  it.each([
    [
      "network N { conv 3x3 32, relu }",
      "operands and attributes follow each other without commas: `conv 3x3 32 valid`",
    ],
    [
      "network N { conv(3x3, 32) }",
      "operands and attributes follow an operator without parentheses and commas: `conv 3x3 32`",
    ],
    ["network N { dropout -1 }", "a negative number is written in parentheses: `(-1)`"],
    [
      "network N { stem = conv 3x3 32 }",
      "a label is followed by a colon: `stem: conv 3x3 32`; `let` names a value",
    ],
    ["network N { conv 3 x 3 32 }", "a size is written without spaces: `3x3`"],
    ["network N { relu; tanh }", "remove it: the next line begins the next statement"],
  ])("%s is answered by how it is written here", (text, help) => {
    expect(parseText(text).diagnostics.map((diagnostic) => diagnostic.help)).toEqual([help]);
  });
});

describe("characters", () => {
  it("may follow a byte order mark", () => {
    expect(findings("\uFEFFincept 1\nnetwork N { relu }")).toEqual([]);
  });

  it.each(["\n", "\r\n", "\r"])("may use %j as a line break", (lineBreak) => {
    const text = ["let a = 1 // one", "/* two", "three */", "let b = 2"].join(lineBreak);
    const { value, diagnostics } = parseText(text);
    expect(diagnostics).toEqual([]);
    expect(value.lets.map(({ name }) => name.text)).toEqual(["a", "b"]);
  });

  it.each([
    ["\u0000", "U+0000"],
    ["\uD800", "U+D800"],
    ["\u202E", "U+202E"],
    ["\u001B[31m", "U+001B"],
    ["é", "é"],
    ["😀", "😀"],
    ["$", "$"],
  ])("that are not part of the language are named: %j", (character, shown) => {
    const { diagnostics } = parseText(`let a = 1\n${character}`);
    expect(diagnostics[0]?.code).toBe("syntax/unexpected-character");
    expect(diagnostics[0]?.message).toContain(`\`${shown}\``);
    expect(diagnostics[0]?.span.start).toBe(10);
  });

  it("that are not part of the language leave the rest readable", () => {
    const { value, diagnostics } = parseText("let a = 1 $$$ let b = 2");
    expect(placesOf(diagnostics)).toEqual(["1:11 syntax/unexpected-character"]);
    expect(value.lets).toHaveLength(2);
  });
});

describe("comments", () => {
  it("may stand anywhere between tokens", () => {
    expect(findings("let/* a */a//b\n=/**/1///c")).toEqual([]);
  });

  it.each(["/*", "/* never closed", "/*/", "let a = 1 /* * /"])(
    "that are never closed are one error at their start: %s",
    (text) => {
      expect(findings(text)).toEqual([`1:${text.indexOf("/*") + 1} syntax/unterminated-comment`]);
    },
  );

  it("with three slashes document the declaration after them", () => {
    const { modules, networks } = parseText(`
/// First line.
///   Second line.
module A { relu }

/// Lost: a statement lies between.
let a = 1
module B { relu }

/// Kept, although
// an ordinary comment lies between.
network N { relu }
//// Not a doc comment.
module C { relu }
`).value;
    expect([...modules, ...networks].map(({ name, doc }) => [name.text, doc])).toEqual([
      ["A", "First line.\n  Second line."],
      ["B", undefined],
      ["C", undefined],
      ["N", "Kept, although"],
    ]);
  });
});

describe("texts in quotes", () => {
  it("end on their line", () => {
    const { value, diagnostics } = parseText('import { A } from "./a.incept\nlet b = 2');
    expect(placesOf(diagnostics)).toEqual(["1:19 syntax/unterminated-string"]);
    expect(value.imports[0]?.specifier).toBe("./a.incept");
    expect(value.lets).toHaveLength(1);
  });

  it("may hold a quote after a backslash", () => {
    const [first] = parseText('import { A } from "./a\\"\\\\b"').value.imports;
    expect(first?.specifier).toBe('./a"\\b');
  });

  it("of one quote are unterminated", () => {
    expect(findings('import { A } from "')).toEqual(["1:19 syntax/unterminated-string"]);
  });
});

describe("limits", () => {
  it("on the characters of a file", () => {
    expect(findings("let a = 1", { characters: 9 })).toEqual([]);
    expect(findings("let a = 1 ", { characters: 9 })).toEqual(["1:1 syntax/file-too-large"]);
  });

  it.each([
    ["(", ")", (inner: string) => `let a = ${inner.replace("_", "1")}`],
    ["[", "]", (inner: string) => `let a = ${inner.replace("_", "1")}`],
    ["{", "}", (inner: string) => `module A ${inner.replace("_", "relu")}`],
    ["sum { | ", "}", (inner: string) => `module A { ${inner.replace("_", "relu")} }`],
    ["a ? ", " : 1", (inner: string) => `let a = ${inner.replace("_", "1")}`],
  ])("on nesting with %s", (open, close, wrap) => {
    const nested = (depth: number): string => wrap(`${open.repeat(depth)}_${close.repeat(depth)}`);
    expect(findings(nested(9), { nesting: 10 })).toEqual([]);
    const [finding] = findings(nested(12), { nesting: 10 });
    expect(finding).toMatch(/syntax\/nesting-too-deep$/);
  });

  it("a chain of conditionals does not nest, and has at most a thousand terms", () => {
    const chain = (length: number): string => `let a = ${"b ? 1 : ".repeat(length)}2`;
    expect(findings(chain(5), { nesting: 10 })).toEqual([]);
    expect(findings(chain(50_000))).toEqual(["1:9 syntax/expression-too-long"]);
  });

  it("nesting far past the engine's stack is one error", () => {
    const text = `let a = ${"(".repeat(200_000)}`;
    expect(findings(text)).toEqual(["1:109 syntax/nesting-too-deep"]);
  });
});

describe("any text", () => {
  it.each(["", " ", "\n", "\uFEFF", "//", "incept", "incept 1", "x", "0x3", ".", "...", '"'])(
    "is parsed without throwing: %j",
    (text) => {
      expect(() => parseText(text)).not.toThrow();
    },
  );

  it("may be empty", () => {
    expect(findings("")).toEqual([]);
    expect(findings("incept 1")).toEqual([]);
  });

  it.each([
    ["network N { conv ) } ", "syntax/unexpected-token"],
    ["$ ", "syntax/unexpected-character"],
    ["conv 3x3 , ", "syntax/unexpected-token"],
    ["variant V of N { drop it } ", "syntax/unexpected-token"],
    ["module M { A(1 1, 2 2) } ", "syntax/unexpected-token"],
  ])("with too many mistakes is not read to its end: %j", (mistake, code) => {
    const { value, diagnostics } = parseText(`network N { ${mistake.repeat(3000)} }`);
    const codes = diagnostics.map((diagnostic) => diagnostic.code);
    expect(codes.at(-1)).toBe("syntax/too-many-mistakes");
    expect(new Set(codes)).toEqual(new Set([code, "syntax/too-many-mistakes"]));
    expect(codes.length).toBeLessThanOrEqual(51);
    expect(value.networks).toEqual([]);
  });

  it("with a doc comment of very many lines keeps them all", () => {
    const { modules } = parseText(`${"/// a\n".repeat(100_000)}module A { relu }`).value;
    expect(modules[0]?.doc?.length).toBe(2 * 100_000 - 1);
  });
});
