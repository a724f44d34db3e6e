/**
 * Follows the channels of all tensors through both layer graphs, with the weights of base moved to the layers of head that they
 * are matched with. Where a layer reads what its partner reads, and computes the same of it, both put out the same.
 */
import { channelsOf, type Shape } from "../../ir/dimension.ts";
import type { Layer } from "../../ir/layer-graph.ts";
import type { Alignment } from "../align/alignment.ts";
import type { Part } from "../part.ts";
import {
  type ChannelOrder,
  expandChannels,
  isSameOrder,
  SAME,
  UNKNOWN_ORDER,
} from "../weights/channel-order.ts";
import { channelUse, hasFilters } from "../weights/channel-use.ts";
import type { ChannelTrace, OperatorChannels } from "../weights/trace-channels.ts";
import { type Atoms, createAtoms } from "./atoms.ts";
import { isSameRuns, orderBetween, orderRuns, type Runs } from "./channel-runs.ts";
import { type IndexedSide, isWeighted, partnerOf } from "./indexed-side.ts";
import { functionAt, writtenFunction } from "./layer-function.ts";
import { channelsPutOut } from "./layer-values.ts";

/** Two layers that are one another, and yet differ. */
export interface Mismatch {
  readonly base: Layer;
  readonly head: Layer;
  /**
   * `reads`: other tensors. `order`: the same channels in an order that its weights cannot take. `function`: it computes something
   * else of what it reads.
   */
  readonly kind: "reads" | "order" | "function";
}

export interface FollowedGraphs {
  readonly base: readonly Runs[];
  /** In terms of base: the tensor that each layer of head puts out. */
  readonly head: readonly Runs[];
  readonly mismatches: readonly Mismatch[];
  /** How channels are ordered in operators that read what their partners read. */
  readonly operators: ReadonlyMap<Part, OperatorChannels>;
  /** Whether something is told by less than what it computes: then different tensors may be equal. */
  readonly isIncomplete: boolean;
}

export interface FollowOptions {
  readonly pairOfHead: Alignment["pairOfHead"];
  /** The order that operators of head give to their filters. */
  readonly trace: ChannelTrace;
  /** Is called before a layer of head is followed; it may change which part of base it belongs to. */
  readonly onLayer?: (layer: Layer, base: readonly Runs[], head: readonly Runs[]) => void;
}

