/** Tries the changes that the build makes to bundled dependencies. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { trim } from "../../scripts/build/trim-dependencies.ts";

const LEXER = "node_modules/chevrotain/lib/src/scan/lexer.js";

test("the lexer's numbers are those that Chevrotain writes down", () => {
  const text = readFileSync(LEXER, "utf8");
  const numbersOf = (source: string): readonly number[] => {
    const [, init = ""] =
      /function initCharCodeToOptimizedIndexMap\(\) (\{[\s\S]*?\n\})/.exec(source) ?? [];
    const [, lookUp = ""] =
      /function charCodeToOptimizedIndex\(charCode\) (\{[\s\S]*?\n\})/.exec(source) ?? [];
    const isCalled = / initCharCodeToOptimizedIndexMap\(\);/.test(source);
    const create = new Function(
      `const isEmpty = () => true, minOptimizationVal = 256; let charCodeToOptimizedIdxMap = [];
       ${isCalled ? init : ""}
       return (charCode) => ${lookUp};`,
    );
    const numberOf = create() as (code: number) => number;
    return Array.from({ length: 65536 }, (_, code) => numberOf(code));
  };
  expect(numbersOf(trim(text, LEXER) ?? "")).toEqual(numbersOf(text));
});

test("a dependency that has changed fails the build", () => {
  expect(() => trim("something else", LEXER)).toThrow(/holds 0 times/);
});

test("other files stay as they are", () => {
  expect(trim("anything", "node_modules/other/index.js")).toBeUndefined();
});
