/** Tests that layers which read another tensor are found, also where they cross the border of a block, and nothing else is. */
import { describe, expect, test } from "vitest";
import { compareNetworks } from "../../../src/compiler/diff/compare-networks.ts";
import type { Finding } from "../../../src/compiler/diff/grade/finding.ts";
import { checkedText } from "../../support/checked-networks.ts";

const network = (statements: string) =>
  checkedText(`network N {\n  input 12x12x4\n${statements}\n}`);

function findingsOf(base: string, head: string): readonly Finding[] {
  return compareNetworks(network(base), network(head)).diff.findings;
}

const rewired = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(({ id }) => id === "wiring-changed");

/** The same layers with weights, put together differently. */
const REWIRED: Readonly<Record<string, readonly [base: string, head: string]>> = {
  "leaves a sum": [
    "sum { | conv 3x3 4 | identity }\n conv 1x1 4",
    "sum { | conv 3x3 4 -> conv 1x1 4 | identity }",
  ],
  "leaves a residual": [
    "residual {\n a: conv 3x3 4\n b: conv 3x3 4\n }",
    "residual { a: conv 3x3 4 }\n b: conv 3x3 4",
  ],
  "leaves a gate": [
    "scale_by { a: conv 1x1 4 act=sigmoid }\n b: conv 3x3 4",
    "scale_by {\n a: conv 1x1 4 act=sigmoid\n b: conv 3x3 4\n }",
  ],
  "is renamed where a pool moves": [
    "m: maxpool 3x3\n c: conv 3x3 4\n d: conv 1x1 4",
    "e: conv 3x3 4\n m: maxpool 3x3\n d: conv 1x1 4",
  ],
  "swaps with an unlabelled block": [
    "{ conv 3x3 4 -> conv 1x1 4 }\n a: conv 3x3 4",
    "a: conv 3x3 4\n { conv 3x3 4 -> conv 1x1 4 }",
  ],
  "changes places with another": ["a: conv 3x3 4\n b: conv 3x3 4", "b: conv 3x3 4\n a: conv 3x3 4"],
  "moves to another branch": [
    "sum { | a: conv 3x3 4 | b: conv 1x1 4 -> relu6 }\n c: conv 1x1 4",
    "sum { | a: conv 3x3 4 -> relu6 | b: conv 1x1 4 }\n c: conv 1x1 4",
  ],
};

describe("a layer reads another tensor if it", () => {
  test.each(Object.entries(REWIRED))("%s", (_, [base, head]) => {
    for (const findings of [findingsOf(base, head), findingsOf(head, base)]) {
      const grave = findings.filter(
        ({ id, class: of, isConsequence }) =>
          !isConsequence && of === "numerics" && !id.endsWith("renamed"),
      );
      expect(grave.length).toBeGreaterThan(0);
      expect(rewired(findings).length).toBeGreaterThan(0);
    }
  });

  test("says what it reads on either side", () => {
    const [base = "", head = ""] = REWIRED["leaves a residual"] ?? [];
    const [first] = rewired(findingsOf(base, head));
    expect(first).toMatchObject({
      class: "numerics",
      path: "b.conv",
      before: "relu(residual.a.conv.batchnorm)",
      after: "add(input, relu(residual.a.conv.batchnorm))",
    });
  });

  test("is a consequence of what is said of the step between", () => {
    const [only, ...others] = rewired(
      findingsOf("a: conv 3x3 4\n b: conv 1x1 4", "a: conv 3x3 4\n relu6\n b: conv 1x1 4"),
    );
    expect(only).toMatchObject({ path: "b.conv", isConsequence: true });
    expect(others).toEqual([]);
  });
});

/** Two ways to write one function. */
const EQUAL: Readonly<Record<string, readonly [base: string, head: string]>> = {
  "a block around steps": [
    "a: { conv 3x3 4 -> relu6 }\n b: conv 1x1 4",
    "conv 3x3 4\n relu6\n b: conv 1x1 4",
  ],
  "terms in another order": [
    "sum { | a: conv 3x3 4 | b: conv 1x1 4 }",
    "sum { | b: conv 1x1 4 | a: conv 3x3 4 }",
  ],
  "a residual written as a sum": [
    "sum { | a: conv 3x3 4 | identity }",
    "residual { a: conv 3x3 4 }",
  ],
  "a sum in a sum": [
    "sum { | a: conv 3x3 4 | sum { | b: conv 1x1 4 | identity } }",
    "sum { | a: conv 3x3 4 | b: conv 1x1 4 | identity }",
  ],
  "a concat in a concat": [
    "concat { | a: conv 3x3 4 | concat { | b: conv 1x1 4 | c: conv 1x1 2 } }\n d: conv 1x1 3",
    "concat { | a: conv 3x3 4 | b: conv 1x1 4 | c: conv 1x1 2 }\n d: conv 1x1 3",
  ],
  "stochastic depth": [
    "residual(drop=0.2) { a: conv 3x3 4 }\n b: conv 1x1 4",
    "residual { a: conv 3x3 4 }\n b: conv 1x1 4",
  ],
  "dropout and identities": [
    "a: conv 3x3 4\n identity\n dropout 0.5\n b: conv 1x1 4",
    "a: conv 3x3 4\n b: conv 1x1 4",
  ],
};

describe("no layer reads another tensor in", () => {
  test.each(Object.entries(EQUAL))("%s", (_, [base, head]) => {
    expect(rewired(findingsOf(base, head))).toEqual([]);
    expect(rewired(findingsOf(head, base))).toEqual([]);
  });
});
