import { describe, expect, it } from "vitest";
import { InternalError } from "../../../src/compiler/core/assert.ts";
import {
  documentation,
  numberLiteral,
  pathLiteral,
  stringLiteral,
} from "../../../src/compiler/emit/tfjs-layers/literals.ts";

it.each([
  [0.1, "0.1"],
  [-0, "0"],
  [1e-10, "1e-10"],
  [1e21, "1e21"],
])("writes the number %d as %s", (value, text) => {
  expect(numberLiteral(value)).toBe(text);
});

it("writes no number that has no literal", () => {
  expect(() => numberLiteral(Number.NaN)).toThrow(InternalError);
  expect(() => numberLiteral(Number.POSITIVE_INFINITY)).toThrow(InternalError);
});

it("keeps a string a string", () => {
  const hostile = '"; process.exit(1); //\n\u2028${x}`\\';
  const literal = stringLiteral(hostile);
  expect(literal).not.toMatch(/[\n\u2028\u2029]/);
  expect(JSON.parse(literal)).toBe(hostile);
});

describe("the name of a layer", () => {
  it.each([
    ["stem.conv_1", '"stem.conv_1"'],
    ["a.${i}.conv", "`a.${i}.conv`"],
    ["${name}", "name"],
    ["${name}.b1x1.conv", "`${name}.b1x1.conv`"],
  ])("of path %s is written %s", (path, literal) => {
    expect(pathLiteral(path)).toBe(literal);
  });

  it.each(["a`b", "${f()}", 'a"', "a..b", "", "a.${i", "a b"])("is never made of %j", (path) => {
    expect(() => pathLiteral(path)).toThrow(InternalError);
  });
});

it("keeps documentation inside its comment, on printable lines", () => {
  expect(documentation("ends */ here\r\nand\u202e turns\u0007 \nover  ")).toBe(
    "ends *\\/ here\nand  turns\nover",
  );
});
