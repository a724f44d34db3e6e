import { expect, it } from "vitest";
import { layOutCall, layOutList } from "../../../src/compiler/emit/tfjs-layers/layout.ts";

const object = {
  properties: [
    { name: "filters", value: "32" },
    { name: "seed", value: "seed" },
  ],
};

it("keeps a call on one line where it fits", () => {
  const line = 'x = conv(x, "a", { filters: 32, seed });';
  expect(layOutCall("x = conv", ["x", '"a"', object], ";", line.length)).toEqual([line]);
});

it("breaks the object at the end first", () => {
  expect(layOutCall("x = conv", ["x", '"a"', object], ";", 30)).toEqual([
    'x = conv(x, "a", {',
    "  filters: 32,",
    "  seed,",
    "});",
  ]);
});

it("breaks all arguments where the object alone does not help", () => {
  expect(layOutCall("x = concat", [{ items: ["one", "two"] }, '"concat"'], ";", 24)).toEqual([
    "x = concat(",
    "  [one, two],",
    '  "concat",',
    ");",
  ]);
  expect(layOutCall("f", [{ items: ["one", "two"] }, object], ";", 10)).toEqual([
    "f(",
    "  [",
    "    one,",
    "    two,",
    "  ],",
    "  {",
    "    filters: 32,",
    "    seed,",
    "  },",
    ");",
  ]);
});

it("breaks a list one item a line", () => {
  expect(layOutList("const a = ", ["1", "2"], " as const;", 12)).toEqual([
    "const a = [",
    "  1,",
    "  2,",
    "] as const;",
  ]);
});
