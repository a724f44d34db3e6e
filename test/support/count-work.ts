/** Counts what the compiler does and makes, so that a bound on its work is proved on a slow machine as on a fast one. */
import { onTestFinished, vi } from "vitest";
import type { OperatorDefinition } from "../../src/compiler/ops/operator.ts";
import { operators } from "../../src/compiler/ops/registry.ts";

/** Counts how often the shape rule of any operator is asked, from now until the test ends. */
export function countInferences(): () => number {
  let count = 0;
  for (const operator of Object.values<OperatorDefinition>(operators)) {
    const original = operator.inferShape;
    const spy = vi.spyOn(operator, "inferShape");
    spy.mockImplementation((...given) => {
      count++;
      spy.mockClear();
      return original.apply(operator, given);
    });
    onTestFinished(() => spy.mockRestore());
  }
  return () => count;
}

/** Objects of the tree that have a place in the text. */
export function countSyntaxNodes(root: unknown): number {
  let count = 0;
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== "object" || next === null) continue;
    if ("file" in next && "start" in next) continue;
    if ("span" in next) count++;
    for (const value of Object.values(next)) waiting.push(value);
  }
  return count;
}
