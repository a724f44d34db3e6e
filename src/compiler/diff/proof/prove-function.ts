/**
 * Decides whether head computes what base computes, once base's weights are moved into it: on the layer graphs, whatever the
 * blocks are. What was collected from the block trees explains where they differ, or makes no difference.
 */
import { channelsOf } from "../../ir/dimension.ts";
import type { Layer } from "../../ir/layer-graph.ts";
import type { Alignment } from "../align/alignment.ts";
import { type Change, placeOf } from "../change.ts";
import type { Part } from "../part.ts";
import { tellsOfFunction } from "../rules.ts";
import type { ChannelTrace } from "../weights/trace-channels.ts";
import { type Blame, blameChanges, createBlame } from "./blame-changes.ts";
import { isSameButForWidth } from "./channel-runs.ts";
import { compareOutputs } from "./compare-outputs.ts";
import { describeTensor } from "./describe-tensor.ts";
import { explainedTensors } from "./explained-tensors.ts";
import { findReordered } from "./find-reordered.ts";
import { followGraphs } from "./follow-graphs.ts";
import type { GraphComparison } from "./graph-comparison.ts";
import { indexSide, type ProofSide, partnerOf } from "./indexed-side.ts";

/** What is known of the function that base's weights give head. */
export type FunctionVerdict = "same" | "different" | "not-proved";

export interface FunctionProof {
  /** As if all tensors fitted. */
  readonly verdict: FunctionVerdict;
  /** Those collected, and what the graphs say beside them. */
  readonly changes: readonly Change[];
  /** The orders of channels as the graphs have them; as they were traced where the graphs differ. */
  readonly trace: ChannelTrace;
}

export function proveFunction(
  base: ProofSide,
  head: ProofSide,
  alignment: Alignment,
  trace: ChannelTrace,
  collected: readonly Change[],
): FunctionProof {
  const { pairOfHead } = alignment;
  const explained = {
    base: explainedTensors(base.graph, collected, "base"),
    head: explainedTensors(head.graph, collected, "head"),
  };
  const isExplained = (before: Layer, after: Layer): boolean =>
    explained.base[before.id] === true || explained.head[after.id] === true;
  const sides = { base: indexSide(base), head: indexSide(head) };
  const followed = followGraphs(sides.base, sides.head, { pairOfHead, trace });
  const comparison: GraphComparison = { ...sides, pairOfHead, followed, isExplained, collected };
  const blame = createBlame(sides.base, sides.head, pairOfHead);
  const found: Change[] = [];
  const report = createReport(comparison, found);

  reportMismatches(comparison, blame, report, found);
  reportReordered(comparison, report);
  const outputs = compareOutputs(comparison, trace.permutedOutputs);
  for (const { base: before, head: after, former, part } of outputs.others) {
    blame.add({ base: before, head: after, kind: "reads" });
    report("wiring-changed", before, after, former, part);
  }
  for (const part of outputs.permuted) {
    const former = pairOfHead.get(part)?.base;
    found.push({
      rule: "output-order-changed",
      base: former && placeOf(former),
      head: placeOf(part),
      before: null,
      after: null,
    });
  }

  const isSameInput = base.root.shaped.input.join() === head.root.shaped.input.join();
  const isSame = isSameInput && outputs.areSame && followed.mismatches.length === 0;
  const isOpen = found.some(({ rule }) => rule === "not-proved");
  return {
    verdict: isSame ? "same" : isOpen ? "not-proved" : "different",
    changes: [...blameChanges(collected, blame, isSame), ...found],
    trace: {
      operators: new Map([...trace.operators, ...followed.operators]),
      permutedOutputs: outputs.permuted,
    },
  };
}

/** Says once of each part of head that it reads, or puts out, the second tensor rather than the first. */
type Report = (
  rule: "wiring-changed" | "channel-order-changed",
  before: Layer,
  after: Layer,
  former: Part,
  part: Part,
) => void;

function createReport(
  { base, head, followed, isExplained }: GraphComparison,
  found: Change[],
): Report {
  const said = new Set<Part>();
  return (rule, before, after, former, part) => {
    if (said.has(part)) return;
    const isConsequence = rule === "wiring-changed" && isExplained(before, after);
    if (channelsOf(before.shape) !== channelsOf(after.shape)) {
      const [one = [], other = []] = [followed.base[before.id], followed.head[after.id]];
      // Where a tensor is only narrower or wider, shapes say so.
      if (isConsequence || isSameButForWidth(one, other)) return;
    }
    said.add(part);
    const isOpen = rule === "wiring-changed" && !isConsequence && followed.isIncomplete;
    found.push({
      rule: isOpen ? "not-proved" : rule,
      base: placeOf(former),
      head: placeOf(part),
      before: describeTensor(base.graph, before.id),
      after: describeTensor(head.graph, after.id),
      ...(isConsequence ? { isConsequence: true } : {}),
    });
  };
}

function reportMismatches(
  { base, head, pairOfHead, followed, collected }: GraphComparison,
  blame: Blame,
  report: Report,
  found: Change[],
): void {
  const changed = new Set(
    collected.flatMap(({ rule, head: place }) =>
      place && tellsOfFunction(rule) ? [place.path] : [],
    ),
  );
  for (const mismatch of followed.mismatches) {
    blame.add(mismatch);
    const { base: one, head: other, kind } = mismatch;
    const part = head.parts.get(other.block);
    const former = part && pairOfHead.get(part)?.base;
    if (!part || !former) continue;
    if (kind === "function" && !changed.has(part.path)) {
      found.push({
        rule: "attribute-changed",
        base: placeOf(former),
        head: placeOf(part),
        before: JSON.stringify(one.attributes),
        after: JSON.stringify(other.attributes),
      });
    }
    if (kind !== "reads") continue;
    const before = base.graph.layers[one.inputs[0] ?? 0];
    const after = head.graph.layers[other.inputs[0] ?? 0];
    if (before && after) report("wiring-changed", before, after, former, part);
  }
}

function reportReordered(comparison: GraphComparison, report: Report): void {
  const { base, head, pairOfHead } = comparison;
  for (const layer of findReordered(comparison)) {
    const part = head.parts.get(layer.block);
    const former = part && pairOfHead.get(part)?.base;
    const partner = partnerOf(layer, base, head, pairOfHead);
    const before = base.graph.layers[partner?.inputs[0] ?? 0];
    const after = head.graph.layers[layer.inputs[0] ?? 0];
    if (former && before && after) report("channel-order-changed", before, after, former, part);
  }
}
