import { describe, expect, it } from "vitest";
import { findCycles } from "../../../src/compiler/core/find-cycles.ts";

/** Circles in `a: [b]` (a refers to b), as the way round them. */
function cyclesIn(references: Readonly<Record<string, readonly string[]>>): readonly string[] {
  const cycles = findCycles(
    Object.keys(references),
    (name) => references[name] ?? [],
    (_, name) => (name in references ? name : undefined),
  );
  return [...cycles].map(({ nodes, closing }) => [...nodes, closing].join(" "));
}

describe("findCycles", () => {
  it.each([
    [{ a: ["b", "c"], b: ["c"], c: [] }, []],
    [{ a: ["a"] }, ["a a"]],
    [{ a: ["b"], b: ["c"], c: ["b"] }, ["b c b"]],
    [{ a: ["b", "c"], b: ["a"], c: ["a"] }, ["a b a", "a c a"]],
    [{ a: ["b"], b: ["a"], c: ["d"], d: ["c"] }, ["a b a", "c d c"]],
    [{ a: ["elsewhere"] }, []],
  ])("finds each circle once: %o", (references, cycles) => {
    expect(cyclesIn(references)).toEqual(cycles);
  });

  it("follows chains that are longer than the engine's stack", () => {
    const length = 100_000;
    const cycles = findCycles(
      [0],
      (node) => [node + 1],
      (_, next) => next % length,
    );
    expect([...cycles].map(({ nodes, closing }) => [nodes.length, closing])).toEqual([
      [length, length],
    ]);
  });
});
