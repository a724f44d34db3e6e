/** Tests which instances of a repeat are one object: those that nothing tells apart, with an index or without. */
import { expect, it } from "vitest";
import { analyze } from "../../../src/compiler/compile.ts";
import type { Node } from "../../../src/compiler/ir/architecture.ts";

/** For each instance of the repeat `r`, the first that is the same object; then the same for the modules that they call. */
function sharing(step: string): readonly (readonly number[])[] {
  const text = `module Inner(n: int) { conv 1x1 n }
module Block(n: int) : [H, W, C] => [H, W, _] { Inner(n) }
module Wide : [H, W, C] => [H, W, C] { conv 1x1 C -> dwconv 3x3 pad=same -> conv 1x1 (C + 0 * W) }
network N { input 32x32x16  r: ${step} }
`;
  const { diagnostics, checked } = analyze(text);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const [repeat] = checked()[0]?.architecture.body.steps ?? [];
  if (repeat?.kind !== "repeat") throw new Error("the network is one repeat");
  const { instances } = repeat;
  const modules = instances.map((node: Node) => (node.kind === "call" ? node.instance : node));
  const both: readonly (readonly object[])[] = [instances, modules];
  return both.map((objects) => objects.map((one) => objects.indexOf(one)));
}

it.each([
  ["4 x conv 1x1 16", [0, 0, 0, 0], [0, 0, 0, 0]],
  ["4 x(i) conv 1x1 16", [0, 0, 0, 0], [0, 0, 0, 0]],
  ["4 x(i) { conv 1x1 (16 + 0 * i) }", [0, 1, 2, 3], [0, 1, 2, 3]],
  ["4 x(i) Block(n=16)", [0, 0, 0, 0], [0, 0, 0, 0]],
  // The calls differ, since each reads the index; those with equal arguments on equal channels are to one module.
  ["4 x(i) Block(n=(i > 0 ? 8 : 16))", [0, 1, 2, 3], [0, 1, 2, 2]],
  ["4 x(i) Block(n=8)", [0, 1, 1, 1], [0, 1, 1, 1]],
  ["3 x(i) { 2 x Block(n=(8 + i)) }", [0, 1, 2], [0, 1, 2]],
  ["4 x Wide", [0, 0, 0, 0], [0, 0, 0, 0]],
])("shares what is the same: %s", (step, instances, modules) => {
  expect(sharing(step)).toEqual([instances, modules]);
});