export function followGraphs(
  base: IndexedSide,
  head: IndexedSide,
  { pairOfHead, trace, onLayer }: FollowOptions,
): FollowedGraphs {
  const atoms = createAtoms();
  const baseValues = followBase(atoms, base);
  const headValues: Runs[] = [];
  const mismatches: Mismatch[] = [];
  const orders = new Map<Part, OperatorChannels>();
  /** Operators that read something else, of which nothing is known. */
  const isOther = new Set<Part>();

  const headShapes = shapesRead(head);
  const baseShapes = shapesRead(base);
  const isSameFunction = (before: Layer, after: Layer): boolean => {
    if (writtenFunction(before) === writtenFunction(after)) return true;
    const [formerShape = []] = baseShapes(before);
    const [shape = []] = headShapes(after);
    return functionAt(before, formerShape) === functionAt(after, shape);
  };
  const readBy = (values: readonly Runs[], { inputs }: Layer): readonly Runs[] =>
    inputs.map((input) => values[input] ?? []);

  /** What a layer puts out that reads its partner's channels, in this order of them. */
  const settle = (
    layer: Layer,
    partner: Layer,
    input: ChannelOrder,
    wished: ChannelOrder,
  ): Runs => {
    const output = outputOrder(layer, input, wished);
    const part = head.parts.get(layer.block);
    const known = part && orders.get(part);
    if (part && known !== UNFIT) {
      const isFit = !known || isSameOrder(input, hasFilters(layer) ? known.input : known.output);
      if (!isFit) mismatches.push({ base: partner, head: layer, kind: "order" });
      orders.set(part, isFit ? { input: known?.input ?? input, output } : UNFIT);
    }
    return orderRuns(baseValues[partner.id] ?? [], output);
  };

  /** What is not in base. */
  const ownRuns = ({ path, shape }: Layer): Runs => [
    { atom: atoms.named(`head ${path}`), start: 0, count: Number(channelsOf(shape)) },
  ];

  const weighted = (layer: Layer, partner: Layer | undefined): Runs => {
    const width = Number(channelsOf(layer.shape));
    if (!partner) return ownRuns(layer);
    const differs = (kind: Mismatch["kind"]): void => {
      mismatches.push({ base: partner, head: layer, kind });
    };
    if (!isSameFunction(partner, layer)) differs("function");
    const [before = []] = readBy(baseValues, partner);
    const [after = []] = readBy(headValues, layer);
    const input = orderBetween(before, after);
    const own = baseValues[partner.id] ?? [];
    if (width !== Number(channelsOf(partner.shape))) {
      if (!input) differs("reads");
      return own.map((run) => ({ ...run, count: width }));
    }
    const part = head.parts.get(layer.block);
    const wished = (part && trace.operators.get(part)?.output) ?? SAME;
    if (input && (input.kind === "same" || channelUse(layer) !== "neighbours")) {
      return settle(layer, partner, input, wished);
    }
    differs(input ? "order" : "reads");
    if (part && input) orders.set(part, UNFIT);
    if (part && !input) isOther.add(part);
    // Its channels are in places that base has not.
    if (input && !hasFilters(layer)) return ownRuns(layer);
    return orderRuns(own, wished);
  };

  const plain = (layer: Layer, partner: Layer | undefined): Runs => {
    const inputs = readBy(headValues, layer);
    const value = channelsPutOut(atoms, layer, inputs, headShapes(layer));
    const former = partner && baseValues[partner.id];
    if (!former || isSameRuns(value, former)) return value;
    const before = readBy(baseValues, partner);
    const isSameInput =
      before.length === inputs.length &&
      before.every((runs, index) => isSameRuns(runs, inputs[index] ?? []));
    if (isSameInput && channelsOf(layer.shape) === channelsOf(partner.shape)) {
      // Channels in another order are no other function.
      if (channelUse(layer) === "moved" && orderBetween(former, value)) return value;
      if (!isSameFunction(partner, layer)) {
        mismatches.push({ base: partner, head: layer, kind: "function" });
      }
      return former;
    }
    return value;
  };

  for (const layer of head.graph.layers) {
    onLayer?.(layer, baseValues, headValues);
    const partner = partnerOf(layer, base, head, pairOfHead);
    headValues.push(
      layer.kind === "input"
        ? inputRuns(atoms, layer)
        : isWeighted(layer)
          ? weighted(layer, partner)
          : plain(layer, partner),
    );
  }
  return {
    base: baseValues,
    head: headValues,
    mismatches,
    operators: new Map([...orders].filter(([part]) => !isOther.has(part))),
    isIncomplete: atoms.isIncomplete(),
  };
}

function followBase(atoms: Atoms, side: IndexedSide): readonly Runs[] {
  const values: Runs[] = [];
  const shapesOf = shapesRead(side);
  for (const layer of side.graph.layers) {
    const inputs = layer.inputs.map((input) => values[input] ?? []);
    const width = Number(channelsOf(layer.shape));
    values.push(
      layer.kind === "input"
        ? inputRuns(atoms, layer)
        : isWeighted(layer)
          ? [{ atom: atoms.named(`layer ${layer.path}`), start: 0, count: width }]
          : channelsPutOut(atoms, layer, inputs, shapesOf(layer)),
    );
  }
  return values;
}

function inputRuns(atoms: Atoms, { shape }: Layer): Runs {
  return [{ atom: atoms.named("input"), start: 0, count: Number(channelsOf(shape)) }];
}

function shapesRead({ graph: { layers } }: IndexedSide): (layer: Layer) => readonly Shape[] {
  return ({ inputs }) => inputs.map((input) => layers[input]?.shape ?? []);
}

/** Of an operator whose tensors cannot be brought into the order of what it reads. */
const UNFIT: OperatorChannels = { input: UNKNOWN_ORDER, output: SAME };

/** A layer with filters of its own puts them in any order; every other one keeps the channels that it reads in place. */
function outputOrder(layer: Layer, input: ChannelOrder, wished: ChannelOrder): ChannelOrder {
  if (layer.kind === "depthwise_conv") return expandChannels(input, layer.attributes.mult);
  if (channelUse(layer) !== "filters") return input;
  return wished.kind === "permuted" && wished.baseOf.length === Number(channelsOf(layer.shape))
    ? wished
    : SAME;
}
