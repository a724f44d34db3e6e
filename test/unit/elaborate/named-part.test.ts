/** Tests that paths lead to the sites of parts, also inside parts that are shared. */
import { describe, expect, it } from "vitest";
import { type NamedPart, pathsOf, siteAt } from "../../../src/compiler/elaborate/named-part.ts";

const leaf = (name: string, site: string): NamedPart => ({ name, site, inside: [] });

/** What a module is made of that was entered at the call `/1/2`. */
const MODULE: readonly NamedPart[] = [
  leaf("conv", "/1/2/3/4"),
  {
    name: "inner",
    site: "/1/2/5/6",
    inside: [leaf("relu", "/9/7")],
    shared: { from: "/9", to: "/1/2/5/6" },
  },
];

const NETWORK: readonly NamedPart[] = [
  leaf("a", "/1"),
  { name: "a", site: "/1/2", inside: MODULE },
  { name: "b", site: "/8", inside: MODULE, shared: { from: "/1/2", to: "/8/3" } },
  { name: "", site: "/10", inside: [leaf("conv", "/10/1")] },
  { name: "c", site: "/11", inside: [{ name: "side", site: undefined, inside: MODULE }] },
];

describe("siteAt", () => {
  it.each([
    ["a", "/1"],
    ["a.conv", "/1/2/3/4"],
    ["a.inner", "/1/2/5/6"],
    ["a.inner.relu", "/1/2/5/6/7"],
    ["b", "/8"],
    ["b.conv", "/8/3/3/4"],
    ["b.inner.relu", "/8/3/5/6/7"],
    ["conv", "/10/1"],
    ["c.side", undefined],
    ["c.side.conv", "/1/2/3/4"],
    ["d", undefined],
    ["a.inner.relu.more", undefined],
    ["", undefined],
  ])("finds what is at `%s`", (path, site) => {
    expect(siteAt(NETWORK, path)).toBe(site);
  });
});

describe("pathsOf", () => {
  it("lists each path once, and what is in equal parts once", () => {
    expect([...pathsOf(NETWORK)]).toEqual([
      ...["a", "a.conv", "a.inner", "a.inner.relu", "b", "conv", "c"],
    ]);
  });
});
