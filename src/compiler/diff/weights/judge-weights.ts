/**
 * Decides whether a checkpoint of base can be loaded into head: which tensors fit, which must be permuted, which do not
 * fit.
 */
import { unreachable } from "../../core/assert.ts";
import type { AxisRole } from "../../ir/layer-graph.ts";
import { ownLayers } from "../../lower/own-layers.ts";
import type { Alignment } from "../align/alignment.ts";
import { type CheckpointTensor, checkpointTensors } from "../checkpoint-tensors.ts";
import type { Part, PartTree } from "../part.ts";
import { type ChannelOrder, expandChannels, SAME, toRuns } from "./channel-order.ts";
import {
  type AxisOrders,
  type OperatorLayers,
  type Repair,
  repairExtra,
  repairMissing,
} from "./repairs.ts";
import type { ChannelTrace, OperatorChannels } from "./trace-channels.ts";

/**
 * `full`: every tensor of either side corresponds to one of the other with the same shape, perhaps under a different
 * name. `permuted`: the same once channels are permuted as stated. `partial`: some are. `none`: none is.
 */
export type WeightVerdict = "full" | "permuted" | "partial" | "none";

export interface TensorFact {
  readonly name: string;
  readonly shape: readonly number[];
  readonly bytes: number;
}

/** A tensor of base that is one of head. */
export interface TensorMove {
  readonly base: string;
  readonly head: string;
  readonly shape: readonly number[];
  readonly bytes: number;
}

export interface PermutedTensor extends TensorMove {
  readonly axes: AxisOrders;
}

/** A tensor that one side lacks, and how it is made or folded so that the layer computes the same, if it can be. */
export interface UnmatchedTensor extends TensorFact {
  readonly repair: Repair | null;
}

export interface MismatchedTensor {
  readonly base: string;
  readonly head: string;
  readonly baseShape: readonly number[];
  readonly headShape: readonly number[];
  /** `channels`: the shapes are equal, and no order of base's channels gives those of head. */
  readonly reason: "shape" | "channels";
}

export interface WeightReport {
  readonly verdict: WeightVerdict;
  /** Whether the repairs make all of head's tensors, exactly, and lose none of base's. */
  readonly isRepairable: boolean;
  readonly matched: readonly TensorMove[];
  readonly permuted: readonly PermutedTensor[];
  /** Of head, and not of base. */
  readonly missing: readonly UnmatchedTensor[];
  /** Of base, and not of head. */
  readonly extra: readonly UnmatchedTensor[];
  readonly mismatched: readonly MismatchedTensor[];
  /** Matched and permuted tensors whose name differs. */
  readonly renamedCount: number;
  readonly baseTensors: number;
  readonly headTensors: number;
  /** In float32: of the matched and permuted; of all of head's. */
  readonly bytesReusable: number;
  readonly bytesTotal: number;
}

