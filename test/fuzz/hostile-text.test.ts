import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import {
  check,
  type Diagnostic,
  fix,
  renderDiagnostics,
  report,
  type SourceInput,
} from "../../src/compiler/index.ts";
import { countInferences } from "../support/count-work.ts";
import { createMemoryHost } from "../support/memory-host.ts";
import { arbitrarySpec } from "./arbitrary-spec.ts";
import { arbitraryWords, mutations } from "./arbitrary-text.ts";
import { fuzz } from "./fuzz.ts";

/** Keeps a repeat of billions an error and not a wait. */
const LIMITS = { layers: 5_000, files: 20 };

/** How often a layer's shape may be inferred for one network: in it, in parts of a variant, and in search of repairs. */
const MAX_INFERENCES_PER_LAYER = 20;

let inferences = (): number => 0;

beforeEach(() => {
  inferences = countInferences();
});

/** Whatever the text is, the compiler answers: in bounded work, with places inside the text, in the same words each time. */
function expectAnswer(input: SourceInput): void {
  const before = inferences();
  const { diagnostics, networks } = check(input, { limits: LIMITS });
  const result = report(input, { limits: LIMITS });
  const perNetwork = (inferences() - before) / Math.max(1, networks.length);
  expect(perNetwork).toBeLessThanOrEqual(MAX_INFERENCES_PER_LAYER * LIMITS.layers);
  for (const diagnostic of diagnostics) expectPlace(diagnostic);
  expect(result.report !== undefined && result.diagnostics.some(isError)).toBe(false);
  const rendered = renderDiagnostics(diagnostics);
  expect(rendered).not.toMatch(/undefined|NaN|\[object|TokenType/);
  expect(renderDiagnostics(check(input, { limits: LIMITS }).diagnostics)).toBe(rendered);
}

/** Repairs lie in the text, and none makes a text that is understood less. */
function expectRepairs(text: string): void {
  const { diagnostics } = check(text, { limits: LIMITS });
  for (const { fixes } of diagnostics) {
    for (const { span } of fixes.flatMap(({ edits }) => edits)) {
      expect(span.start).toBeGreaterThanOrEqual(0);
      expect(span.end).toBeGreaterThanOrEqual(span.start);
      expect(span.end).toBeLessThanOrEqual(span.file.text.length);
    }
  }
  const repaired = fix(text, { limits: LIMITS });
  expect(syntaxErrorsIn(repaired.diagnostics)).toBeLessThanOrEqual(syntaxErrorsIn(diagnostics));
}

function syntaxErrorsIn(diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter(({ code }) => code.startsWith("syntax/")).length;
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

describe("hostile text", () => {
  it("of any characters is answered", async () => {
    const characters = fc.string({ unit: "binary", maxLength: 200 });
    await fuzz(fc.property(characters, expectAnswer), { runs: 150, longRuns: 300_000 });
  });

  it("of any words is answered", async () => {
    await fuzz(fc.property(arbitraryWords(60), expectAnswer), { runs: 250, longRuns: 400_000 });
  });

  it("of any words inside a network is answered", async () => {
    const inside = arbitraryWords(30).map(
      (words) => `module A { relu } network N { input 8x8x3\n${words} }`,
    );
    await fuzz(fc.property(inside, expectAnswer), { runs: 250, longRuns: 229_000 });
  });

  it("made from real specs is answered", async () => {
    const changed = fc
      .tuple(fc.constantFrom(...Object.keys(SPECS)), mutations)
      .map(([path, mutate]) => ({ path, text: mutate(SPECS[path] ?? "") }));
    const property = fc.property(changed, ({ path, text }) =>
      expectAnswer({ path, host: createMemoryHost({ ...SPECS, [path]: text }) }),
    );
    await fuzz(property, { runs: 20, longRuns: 1_000 });
  });

  it("made from valid specs is answered", async () => {
    const changed = fc
      .tuple(arbitrarySpec({ maxEdits: 4 }), mutations)
      .map(([{ text }, mutate]) => mutate(text));
    await fuzz(fc.property(changed, expectAnswer), { runs: 200, longRuns: 70_000 });
  });

  it("is repaired, or left as it is", async () => {
    const inside = arbitraryWords(30).map((words) => `network N { input 8x8x3\n${words} }`);
    const changed = fc
      .tuple(arbitrarySpec({ maxEdits: 4 }), mutations)
      .map(([{ text }, mutate]) => mutate(text));
    await fuzz(fc.property(fc.oneof(inside, changed), expectRepairs), {
      runs: 150,
      longRuns: 60_000,
    });
  });
});
