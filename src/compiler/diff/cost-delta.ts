/** Computes the difference of counts between two networks, in total and for each block. */
import type { ModuleCost } from "../cost/list-costs.ts";
import type { NetworkReport } from "../cost/network-report.ts";
import type { Alignment } from "./align/alignment.ts";
import { indexByPath, type PartTree } from "./part.ts";

/** A count is `null` where a side has no such thing or is not complete; then there is no difference either. */
export interface CountDelta {
  readonly base: number | null;
  readonly head: number | null;
  readonly delta: number | null;
}

export interface BlockDelta {
  /** Where it is in head, or in base if head has no such block. */
  readonly path: string;
  /** Where it was in base, if elsewhere. */
  readonly basePath: string | null;
  readonly level: number;
  readonly params: CountDelta;
  readonly macs: CountDelta;
}

export interface CostDelta {
  readonly params: CountDelta;
  readonly macs: CountDelta;
  /** Activations alive at once, for a batch of one in float32. */
  readonly peakBytes: CountDelta;
  /** Blocks of head in order, then those that head lacks. */
  readonly blocks: readonly BlockDelta[];
}

/** What was counted on one side. */
export interface CostSide {
  readonly tree: PartTree;
  readonly report: NetworkReport;
}

export function compareCosts(
  base: CostSide | undefined,
  head: CostSide | undefined,
  { pairOfHead, pairOfBase }: Alignment,
): CostDelta {
  const former = completeOf(base);
  const report = completeOf(head);
  const baseParts = base && indexByPath(base.tree.root);
  const headParts = head && indexByPath(head.tree.root);
  const baseBlocks = new Map(former?.modules.map((block) => [block.path, block]));
  const blocks: BlockDelta[] = [];
  for (const block of report?.modules ?? []) {
    const part = headParts?.get(block.path);
    const path = part && pairOfHead.get(part)?.base.path;
    blocks.push(compareBlock(path === undefined ? undefined : baseBlocks.get(path), block));
  }
  for (const block of former?.modules ?? []) {
    const part = baseParts?.get(block.path);
    if (!part || !pairOfBase.has(part)) blocks.push(compareBlock(block, undefined));
  }
  return {
    params: compareCounts(former?.params.total, report?.params.total),
    macs: compareCounts(former?.macs, report?.macs),
    peakBytes: compareCounts(former?.activations.peakBytes, report?.activations.peakBytes),
    blocks,
  };
}

/** Rounded counts are not subtracted. */
function completeOf(side: CostSide | undefined): NetworkReport | undefined {
  return side?.report.status === "complete" ? side.report : undefined;
}

function compareBlock(base: ModuleCost | undefined, head: ModuleCost | undefined): BlockDelta {
  const isElsewhere = base && head && base.path !== head.path;
  return {
    path: head?.path ?? base?.path ?? "",
    basePath: isElsewhere ? base.path : null,
    level: head?.level ?? base?.level ?? 0,
    params: compareCounts(base?.params, head?.params),
    macs: compareCounts(base?.macs, head?.macs),
  };
}

function compareCounts(base: number | undefined, head: number | undefined): CountDelta {
  const delta = base === undefined || head === undefined ? null : head - base;
  return { base: base ?? null, head: head ?? null, delta };
}
