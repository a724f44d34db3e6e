import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { suggest } from "../../../src/compiler/core/suggest.ts";

describe("suggest", () => {
  it.each([
    ["covn", "conv"], // neighbours swapped
    ["con", "conv"], // one letter short
    ["convv", "conv"], // one letter long
    ["cunv", "conv"], // one letter wrong
    ["CONV", "conv"], // only the case
    ["max_pool", "maxpool"],
    ["globalavgpol", "globalavgpool"],
  ])("finds for `%s` the name `%s`", (name, wanted) => {
    expect(suggest(name, ["relu", "conv", "maxpool", "globalavgpool"])[0]).toBe(wanted);
  });

  it("finds nothing where no name is near", () => {
    expect(suggest("transformer", ["conv", "relu", "maxpool"])).toEqual([]);
    expect(suggest("", ["conv", "relu"])).toEqual([]);
  });

  it("never suggests the name itself", () => {
    expect(suggest("conv", ["conv", "Conv"])).toEqual(["Conv"]);
  });

  it("gives the nearest first, equal ones in alphabetical order, at most three", () => {
    expect(suggest("stage", ["stageb", "staged", "stagea", "stag", "stages"])).toEqual([
      "stag",
      "stagea",
      "stageb",
    ]);
    expect(suggest("stage", ["stagexx", "stagex"], 1)).toEqual(["stagex"]);
  });

  it("allows one change in short names and a third of the length in long ones", () => {
    expect(suggest("a", ["b"])).toEqual([]);
    expect(suggest("ab", ["AB"])).toEqual(["AB"]);
    expect(suggest("abc", ["abx"])).toEqual(["abx"]);
    expect(suggest("abc", ["axy"])).toEqual([]);
    expect(suggest("reduction", ["redxxtion"])).toEqual(["redxxtion"]);
    expect(suggest("reduction", ["rxxxxtion"])).toEqual([]);
  });

  it("passes over names too long to be compared, and repeated candidates", () => {
    expect(suggest("a".repeat(70), ["a".repeat(69)])).toEqual([]);
    expect(suggest("cnv", ["conv", "conv"])).toEqual(["conv"]);
  });

  it("is symmetric: a finds b exactly when b finds a", () => {
    const name = fc.string({ maxLength: 12 }).filter((text) => text.toLowerCase() === text);
    fc.assert(fc.property(name, name, (a, b) => suggest(a, [b]).length === suggest(b, [a]).length));
  });
});
