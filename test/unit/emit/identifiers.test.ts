import { expect, it } from "vitest";
import {
  camelCase,
  createIdentifierNamer,
} from "../../../src/compiler/emit/tfjs-layers/identifiers.ts";

it("gives an identifier once, and no word of JavaScript", () => {
  const namer = createIdentifierNamer();
  expect(["row", "row", "b1x1", "b1x1", "new", "tf"].map(namer.claim)).toEqual([
    "row",
    "row2",
    "b1x1",
    "b1x1_2",
    "new2",
    "tf2",
  ]);
});

it("hides nothing: not what is around a scope, nor what a scope around would claim later", () => {
  const file = createIdentifierNamer();
  file.claim("conv");
  const one = file.enter();
  const other = file.enter();
  expect(one.claim("conv")).toBe("conv2");
  expect(one.claim("pool")).toBe("pool");
  expect(other.claim("pool")).toBe("pool");
  expect(file.claim("pool")).toBe("pool2");
});

it.each([
  ["mixed_5b", "mixed5b"],
  ["InceptionA", "inceptionA"],
  ["a", "a"],
  ["SE", "se"],
  ["SEBottleneck", "seBottleneck"],
  ["MBConv", "mbConv"],
  ["UNet", "uNet"],
])("writes %s as %s", (name, camel) => {
  expect(camelCase(name)).toBe(camel);
});
