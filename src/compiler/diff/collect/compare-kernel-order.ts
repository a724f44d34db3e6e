/** Reports a reordering of kernels within a chain as one difference instead of one per convolution. */

import { formatValue } from "../../ops/written-form.ts";
import type { Alignment, Pair } from "../align/alignment.ts";
import { type AddChange, placeOf } from "../change.ts";
import type { Part } from "../part.ts";

/** Returns the layers of head whose kernel is covered by such a finding. */
export function compareKernelOrder(
  { head }: Pair,
  { pairOfHead }: Alignment,
  add: AddChange,
): readonly Part[] {
  if (["concat", "sum", "split", "repeat", "residual"].includes(head.node.kind)) return [];
  const reordered: Part[] = [];
  let run: Pair[] = [];
  const endRun = (): void => {
    const before = run.map(({ base }) => kernelOf(base));
    const after = run.map(({ head }) => kernelOf(head));
    const [first] = run;
    if (first && before.toSorted().join() === after.toSorted().join()) {
      const isFactor = head.node.kind === "factor";
      add({
        rule: "kernel-order-changed",
        base: placeOf(isFactor ? (first.base.parent ?? first.base) : first.base),
        head: placeOf(isFactor ? head : first.head),
        before: before.join(", "),
        after: after.join(", "),
      });
      reordered.push(...run.map(({ head }) => head));
    }
    run = [];
  };
  for (const child of head.children) {
    const pair = pairOfHead.get(child);
    const kernel = kernelOf(child);
    if (pair && kernel !== undefined && kernelOf(pair.base) !== kernel) run.push(pair);
    else endRun();
  }
  endRun();
  return reordered;
}

/** `1x7`; none for what has no kernel of weights. */
function kernelOf({ node, hasWeights }: Part): string | undefined {
  const kernel = hasWeights && node.kind === "operator" ? node.attributes.kernel : undefined;
  return kernel === undefined ? undefined : formatValue(kernel);
}
