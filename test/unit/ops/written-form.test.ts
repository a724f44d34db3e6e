/** Tests the written form of operators: what is written, and how it reads in the language and to people. */
import { expect, test } from "vitest";
import type { OperatorNode } from "../../../src/compiler/ir/architecture.ts";
import {
  formatAttribute,
  formatValue,
  writtenAttributes,
} from "../../../src/compiler/ops/written-form.ts";
import { checkedStatements } from "../../support/checked-networks.ts";

function operatorOf(statement: string): OperatorNode {
  const [node] = checkedStatements(statement).architecture.body.steps;
  if (node?.kind === "sequence" && node.steps[0]?.kind === "operator") return node.steps[0];
  if (node?.kind === "operator") return node;
  throw new Error(`${statement} is not one operator`);
}

test.each([
  ["conv 3x3 8", ["3x3", "8"], ["3×3", "8"]],
  ["conv 3x1 8 /2 valid", ["3x1", "8", "/2", "valid"], ["3×1", "8", "/2", "valid"]],
  ["dwconv 3x3 stride=2x1", ["3x3", "/2x1"], ["3×3", "/2×1"]],
  ["conv 1x1 8 linear", ["1x1", "8", "linear"], ["1×1", "8", "linear"]],
  ["avgpool global", ["global"], ["global"]],
])("%s", (statement, source, display) => {
  const written = writtenAttributes(operatorOf(statement)).filter(
    ({ role, isDefault, isNorm }) => role === "operand" || !(isDefault || isNorm),
  );
  expect(written.map((one) => formatAttribute(one, "source"))).toEqual(source);
  expect(written.map((one) => formatAttribute(one, "display"))).toEqual(display);
});

test("a normalization is short in the language and complete for people", () => {
  const norm = { kind: "batch", eps: 0.001, momentum: 0.99, gamma: false, beta: true } as const;
  expect(formatValue(norm, "source")).toBe("batch(gamma=false)");
  expect(formatValue(norm, "display")).toBe(
    "batch(eps=0.001, momentum=0.99, gamma=false, beta=true)",
  );
  expect(formatValue([1, 1, 1, 1])).toBe("1");
  expect(formatValue([1, 1, 2, 2])).toBe("1x2");
  expect(formatValue([0, 1, 2, 2])).toBe("[0, 1, 2, 2]");
  const group = { kind: "group", groups: 8, eps: 1e-5, gamma: true, beta: true } as const;
  expect(formatValue(group, "source")).toBe("group(groups=8)");
  const layer = { kind: "layer", eps: 1e-5, gamma: true, beta: true } as const;
  expect(formatValue(layer, "source")).toBe("layer(eps=0.00001)");
  expect(formatValue({ ...layer, eps: 1e-6 }, "source")).toBe("layer");
});
