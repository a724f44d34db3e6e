/** Compares two corresponding blocks: kind of join, repeat count, scale and drop of a residual, and the module they use. */

import { writeSize } from "../../core/format-shape.ts";
import { isJoin } from "../../ir/architecture.ts";
import type { Alignment, Pair } from "../align/alignment.ts";
import { type AddChange, placeOf } from "../change.ts";
import type { Part } from "../part.ts";

export function compareBlocks(
  { base, head }: Pair,
  { pairOfHead }: Alignment,
  add: AddChange,
): void {
  const former = base.node;
  const { node } = head;
  const sides = { base: placeOf(base), head: placeOf(head) };
  if (former.kind === "residual" && node.kind === "residual" && former.scale !== node.scale) {
    add({
      rule: "residual-scale-changed",
      base: placeOf(base, former.scaleSpan),
      head: placeOf(head, node.scaleSpan),
      before: former.scale,
      after: node.scale,
    });
  }
  if (former.kind === "residual" && node.kind === "residual" && former.drop !== node.drop) {
    add({
      rule: "dropout-changed",
      base: placeOf(base, former.dropSpan),
      head: placeOf(head, node.dropSpan),
      before: former.drop,
      after: node.drop,
    });
  }
  if (isJoin(former) && isJoin(node)) {
    if (former.kind !== node.kind) {
      add({ rule: "join-changed", ...sides, before: former.kind, after: node.kind });
    }
    compareOrder(base, head, pairOfHead, add);
  }
  if (former.kind === "repeat" || node.kind === "repeat") {
    const before = former.kind === "repeat" ? former.instances.length : 1;
    const after = node.kind === "repeat" ? node.instances.length : 1;
    const rule = base.hasWeights || head.hasWeights ? "repeat-count-changed" : "step-count-changed";
    if (before !== after) add({ rule, ...sides, before, after });
  }
  if (former.kind === "call" && node.kind === "call") {
    const before = former.instance.module.name;
    const after = node.instance.module.name;
    if (before !== after) {
      const rule = base.bare === head.bare ? "module-renamed" : "module-replaced";
      add({ rule, ...sides, before, after });
    }
    compareArguments(base, head, add);
  }
  if (former.kind === "factor" && node.kind === "factor") {
    const [before, after] = [writeSize(former.kernel), writeSize(node.kernel)];
    if (before !== after) add({ rule: "factor-changed", ...sides, before, after });
  }
}

function compareArguments(base: Part, head: Part, add: AddChange): void {
  if (base.node.kind !== "call" || head.node.kind !== "call") return;
  const [before, after] = [base, head].map(({ node }) =>
    node.kind === "call"
      ? node.instance.arguments.map(({ name, text }) => `${name}=${text}`).join(", ")
      : "",
  );
  if (before === undefined || after === undefined || before === after) return;
  add({
    rule: "argument-changed",
    base: placeOf(base),
    head: placeOf(head),
    before: before === "" ? null : before,
    after: after === "" ? null : after,
  });
}

/** The order of those branches that are on both sides. */
function compareOrder(
  base: Part,
  head: Part,
  pairOfHead: Alignment["pairOfHead"],
  add: AddChange,
): void {
  const order = head.children.flatMap((branch) => {
    const partner = pairOfHead.get(branch)?.base;
    const index = partner ? base.children.indexOf(partner) : -1;
    return index < 0 ? [] : [index];
  });
  const ascending = order.toSorted((a, b) => a - b);
  if (order.every((index, place) => index === ascending[place])) return;
  const name = (index: number): string => base.children[index]?.label || `branch ${index + 1}`;
  add({
    // The order of what is summed on one side says nothing of the other.
    rule: [base, head].some(({ node }) => node.kind === "sum")
      ? "term-order-changed"
      : "branch-order-changed",
    base: placeOf(base),
    head: placeOf(head),
    before: ascending.map(name).join(", "),
    after: order.map(name).join(", "),
  });
}
