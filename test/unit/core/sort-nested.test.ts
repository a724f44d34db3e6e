import { describe, expect, it } from "vitest";
import { sortNested } from "../../../src/compiler/core/sort-nested.ts";

/** A row is its name after two spaces for each level. */
function sort(rows: readonly string[], compare?: (a: string, b: string) => number) {
  const byName = (a: string, b: string) => (a.trim() < b.trim() ? -1 : 1);
  const levelOf = (row: string) => row.search(/\S/) / 2;
  return sortNested(rows, levelOf, compare ?? byName);
}

describe("rows within rows", () => {
  it("go with the row that they are part of", () => {
    expect(sort(["b", "  d", "    f", "    e", "  c", "a", "  g"])).toEqual([
      "a",
      "  g",
      "b",
      "  c",
      "  d",
      "    e",
      "    f",
    ]);
  });

  it("keep their order where they are equal", () => {
    const rows = ["b", "  d", "a", "  c"];
    expect(sort(rows, () => 0)).toEqual(rows);
  });

  it("may be none", () => {
    expect(sort([])).toEqual([]);
  });
});