export function judgeWeights(
  base: PartTree,
  head: PartTree,
  { pairOfBase, pairOfHead }: Alignment,
  trace: ChannelTrace,
): WeightReport {
  const matched: TensorMove[] = [];
  const permuted: PermutedTensor[] = [];
  const missing: UnmatchedTensor[] = [];
  const mismatched: MismatchedTensor[] = [];
  let bytesTotal = 0;
  for (const leaf of head.leaves) {
    const partner = pairOfHead.get(leaf)?.base;
    const former = tensorsByKey(partner);
    for (const tensor of checkpointTensors(leaf)) {
      bytesTotal += tensor.bytes;
      const other = former.get(tensor.key);
      if (!other) {
        const repair =
          partner && leaf.node.kind === "operator"
            ? repairMissing(tensor.key, layersOf(partner, leaf))
            : undefined;
        missing.push({ ...toFact(tensor), repair: repair ?? null });
        continue;
      }
      const fit = fitTensor(other, tensor, permutedAxes(tensor, trace.operators.get(leaf)));
      if ("reason" in fit) mismatched.push(fit);
      else if ("axes" in fit) permuted.push(fit);
      else matched.push(fit);
    }
  }
  const extra = base.leaves.flatMap((leaf) => {
    const partner = pairOfBase.get(leaf)?.head;
    const present = tensorsByKey(partner);
    return checkpointTensors(leaf)
      .filter(({ key }) => !present.has(key))
      .map((tensor): UnmatchedTensor => {
        const axes = partner && permutedAxes(tensor, trace.operators.get(partner));
        const repair =
          axes && partner.node.kind === "operator"
            ? repairExtra(tensor.key, layersOf(leaf, partner), axes)
            : undefined;
        return { ...toFact(tensor), repair: repair ?? null };
      });
  });

  const reusable = [...matched, ...permuted];
  const unmatched = [...missing, ...extra];
  const isWhole = unmatched.length + mismatched.length === 0;
  const canRepair = unmatched.every(({ repair }) => repair !== null);
  return {
    verdict: verdictOf(isWhole, reusable.length, permuted.length),
    isRepairable: isWhole || (canRepair && mismatched.length === 0 && reusable.length > 0),
    matched,
    permuted,
    missing,
    extra,
    mismatched,
    renamedCount: reusable.filter((move) => move.base !== move.head).length,
    baseTensors: reusable.length + mismatched.length + extra.length,
    headTensors: reusable.length + mismatched.length + missing.length,
    bytesReusable: reusable.reduce((all, { bytes }) => all + bytes, 0),
    bytesTotal,
  };
}

function layersOf(base: Part, head: Part): OperatorLayers {
  return { base: ownLayers(base.shaped), head: ownLayers(head.shaped) };
}

/** What a tensor of head gets from its partner; without `axes`, no permutation does it. */
function fitTensor(
  base: CheckpointTensor,
  head: CheckpointTensor,
  axes: AxisOrders | undefined,
): TensorMove | PermutedTensor | MismatchedTensor {
  const names = { base: base.fullName, head: head.fullName };
  const isSameShape = base.shape.join() === head.shape.join();
  if (!isSameShape || axes === undefined) {
    const reason = isSameShape ? "channels" : "shape";
    return { ...names, baseShape: base.shape, headShape: head.shape, reason };
  }
  const move = { ...names, shape: head.shape, bytes: head.bytes };
  return axes.length > 0 ? { ...move, axes } : move;
}

function tensorsByKey(leaf: Part | undefined): ReadonlyMap<string, CheckpointTensor> {
  const tensors = leaf ? checkpointTensors(leaf) : [];
  return new Map(tensors.map((tensor) => [tensor.key, tensor]));
}

function verdictOf(isWhole: boolean, reusable: number, permuted: number): WeightVerdict {
  if (isWhole) return permuted > 0 ? "permuted" : "full";
  return reusable > 0 ? "partial" : "none";
}

function toFact({ fullName, shape, bytes }: CheckpointTensor): TensorFact {
  return { name: fullName, shape, bytes };
}

/** Axes along which the tensor must be permuted; `undefined` where no permutation does it. */
function permutedAxes(
  { axes: roles, shape }: CheckpointTensor,
  channels: OperatorChannels = { input: SAME, output: SAME },
): AxisOrders | undefined {
  const axes: { axis: number; runs: readonly (readonly [number, number])[] }[] = [];
  // Each group of channels has filters of its own.
  const isGrouped = roles.includes("in-of-group");
  for (const [axis, role] of roles.entries()) {
    const order = orderAlong(role, shape[axis] ?? 1, channels);
    if (order.kind === "unknown") return undefined;
    if (order.kind === "same") continue;
    if (isGrouped) return undefined;
    axes.push({ axis, runs: toRuns(order.baseOf) });
  }
  return axes;
}

function orderAlong(
  role: AxisRole,
  size: number,
  { input, output }: OperatorChannels,
): ChannelOrder {
  switch (role) {
    case "in":
    case "in-of-group":
      return input;
    case "in-times-multiplier":
      return input.kind === "permuted" ? expandChannels(input, size / input.baseOf.length) : input;
    case "out":
      return output;
    case "kernel-height":
    case "kernel-width":
    case "multiplier":
    case "shared":
      return SAME;
    default:
      return unreachable(role);
  }
}
