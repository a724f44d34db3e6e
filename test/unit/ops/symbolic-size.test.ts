/** Holds the text of symbolic sizes against the numbers that they stand for. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ceilDivideSymbol,
  multiplySymbol,
  offsetSymbol,
  term,
} from "../../../src/compiler/ops/symbolic-size.ts";

describe("symbolic sizes", () => {
  it.each([
    [offsetSymbol("H", 2), "H + 2"],
    [offsetSymbol("H + 2", -2), "H"],
    [offsetSymbol("H - 2", -3), "H - 5"],
    [offsetSymbol("H", 0), "H"],
    [ceilDivideSymbol("H", 1), "H"],
    [ceilDivideSymbol("ceil(H / 2)", 2), "ceil(H / 4)"],
    [ceilDivideSymbol("H - 2", 2), "ceil((H - 2) / 2)"],
    [ceilDivideSymbol("ceil(H / 2) + ceil(W / 2)", 2), "ceil((ceil(H / 2) + ceil(W / 2)) / 2)"],
    [multiplySymbol("H", 1), "H"],
    [multiplySymbol("H + 1", 3), "3 * (H + 1)"],
    [multiplySymbol("ceil(H / 2)", 2), "2 * ceil(H / 2)"],
    [term("ceil(H / 2) + ceil(W / 2)"), "(ceil(H / 2) + ceil(W / 2))"],
  ])("are written %s", (text, expected) => {
    expect(text).toBe(expected);
  });

  it("stand for what happened to the side, however often", () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant("offset" as const), by: fc.integer({ min: -3, max: 3 }) }),
      fc.record({ kind: fc.constant("divide" as const), by: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ kind: fc.constant("multiply" as const), by: fc.integer({ min: 1, max: 3 }) }),
    );
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 5 }),
        fc.integer({ min: 50, max: 200 }),
        (steps, height) => {
          let text = "H";
          let number = height;
          for (const { kind, by } of steps) {
            if (kind === "offset") {
              text = offsetSymbol(text, by);
              number += by;
            } else if (kind === "divide") {
              text = ceilDivideSymbol(text, by);
              number = Math.ceil(number / by);
            } else {
              text = multiplySymbol(text, by);
              number *= by;
            }
          }
          expect(evaluate(text, height), text).toBe(number);
        },
      ),
    );
  });
});

/** The number behind a text of `H`, whole numbers, `+ - * /`, parentheses and `ceil`. */
function evaluate(text: string, height: number): number {
  const tokens = text.match(/ceil|H|\d+|[-+*/()]/g) ?? [];
  let at = 0;
  const next = (): string => tokens[at++] ?? "";
  const factor = (): number => {
    const token = next();
    if (token === "H") return height;
    if (token !== "ceil" && token !== "(") return Number(token);
    if (token === "ceil") next();
    const inner = sum();
    next();
    return token === "ceil" ? Math.ceil(inner) : inner;
  };
  const product = (): number => {
    let value = factor();
    while (tokens[at] === "*" || tokens[at] === "/") {
      value = next() === "*" ? value * factor() : value / factor();
    }
    return value;
  };
  const sum = (): number => {
    let value = product();
    while (tokens[at] === "+" || tokens[at] === "-") {
      value = next() === "+" ? value + product() : value - product();
    }
    return value;
  };
  return sum();
}
