/** Finds consecutive steps across the borders of blocks, modules and repeats that pass the tensor on unchanged. */
import type { ShapedNode } from "../../ir/shaped.ts";
import { operatorNamed } from "../../ops/registry.ts";

/** Two steps, the second of which reads what the first gives. */
export type Neighbours = readonly [before: ShapedNode, after: ShapedNode];

/** The neighbours that meet directly inside `shaped`; those inside its children are theirs. */
export function neighboursIn({ node, children }: ShapedNode): readonly Neighbours[] {
  if (node.kind !== "sequence" && node.kind !== "repeat") return [];
  const steps = children.filter(changesTensor);
  return steps.slice(1).flatMap((step, index): readonly Neighbours[] => {
    const [before] = steps[index] ? stepsFromEnd(steps[index]) : [];
    const after = firstStep(step);
    return before && after ? [[before, after]] : [];
  });
}

/** The steps that the output of `shaped` comes from, the last first. */
export function* stepsFromEnd(shaped: ShapedNode): Generator<ShapedNode, undefined> {
  if (!isWrapping(shaped)) {
    yield shaped;
    return;
  }
  for (const child of [...shaped.children].reverse()) {
    if (changesTensor(child)) yield* stepsFromEnd(child);
  }
}

function firstStep(shaped: ShapedNode | undefined): ShapedNode | undefined {
  if (!shaped || !isWrapping(shaped)) return shaped;
  return firstStep(shaped.children.find(changesTensor));
}

/** A node that is its children one after another. */
function isWrapping({ node: { kind } }: ShapedNode): boolean {
  return kind === "sequence" || kind === "repeat" || kind === "call" || kind === "factor";
}

function changesTensor({ node }: ShapedNode): boolean {
  return (
    node.kind !== "aux" && !(node.kind === "operator" && operatorNamed(node.operator).isIdentity)
  );
}
