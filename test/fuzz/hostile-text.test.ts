import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OPERAND_COUNTS } from "../../grammar/operators.ts";
import { CONTEXTUAL_KEYWORDS, KEYWORDS } from "../../grammar/tokens.ts";
import {
  check,
  type Diagnostic,
  renderDiagnostics,
  report,
  type SourceInput,
} from "../../src/compiler/index.ts";
import { createMemoryHost } from "../support/memory-host.ts";
import { arbitrarySpec } from "./arbitrary-spec.ts";
import { fuzzParameters } from "./fuzz-runs.ts";

/** A run may take this long on a busy machine; what goes wrong takes minutes or for ever. */
const MAX_MILLISECONDS = 20_000;

/** Keeps a repeat of billions an error and not a wait. */
const LIMITS = { layers: 5_000, files: 20 };

const SIGNS = "-> => <= >= == != < > = | { } ( ) [ ] , : . / * + - % ? ; // /* */ ///".split(" ");
const NAMES = [
  "A",
  "B",
  "N",
  "a",
  "b",
  "stem",
  "head",
  "n",
  "trunk",
  "int",
  "float",
  "_",
  "H",
  "W",
];
const NUMBERS = [
  "0",
  "1",
  "2",
  "3",
  "0.5",
  "1e9",
  "9007199254740993",
  "3x3",
  "8x8x3",
  "0x0",
  "1_0",
];
const OTHERS = ['"', '"./a.incept"', "\n", "\u0000", "\uD800", "é", "\uFEFF", "\\", "2.2M", "GiB"];

const token = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...SIGNS) },
  { weight: 3, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 3, arbitrary: fc.constantFrom(...KEYWORDS, ...CONTEXTUAL_KEYWORDS) },
  { weight: 2, arbitrary: fc.constantFrom(...Object.keys(OPERAND_COUNTS)) },
  { weight: 2, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 1, arbitrary: fc.constantFrom(...OTHERS) },
);

/** Whatever the text is, the compiler answers: in time, with places inside the text, in the same words each time. */
function expectAnswer(input: SourceInput): void {
  const start = performance.now();
  const { diagnostics } = check(input, { limits: LIMITS });
  const result = report(input, { limits: LIMITS });
  expect(performance.now() - start).toBeLessThan(MAX_MILLISECONDS);
  for (const diagnostic of diagnostics) expectPlace(diagnostic);
  expect(result.report !== undefined && result.diagnostics.some(isError)).toBe(false);
  const rendered = renderDiagnostics(diagnostics);
  expect(rendered).not.toMatch(/undefined|NaN|\[object|TokenType/);
  expect(renderDiagnostics(check(input, { limits: LIMITS }).diagnostics)).toBe(rendered);
}

function isError({ severity }: Diagnostic): boolean {
  return severity === "error";
}

function expectPlace({ span, related, code }: Diagnostic): void {
  for (const { file, start, end } of [span, ...related.map((place) => place.span)]) {
    expect(start, code).toBeGreaterThanOrEqual(0);
    expect(end, code).toBeGreaterThanOrEqual(start);
    expect(end, code).toBeLessThanOrEqual(file.text.length);
  }
}

/** The texts of all specs by path. */
const SPECS: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync("specs", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".incept"))
    .sort()
    .map((path) => [path.split(sep).join("/"), readFileSync(join("specs", path), "utf8")]),
);

/** One change to a text. */
type Mutation = (text: string) => string;

const mutation: fc.Arbitrary<Mutation> = fc
  .tuple(
    fc.nat(),
    fc.nat(),
    token,
    fc.constantFrom("delete", "insert", "replace", "double", "swap", "cut"),
  )
  .map(([at, length, insert, kind]) => (text) => {
    // Whole words and signs are changed: single letters would nearly all end as unknown names.
    const words = text.split(/(\s+|[{}()|,:])/);
    const index = at % Math.max(1, words.length);
    const count = 1 + (length % 4);
    const part = words.slice(index, index + count);
    const put = (...replacement: readonly string[]): string =>
      [...words.slice(0, index), ...replacement, ...words.slice(index + count)].join("");
    switch (kind) {
      case "delete":
        return put();
      case "insert":
        return put(insert, " ", ...part);
      case "replace":
        return put(insert, " ");
      case "double":
        return put(...part, " ", ...part);
      case "swap":
        return put(...part.toReversed());
      default:
        return words.slice(0, index).join("");
    }
  });

/** Some changes, one after another. */
const mutations: fc.Arbitrary<Mutation> = fc
  .array(mutation, { minLength: 1, maxLength: 4 })
  .map((all) => (text) => all.reduce((changed, mutate) => mutate(changed), text));

describe("hostile text", () => {
  it("of any characters is answered", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), expectAnswer),
      fuzzParameters(150),
    );
  });

  it("of any tokens is answered", () => {
    const soup = fc.array(token, { maxLength: 60 }).map((parts) => parts.join(" "));
    fc.assert(fc.property(soup, expectAnswer), fuzzParameters(250));
  });

  it("of any tokens inside a network is answered", () => {
    const inside = fc
      .array(token, { maxLength: 30 })
      .map((parts) => `module A { relu } network N { input 8x8x3\n${parts.join(" ")} }`);
    fc.assert(fc.property(inside, expectAnswer), fuzzParameters(250));
  });

  it("made from real specs is answered", () => {
    const changed = fc
      .tuple(fc.constantFrom(...Object.keys(SPECS)), mutations)
      .map(([path, mutate]) => ({ path, text: mutate(SPECS[path] ?? "") }));
    fc.assert(
      fc.property(changed, ({ path, text }) =>
        expectAnswer({ path, host: createMemoryHost({ ...SPECS, [path]: text }) }),
      ),
      fuzzParameters(20),
    );
  });

  it("made from valid specs is answered", () => {
    const changed = fc
      .tuple(arbitrarySpec({ maxEdits: 4 }), mutations)
      .map(([{ text }, mutate]) => mutate(text));
    fc.assert(fc.property(changed, expectAnswer), fuzzParameters(200));
  });
});
