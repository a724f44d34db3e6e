/** Checks that every operator is in the grammar and documented, and that its attributes are described. */
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { OPERAND_COUNTS } from "../../grammar/operators.ts";
import type { OperatorDefinition } from "../../src/compiler/ops/operator.ts";
import { operators } from "../../src/compiler/ops/registry.ts";

const all = Object.entries<OperatorDefinition>(operators);

test("an operator is listed under its own name", () => {
  for (const [name, operator] of all) expect(operator.name).toBe(name);
});

test("the grammar knows the same operators, with as many operands", () => {
  const counts = all.map(([name, { operands }]) => [name, operands.length] as const);
  expect(OPERAND_COUNTS).toEqual(Object.fromEntries(counts));
});

describe.each(all)("%s", (name, operator) => {
  test("says what it does, and what each attribute means, in a sentence", () => {
    expect(operator.doc).toMatch(/^\S.*\.$/);
    for (const { doc } of Object.values(operator.attributes)) expect(doc).toMatch(/^\S.*\.$/);
  });

  test("has its operands and flags among its attributes", () => {
    const attributes = Object.keys(operator.attributes);
    for (const operand of operator.operands) expect(attributes).toContain(operand);
    for (const { attribute } of Object.values(operator.flags)) {
      expect(attributes).toContain(attribute);
    }
  });

  test("has words for every choice, and a least value for every size and count", () => {
    for (const definition of Object.values(operator.attributes)) {
      if (definition.type === "choice") expect(definition.choices).not.toHaveLength(0);
      if (definition.type === "int" || definition.type === "size") {
        expect(definition.min).toBeTypeOf("number");
      }
    }
  });

  test("has a page", () => {
    expect(existsSync(`docs/ops/${name}.md`)).toBe(true);
  });
});
